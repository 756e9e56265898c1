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

export function record<T>(fields: { [K in keyof T]-?: Decoder<T[K]> }): Decoder<T> {
  return (value, path) => {
    if (typeof value !== "object" || value === null) return fail("object", path);
    const source = new Map<string, unknown>(Object.entries(value));
    const result: Partial<T> = {};
    for (const key in fields) result[key] = fields[key](source.get(key), `${path}.${key}`);
    return result as T; // every key of T was decoded in the loop above
  };
}
