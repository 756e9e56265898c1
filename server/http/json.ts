/**
 * JSON as the compatible face writes it: NaN and infinities as the strings "NaN", "Infinity", "-Infinity", and
 * integers beyond 2^53 digit by digit.
 */
import type { Response } from "express";
import { sendPieces } from "./pieces.ts";

/** An object whose entries are made when their turn to be written comes: all of them together may be too much. */
export class Entries {
  readonly each: () => Iterable<readonly [string, unknown]>;

  constructor(each: () => Iterable<readonly [string, unknown]>) {
    this.each = each;
  }
}

/** The JSON text of plain data; a Map is an object whose names come from logs. Undefined properties are left out. */
export function toJson(value: unknown): string {
  switch (typeof value) {
    case "number":
      if (Object.is(value, -0)) return "-0.0";
      return Number.isFinite(value) ? String(value) : `"${value}"`;
    case "bigint":
      return value.toString();
    case "object":
      if (value === null) return "null";
      if (Array.isArray(value)) return `[${value.map(toJson).join(",")}]`;
      if (isNumbers(value)) return `[${Array.from<unknown, string>(value, toJson).join(",")}]`;
      return objectToJson(entriesOf(value));
    case "undefined":
      return "null";
    default:
      return JSON.stringify(value);
  }
}

function objectToJson(entries: Iterable<readonly [string, unknown]>): string {
  const parts: string[] = [];
  for (const [key, item] of entries)
    if (item !== undefined) parts.push(`${JSON.stringify(key)}:${toJson(item)}`);
  return `{${parts.join(",")}}`;
}

/** What is in an object whose text need not be cut. */
const SMALL_ITEMS = 64;
/** Items of a list whose text is made at a time. */
const LIST_ITEMS = 512;
/** Characters that are put together before they are handed on. */
const PIECE_CHARACTERS = 1 << 15;

/** The same text in pieces, of which none is long unless a string in the data is. */
export function* jsonPieces(value: unknown): Generator<string, void, undefined> {
  if (typeof value !== "object" || value === null || isSmall(value)) yield toJson(value);
  else if (Array.isArray(value)) yield* listPieces(value);
  else if (isNumbers(value)) yield* numberPieces(value);
  else yield* objectPieces(entriesOf(value));
}

function* numberPieces(numbers: Numbers): Generator<string, void, undefined> {
  yield "[";
  for (let from = 0; from < numbers.length; from += LIST_ITEMS) {
    const text = Array.from<unknown, string>(numbers.subarray(from, from + LIST_ITEMS), toJson).join(",");
    yield from === 0 ? text : `,${text}`;
  }
  yield "]";
}

function* listPieces(list: readonly unknown[]): Generator<string, void, undefined> {
  yield "[";
  for (let at = 0; at < list.length; ) {
    if (at > 0) yield ",";
    let end = at;
    while (end < list.length && end - at < LIST_ITEMS && isSmall(list[end])) end++;
    if (end > at) yield list.slice(at, end).map(toJson).join(",");
    else yield* jsonPieces(list[end++]);
    at = end;
  }
  yield "]";
}

function* objectPieces(entries: Iterable<readonly [string, unknown]>): Generator<string, void, undefined> {
  let text = "{";
  let first = true;
  for (const [key, item] of entries) {
    if (item === undefined) continue;
    text += `${first ? "" : ","}${JSON.stringify(key)}:`;
    first = false;
    if (isSmall(item)) text += toJson(item);
    else {
      yield text;
      text = "";
      yield* jsonPieces(item);
    }
    if (text.length < PIECE_CHARACTERS) continue;
    yield text;
    text = "";
  }
  yield `${text}}`;
}

function isSmall(value: unknown): boolean {
  return itemsLeft(value, SMALL_ITEMS) >= 0;
}

/** What is left of so many items when those of a value are counted; below 0 where there are more. */
function itemsLeft(value: unknown, items: number): number {
  if (typeof value !== "object" || value === null) return items - 1;
  if (value instanceof Entries) return -1;
  if (isNumbers(value)) return items - value.length;
  const list: readonly unknown[] = Array.isArray(value)
    ? value
    : value instanceof Map
      ? [...value.values()]
      : Object.values(value);
  if (list.length > items) return -1;
  let left = items - 1;
  for (let i = 0; i < list.length && left >= 0; i++) left = itemsLeft(list[i], left);
  return left;
}

function entriesOf(value: object): Iterable<readonly [string, unknown]> {
  if (value instanceof Map) return value;
  return value instanceof Entries ? value.each() : Object.entries(value);
}

/** An array of numbers, typed. */
interface Numbers extends ArrayLike<unknown>, Iterable<unknown> {
  subarray(from: number, to: number): Numbers;
}

function isNumbers(value: object): value is Numbers {
  return ArrayBuffer.isView(value) && !(value instanceof DataView);
}

/** Answers with plain data as JSON, whose content type has no charset. */
export function sendJson(response: Response, value: unknown): void {
  response.setHeader("Content-Type", "application/json");
  sendPieces(response, jsonPieces(value));
}
