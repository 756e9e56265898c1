/** Decoders of JSON of unknown shape: each gives a value of its type, or says where what came is none. */

export type Decoder<T> = (value: unknown, path: string) => T;

export function fail(expected: string, path: string): never {
  throw new TypeError(`the server's answer has no ${expected} at ${path}`);
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

export function list<T>(decode: Decoder<T>): Decoder<T[]> {
  return (value, path) =>
    Array.isArray(value) ? value.map((item, i) => decode(item, `${path}[${i}]`)) : fail("list", path);
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
    const source = new Map<string, unknown>(Object.entries(value));
    const result: Record<string, unknown> = {};
    for (const [key, field] of decoders) {
      const given = source.get(key);
      if (typeof field === "function") result[key] = field(given, `${path}.${key}`);
      else if (given !== undefined) result[key] = field.optional(given, `${path}.${key}`);
    }
    return result as T; // every key that T must have was decoded in the loop above
  };
}
