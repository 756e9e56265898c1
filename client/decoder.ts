/** Decoders of JSON of unknown shape: each gives a value of its type, or says where what came is none. */

/** @param path where the value is, for what is said if it does not fit */
export type Decoder<T> = (value: unknown, path: string) => T;

/** What came is not what was expected. */
class Unfit extends TypeError {
  readonly expected: string;
  readonly path: string;

  constructor(expected: string, path: string) {
    super(`the server's answer has no ${expected} at ${path}`);
    this.expected = expected;
    this.path = path;
  }
}

export function fail(expected: string, path: string): never {
  throw new Unfit(expected, path);
}

/** The same error of what is inside of something else. */
function within(error: unknown, path: string): unknown {
  return error instanceof Unfit ? new Unfit(error.expected, path + error.path) : error;
}

export const text: Decoder<string> = (value, path) =>
  typeof value === "string" ? value : fail("text", path);
export const number: Decoder<number> = (value, path) =>
  typeof value === "number" ? value : fail("number", path);
export const flag: Decoder<boolean> = (value, path) =>
  typeof value === "boolean" ? value : fail("true or false", path);

export function oneOf<T extends string>(...known: readonly T[]): Decoder<T> {
  return (value, path) => known.find((one) => one === value) ?? fail(known.join(" or "), path);
}

export function nullable<T>(decode: Decoder<T>): Decoder<T | null> {
  return (value, path) => (value === null || value === undefined ? null : decode(value, path));
}

// Paths are put together only where something does not fit: answers have hundreds of thousands of values.

export function list<T>(decode: Decoder<T>): Decoder<T[]> {
  return (value, path) => {
    if (!Array.isArray(value)) return fail("list", path);
    const given: readonly unknown[] = value;
    const items = new Array<T>(given.length);
    let i = 0;
    try {
      for (; i < given.length; i++) items[i] = decode(given[i], "");
    } catch (error) {
      throw within(error, `${path}[${i}]`);
    }
    return items;
  };
}

/** A field that may be absent. */
interface OptionalField<T> {
  readonly optional: Decoder<T>;
}

export const optional = <T>(decode: Decoder<T>): OptionalField<T> => ({ optional: decode });

type FieldOf<T, K extends keyof T> =
  | Decoder<Exclude<T[K], undefined>>
  | (Record<never, never> extends Pick<T, K> ? OptionalField<Exclude<T[K], undefined>> : never);

export function record<T>(fields: { readonly [K in keyof T]-?: FieldOf<T, K> }): Decoder<T> {
  const decoders = new Map(Object.entries<Decoder<unknown> | OptionalField<unknown>>(fields));
  return (value, path) => {
    if (typeof value !== "object" || value === null) return fail("object", path);
    const source: Readonly<Record<string, unknown>> = { ...value };
    const result: Record<string, unknown> = {};
    let at = "";
    try {
      for (const [key, field] of decoders) {
        at = key;
        const given = source[key];
        if (typeof field === "function") result[key] = field(given, "");
        else if (given !== undefined) result[key] = field.optional(given, "");
      }
    } catch (error) {
      throw within(error, `${path}.${at}`);
    }
    return result as T; // every key that T must have was decoded in the loop above
  };
}
