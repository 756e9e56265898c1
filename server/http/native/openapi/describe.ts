/**
 * Schemas that are held to the types they describe: a field that `server/api/types.ts` has and its schema lacks, or the
 * other way round, does not compile.
 */
import type { Schema } from "../schema.ts";

declare const described: unique symbol;

/** A schema of the JSON of a `T`: of that and nothing else, so in both directions. */
export interface SchemaOf<T> extends Schema {
  readonly [described]?: (value: T) => T;
}

/** The schema of a field that may be absent. */
interface Optional<S extends Schema = Schema> {
  readonly optional: S;
}

type FieldOf<T, K extends keyof T> =
  Record<never, never> extends Pick<T, K> ? Optional<SchemaOf<Exclude<T[K], undefined>>> : SchemaOf<T[K]>;

export type FieldsOf<T> = { readonly [K in keyof T]-?: FieldOf<T, K> };

export function object<T>(description: string, fields: FieldsOf<T>): SchemaOf<T>;
export function object(description: string, fields: Readonly<Record<string, Schema | Optional>>): Schema {
  const properties: Record<string, Schema> = {};
  const required: string[] = [];
  for (const [name, field] of Object.entries(fields)) {
    if ("optional" in field) properties[name] = field.optional;
    else {
      properties[name] = field;
      required.push(name);
    }
  }
  return { type: "object", description, properties, required, additionalProperties: false };
}

const known: Record<string, Schema> = {};

/** All schemas that have a name, by it. */
export const components: Readonly<Record<string, Schema>> = known;

/** Gives a schema a name by which others, and routes, speak of it. */
export function named<T>(name: string, schema: SchemaOf<T>): SchemaOf<T> {
  known[name] = schema;
  return { $ref: `#/components/schemas/${name}` };
}

export const optional = <T>(schema: SchemaOf<T>): Optional<SchemaOf<T>> => ({ optional: schema });

export const text = (description?: string): SchemaOf<string> => ({
  type: "string",
  ...described_(description),
});
export const whole = (description?: string): SchemaOf<number> => ({
  type: "integer",
  ...described_(description),
});
export const number = (description?: string): SchemaOf<number> => ({
  type: "number",
  ...described_(description),
});
export const flag = (description?: string): SchemaOf<boolean> => ({
  type: "boolean",
  ...described_(description),
});

/** A number, or what JSON has no number for as text. */
export const real = (description?: string): SchemaOf<number | string> => ({
  anyOf: [{ type: "number" }, { type: "string", enum: ["NaN", "Infinity", "-Infinity"] }],
  ...described_(description),
});

export const oneOf = <const T extends string>(values: readonly T[], description?: string): SchemaOf<T> => ({
  type: "string",
  enum: values,
  ...described_(description),
});

export const orNull = <T>(schema: SchemaOf<T>): SchemaOf<T | null> => ({ anyOf: [schema, { type: "null" }] });

export const list = <T>(items: SchemaOf<T>, description?: string): SchemaOf<readonly T[]> => ({
  type: "array",
  items,
  ...described_(description),
});

/** A column of numbers. */
export const numbers = (description?: string): SchemaOf<ArrayLike<number>> => ({
  type: "array",
  items: { type: "number" },
  ...described_(description),
});

/** How many there are of each. */
export const counts = (description?: string): SchemaOf<Readonly<Record<string, number>>> => ({
  type: "object",
  additionalProperties: { type: "integer" },
  ...described_(description),
});

export const pair = <A, B>(
  first: SchemaOf<A>,
  second: SchemaOf<B>,
  description?: string,
): SchemaOf<readonly [A, B]> => ({
  type: "array",
  prefixItems: [first, second],
  items: false,
  minItems: 2,
  ...described_(description),
});

function described_(description: string | undefined): Schema {
  return description === undefined ? {} : { description };
}
