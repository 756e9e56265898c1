/** How one piece of view state is written in the address: short, readable, and absent while it has its default. */

export interface UrlField<T> {
  readonly fallback: T;
  /** Reads the parameter's text; anything that cannot be understood gives the fallback. */
  parse(text: string): T;
  /** The parameter's text, or undefined for the fallback. */
  format(value: T): string | undefined;
}

export function textField(fallback = ""): UrlField<string> {
  return { fallback, parse: (text) => text, format: (value) => (value === fallback ? undefined : value) };
}

/** A number kept inside [min, max]. */
export function numberField(fallback: number, min: number, max: number): UrlField<number> {
  return {
    fallback,
    parse(text) {
      const value = Number(text);
      return text.trim() === "" || !Number.isFinite(value) ? fallback : Math.min(max, Math.max(min, value));
    },
    format: (value) => (value === fallback ? undefined : String(value)),
  };
}

/** One of a few words; the first is the fallback. */
export function choiceField<const T extends string>(choices: readonly [T, ...T[]]): UrlField<T> {
  const fallback = choices[0];
  return {
    fallback,
    parse: (text) => choices.find((choice) => choice === text) ?? fallback,
    format: (value) => (value === fallback ? undefined : value),
  };
}

/** True or false, written as `1` or `0` where it differs from the fallback. */
export function flagField(fallback: boolean): UrlField<boolean> {
  return {
    fallback,
    parse: (text) => (text === "1" ? true : text === "0" ? false : fallback),
    format: (value) => (value === fallback ? undefined : value ? "1" : "0"),
  };
}

/** A set of names, separated by commas; empty by default. A comma in a name is written `\,`. */
export function listField(): UrlField<readonly string[]> {
  return {
    fallback: [],
    parse: splitList,
    format: (names) => (names.length === 0 ? undefined : joinList(names)),
  };
}

export function joinList(names: readonly string[]): string {
  return names.map((name) => name.replace(/[\\,]/g, "\\$&")).join(",");
}

export function splitList(text: string): string[] {
  if (text === "") return [];
  const names: string[] = [];
  let name = "";
  for (let i = 0; i < text.length; i++) {
    const char = text[i];
    if (char === "\\" && i + 1 < text.length) name += text[++i];
    else if (char === ",") {
      names.push(name);
      name = "";
    } else name += char;
  }
  names.push(name);
  return names;
}

/** The address's fragment: a dashboard, then parameters, as in `#scalars?smoothing=0.9&off=a,b`. */
export interface Fragment {
  readonly dashboard: string;
  readonly params: ReadonlyMap<string, string>;
}

export function parseFragment(hash: string): Fragment {
  const text = hash.replace(/^#\/?/, "");
  const cut = text.indexOf("?");
  const dashboard = decode(cut < 0 ? text : text.slice(0, cut));
  const params = new Map<string, string>();
  for (const part of cut < 0 ? [] : text.slice(cut + 1).split("&")) {
    const equals = part.indexOf("=");
    if (equals > 0) params.set(decode(part.slice(0, equals)), decode(part.slice(equals + 1)));
  }
  return { dashboard, params };
}

export function formatFragment(fragment: Fragment): string {
  const params = [...fragment.params].map(([name, value]) => `${encode(name)}=${encode(value)}`);
  if (params.length === 0) return fragment.dashboard === "" ? "" : `#${encode(fragment.dashboard)}`;
  return `#${encode(fragment.dashboard)}?${params.join("&")}`;
}

/** Escapes only what a fragment must not hold or what separates its parts, so that links stay legible. */
function encode(text: string): string {
  return encodeURIComponent(text).replace(/%(?:2B|2F|2C|3A|24|3D|40|3B|5B|5D|7C|5E|3F)/g, decodeURIComponent);
}

function decode(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}
