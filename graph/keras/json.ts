/** Looks into JSON of unknown shape: what is not there, or is something else, is undefined or empty. */

export type Json = unknown;

/** A property of an object; null and undefined when it is, or the object is none. */
export function at(value: Json, name: string): Json {
  return typeof value === "object" && value !== null && !Array.isArray(value)
    ? Reflect.get(value, name)
    : undefined;
}

/** A property, undefined also where it is null. */
export function field(value: Json, name: string): Json {
  return at(value, name) ?? undefined;
}

export function list(value: Json): readonly Json[] {
  return Array.isArray(value) ? value : [];
}

export function text(value: Json): string | undefined {
  return typeof value === "string" ? value : undefined;
}
