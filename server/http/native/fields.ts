/**
 * Fields of the native API's queries: each is declared once, and from that requests are read, whether they come as
 * parameters of GET or as JSON by POST, and described (`openapi/`).
 */
import type { Request } from "express";
import { badRequest } from "../errors.ts";
import { all, json } from "../parameters.ts";
import type { Schema } from "./schema.ts";

/** A field of a query, whose value is a `T`. */
export interface Field<T> {
  readonly schema: Schema;
  readonly required: boolean;
  /** As a parameter, lists are repeated in the singular; undefined: the field's own name. */
  readonly parameter?: string;
  /** What JSON would have where parameters have these texts. */
  fromTexts(texts: readonly string[]): unknown;
  /** The value, if it is one. @throws HttpError 400 that names the field */
  check(value: unknown, name: string): T;
}

/** The fields of a query. */
export type Fields<Q> = { readonly [K in keyof Q]-?: Field<Exclude<Q[K], undefined>> };

/** A parameter that is not part of any query: the form of the answer. */
const FORMAT = "format";

/**
 * The query of a GET or POST request.
 *
 * @throws HttpError 400 in words, when something does not fit or is not known
 */
export async function readQuery<Q>(request: Request, fields: Fields<Q>): Promise<Q> {
  const given = request.method === "POST" ? await json(request) : fromParameters(request, fields);
  if (typeof given !== "object" || given === null || Array.isArray(given))
    throw badRequest("the query is not an object");
  return checked(new Map(Object.entries(given)), fields);
}

function fromParameters<Q>(request: Request, fields: Fields<Q>): Record<string, unknown> {
  const query: Record<string, unknown> = {};
  const names = new Set(Object.keys(request.query));
  names.delete(FORMAT);
  for (const name in fields) {
    const { parameter = name } = fields[name];
    if (names.delete(parameter)) query[name] = fields[name].fromTexts(all(request, parameter));
  }
  const known = Object.entries<Field<unknown>>(fields).map(([name, field]) => field.parameter ?? name);
  refuseOthers(names, [...known, FORMAT]);
  return query;
}

/** @param at what stands before the names where something does not fit */
function checked<Q>(given: Map<string, unknown>, fields: Fields<Q>, at = ""): Q {
  refuseOthers(
    new Set([...given.keys()].filter((name) => !Object.hasOwn(fields, name)).map((name) => at + name)),
    Object.keys(fields),
  );
  const query: Partial<Q> = {};
  for (const name in fields) {
    const value = given.get(name);
    if (value !== undefined) query[name] = fields[name].check(value, at + name);
    else if (fields[name].required) throw badRequest(`"${at}${name}" is missing`);
  }
  return query as Q; // whatever Q must have was required in the loop above
}

/** A name that is not known is a mistake: passed over, the answer would be another than the one meant. */
function refuseOthers(names: ReadonlySet<string>, known: readonly string[]): void {
  const [other] = names;
  if (other !== undefined) throw badRequest(`"${other}" is not known here, only ${known.join(", ")}`);
}

/** A name of a tag, a plugin and so on. */
export function text(description: string): Field<string> {
  return {
    schema: { type: "string", description },
    required: false,
    fromTexts: ([first]) => first,
    check(value, name) {
      if (typeof value !== "string") throw badRequest(`"${name}" must be a string`);
      return value;
    },
  };
}

/** Names. @param parameter what one of them is as a parameter */
export function texts(parameter: string, description: string): Field<readonly string[]> {
  return {
    schema: { type: "array", items: { type: "string" }, description },
    required: false,
    parameter,
    fromTexts: (given) => given,
    check(value, name) {
      if (!Array.isArray(value) || !value.every((item) => typeof item === "string"))
        throw badRequest(`"${name}" must be a list of strings`);
      return value;
    },
  };
}

export function oneOf<const T extends string>(allowed: readonly T[], description: string): Field<T> {
  return {
    schema: { type: "string", enum: allowed, description },
    required: false,
    fromTexts: ([first]) => first,
    check(value, name) {
      const found = allowed.find((item) => item === value);
      if (found === undefined) throw badRequest(`"${name}" must be one of ${allowed.join(", ")}`);
      return found;
    },
  };
}

