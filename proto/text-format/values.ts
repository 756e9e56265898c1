/** Reads one scalar or enum value from the tokens, checked against its type. */
import * as literals from "./literals.ts";
import type { ValueType } from "./schema.ts";
import { describe, type Token, type Tokens } from "./tokens.ts";

export type SimpleType = Exclude<ValueType, { kind: "message" }>;
export type SimpleValue = bigint | number | boolean | Uint8Array;

/** @throws TextFormatError when the value is not of the type */
export function readScalar(tokens: Tokens, type: SimpleType): SimpleValue {
  const start = tokens.next;
  if (type.kind === "scalar" && (type.scalar === "string" || type.scalar === "bytes"))
    return readString(tokens, type.scalar === "string");
  const negative = tokens.accept("-");
  const token = tokens.take();
  const value = token.kind === "name" || token.kind === "number" ? parse(token.text, negative, type) : null;
  if (value === null)
    throw tokens.error(`${negative ? `-${token.text}` : describe(token)} is no ${nameOf(type)}`, start);
  return value;
}

function parse(text: string, negative: boolean, type: SimpleType): SimpleValue | null {
  if (type.kind === "enum") {
    const number = negative ? undefined : type.numbers.get(text);
    return number !== undefined ? BigInt(number) : inRange(literals.integer(text, negative), false, 32);
  }
  switch (type.scalar) {
    case "bool":
      return negative ? null : literals.truth(text);
    case "float":
    case "double":
      return literals.float(text, negative);
    default: {
      const unsigned = type.scalar.startsWith("u") || type.scalar.startsWith("fixed");
      return inRange(literals.integer(text, negative), unsigned, type.scalar.endsWith("64") ? 64 : 32);
    }
  }
}

function inRange(value: bigint | null, unsigned: boolean, bits: 32 | 64): bigint | null {
  return value !== null && literals.fits(value, unsigned, bits) ? value : null;
}

/** One string, or several in a row that are one. */
function readString(tokens: Tokens, utf8: boolean): Uint8Array {
  const first = tokens.next;
  if (first.kind !== "string") throw tokens.error(`expected a string but found ${describe(first)}`);
  const parts: Uint8Array[] = [];
  while (tokens.next.kind === "string") parts.push(unescaped(tokens, tokens.take()));
  const bytes = literals.concatenate(parts);
  if (utf8) checkUtf8(tokens, first, bytes);
  return bytes;
}

function unescaped(tokens: Tokens, token: Token): Uint8Array {
  try {
    return literals.unescapeText(token.text);
  } catch (error) {
    throw tokens.error(error instanceof Error ? error.message : String(error), token);
  }
}

function checkUtf8(tokens: Tokens, at: Token, bytes: Uint8Array): void {
  try {
    new TextDecoder("utf-8", { fatal: true }).decode(bytes);
  } catch {
    throw tokens.error("the string is not UTF-8", at);
  }
}

function nameOf(type: SimpleType): string {
  return type.kind === "enum" ? `one of ${[...type.numbers.keys()].slice(0, 6).join(", ")}, …` : type.scalar;
}
