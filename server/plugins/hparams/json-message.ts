/**
 * A request's JSON read as protobuf reads it (the JSON mapping of proto3): names in camelCase or as in the .proto,
 * enums by name or number, numbers also as strings, null as not given. Everything else is refused in words.
 */
import { badRequest } from "../../http/errors.ts";

export class JsonMessage {
  readonly #what: string;
  readonly #fields = new Map<string, unknown>();

  /**
   * @param what the message, for errors
   * @param names its fields, in camelCase
   * @throws HttpError 400 when the value is no object, or has other fields
   */
  constructor(value: unknown, what: string, names: readonly string[]) {
    this.#what = what;
    if (typeof value !== "object" || value === null || Array.isArray(value))
      throw badRequest(`${what} is no JSON object`);
    for (const [key, field] of Object.entries(value)) {
      const name = key.replace(/_([a-z0-9])/g, (_, letter: string) => letter.toUpperCase());
      if (!names.includes(name)) throw badRequest(`${what} has no field "${key}"`);
      if (this.#fields.has(name)) throw badRequest(`${what} has its field "${name}" twice`);
      if (field !== null) this.#fields.set(name, field);
    }
  }

  has(name: string): boolean {
    return this.#fields.has(name);
  }

  /** Refuses more than one of these fields. */
  oneOf(...names: readonly string[]): void {
    const given = names.filter((name) => this.has(name));
    if (given.length > 1) throw badRequest(`${this.#what} can have only one of ${given.join(" and ")}`);
  }

  string(name: string): string {
    return this.#read(name, "", "text", (value) => (typeof value === "string" ? value : undefined));
  }

  boolean(name: string): boolean {
    return this.#read(name, false, "true or false", (value) =>
      typeof value === "boolean" ? value : undefined,
    );
  }

  double(name: string): number {
    return this.#read(name, 0, "a number", toDouble);
  }

  int32(name: string): number {
    return this.#read(name, 0, "a 32-bit integer", (value) => {
      const number = toDouble(value);
      return number !== undefined && (number | 0) === number ? number : undefined;
    });
  }

  /** A number of an enum, from its name or the number itself, which may be one that is not known. */
  enumeration(name: string, values: Readonly<Record<string, unknown>>): number {
    return this.#read(name, 0, `one of ${names(values).join(", ")}`, (value) => toEnum(value, values));
  }

  enumerations(name: string, values: Readonly<Record<string, unknown>>): number[] {
    return this.list(name).map((value) => {
      const number = toEnum(value, values);
      if (number === undefined) throw this.#refusal(name, `of ${names(values).join(", ")}`);
      return number;
    });
  }

  list(name: string): unknown[] {
    return this.#read(name, [], "a list", (value) => (Array.isArray(value) ? value : undefined));
  }

  /** What `read` makes of the field; undefined when it is not given. */
  message<T>(name: string, read: (value: unknown) => T): T | undefined {
    return this.has(name) ? read(this.#fields.get(name)) : undefined;
  }

  #read<T>(name: string, absent: T, kind: string, read: (value: unknown) => T | undefined): T {
    if (!this.has(name)) return absent;
    const value = read(this.#fields.get(name));
    if (value === undefined) throw this.#refusal(name, kind);
    return value;
  }

  #refusal(name: string, kind: string): Error {
    return badRequest(`"${name}" of ${this.#what} is not ${kind}`);
  }
}

function toDouble(value: unknown): number | undefined {
  if (typeof value === "number") return value;
  if (typeof value !== "string" || value.trim() !== value || value === "") return undefined;
  const number = Number(value);
  return Number.isNaN(number) && value !== "NaN" ? undefined : number;
}

function toEnum(value: unknown, values: Readonly<Record<string, unknown>>): number | undefined {
  const known = typeof value === "string" ? values[value] : value;
  if (typeof known === "number" && Number.isInteger(known)) return known;
  return typeof value === "string" && /^-?\d+$/.test(value) ? Number(value) : undefined;
}

const names = (values: Readonly<Record<string, unknown>>): string[] =>
  Object.keys(values).filter((name) => !/^\d+$/.test(name));