export interface NumberLimits {
  readonly least?: number;
  readonly most?: number;
  readonly whole?: boolean;
}

export function number(description: string, limits: NumberLimits = {}): Field<number> {
  const { least, most, whole = false } = limits;
  return {
    schema: {
      type: whole ? "integer" : "number",
      ...(least !== undefined && { minimum: least }),
      ...(most !== undefined && { maximum: most }),
      description,
    },
    required: false,
    fromTexts: ([first]) => toNumber(first),
    check: (value, name) => checkNumber(value, name, limits),
  };
}

/** Numbers, each within the limits. @param parameter what one of them is as a parameter */
export function numbers(
  parameter: string,
  description: string,
  limits: NumberLimits & { readonly atMost: number },
): Field<readonly number[]> {
  const { least = Number.NEGATIVE_INFINITY, most = Number.POSITIVE_INFINITY, atMost } = limits;
  return {
    schema: {
      type: "array",
      items: { type: "number", minimum: least, maximum: most },
      maxItems: atMost,
      description,
    },
    required: false,
    parameter,
    fromTexts: (given) => given.map(toNumber),
    check(value, name) {
      if (!Array.isArray(value)) throw badRequest(`"${name}" must be a list of numbers`);
      if (value.length > atMost) throw badRequest(`"${name}" may have ${atMost} numbers at most`);
      return value.map((item: unknown) => checkNumber(item, name, limits));
    },
  };
}

/** Objects that have these fields: in JSON only. */
export function objects<Q>(fields: Fields<Q>, description: string, atMost: number): Field<readonly Q[]> {
  return {
    schema: { type: "array", items: schemaOf(fields), maxItems: atMost, description },
    required: false,
    fromTexts: (given) => given,
    check(value, name) {
      if (!Array.isArray(value)) throw badRequest(`"${name}" must be a list of objects`);
      if (value.length > atMost) throw badRequest(`"${name}" may have ${atMost} objects at most`);
      return value.map((item: unknown, i) => {
        if (typeof item !== "object" || item === null || Array.isArray(item))
          throw badRequest(`"${name}[${i}]" must be an object`);
        return checked(new Map(Object.entries(item)), fields, `${name}[${i}].`);
      });
    },
  };
}

/** True or false; as a parameter `1`, `true` or nothing, `0` or `false`. */
export function flag(description: string): Field<boolean> {
  return {
    schema: { type: "boolean", description },
    required: false,
    fromTexts: ([first = ""]) =>
      /^(1|true|)$/.test(first) ? true : /^(0|false)$/.test(first) ? false : first,
    check(value, name) {
      if (typeof value !== "boolean") throw badRequest(`"${name}" must be true or false`);
      return value;
    },
  };
}

/** The same field, without which there is no query. */
export function required<T>(field: Field<T>): Field<T> {
  return { ...field, required: true };
}

/** The schema of a query as JSON. */
export function schemaOf<Q>(fields: Fields<Q>): Schema {
  const entries = Object.entries<Field<unknown>>(fields);
  return {
    type: "object",
    properties: Object.fromEntries(entries.map(([field, { schema }]) => [field, schema])),
    required: entries.filter(([, { required }]) => required).map(([field]) => field),
    additionalProperties: false,
  };
}

function toNumber(given: string | undefined): number {
  return given === undefined || given.trim() === "" ? Number.NaN : Number(given);
}

function checkNumber(value: unknown, name: string, { least, most, whole = false }: NumberLimits): number {
  if (typeof value !== "number" || Number.isNaN(value)) throw badRequest(`"${name}" must be a number`);
  if (whole && !Number.isInteger(value)) throw badRequest(`"${name}" must be a whole number`);
  if (value < (least ?? value) || value > (most ?? value))
    throw badRequest(`"${name}" must be ${limitsInWords(least, most)}`);
  return value;
}

function limitsInWords(least: number | undefined, most: number | undefined): string {
  if (least === undefined) return `at most ${most}`;
  return most === undefined ? `at least ${least}` : `between ${least} and ${most}`;
}
