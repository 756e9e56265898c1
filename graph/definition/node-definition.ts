/** What of a node stays in the bytes until somebody asks: its inputs as they are written, and its attributes. */
import { pb } from "../../proto/index.ts";
import { reading } from "../graph-error.ts";
import type { NodeColumns } from "./node-columns.ts";
import { isAscii, nextSpan, type Reader, readerOf, spanEnd, textOf } from "./wire.ts";

// Field numbers: `proto/schema/graph.proto`.
const INPUT = 3;
const ATTR = 5;
const ENTRY = { key: 1, value: 2 };

/** An attribute, not yet decoded. */
interface AttributeSpan {
  readonly name: string;
  readonly start: number;
  readonly end: number;
}

export function inputsOf(columns: NodeColumns, row: number): string[] {
  const inputs: string[] = [];
  const { bytes, start, end } = columns;
  const reader = readerOf(bytes, start[row]!, end[row]!);
  for (const input of fields(reader, end[row]!, INPUT)) inputs.push(textOf(bytes, input.start, input.end));
  return inputs;
}

/** Attributes one after the other: a hostile node has a million, of which nobody reads the last. */
export function* attributesOf(
  columns: NodeColumns,
  row: number,
): Generator<readonly [name: string, value: () => pb.AttrValue]> {
  const { bytes } = columns;
  for (const { name, start, end } of attributeSpans(columns, row))
    yield [name, () => decoded(bytes.subarray(start, end))];
}

/** The attribute of that name: of several the last, as protobuf has it. */
export function attributeNamed(columns: NodeColumns, row: number, name: string): pb.AttrValue | undefined {
  const { bytes, start, end } = columns;
  const reader = readerOf(bytes, start[row]!, end[row]!);
  let found = false;
  let valueStart = 0;
  let valueEnd = 0;
  for (let field = nextSpan(reader, end[row]!); field !== -1; field = nextSpan(reader, end[row]!)) {
    const until = spanEnd(reader);
    if (field === ATTR) {
      const value = valueOfEntry(reader, until, name);
      if (value !== -1) {
        found = true;
        valueStart = value;
        valueEnd = reader.pos;
      }
    }
    reader.pos = until;
  }
  return found ? decoded(bytes.subarray(valueStart, valueEnd)) : undefined;
}

/** @throws GraphError when it is none, or nested deeper than anybody reads */
function decoded(value: Uint8Array): pb.AttrValue {
  return reading("an attribute of a node", () => pb.AttrValue.decode(value));
}

/** Where the value of an entry begins, and the reader is where it ends; -1: the entry has another name. */
function valueOfEntry(reader: Reader, end: number, name: string): number {
  let isNamed = name === "";
  let valueStart = end;
  let valueEnd = end;
  for (let field = nextSpan(reader, end); field !== -1; field = nextSpan(reader, end)) {
    const until = spanEnd(reader);
    if (field === ENTRY.key) isNamed = isText(reader.buf, reader.pos, until, name);
    else if (field === ENTRY.value) {
      valueStart = reader.pos;
      valueEnd = until;
    }
    reader.pos = until;
  }
  reader.pos = valueEnd;
  return isNamed ? valueStart : -1;
}

/** Whether this text is there; texts in other letters than ASCII are decoded. */
function isText(bytes: Uint8Array, start: number, end: number, text: string): boolean {
  return (
    isAscii(bytes, start, end, text) || (end - start > text.length && textOf(bytes, start, end) === text)
  );
}

function* attributeSpans({ bytes, start, end }: NodeColumns, row: number): Generator<AttributeSpan> {
  const reader = readerOf(bytes, start[row]!, end[row]!);
  for (const entry of fields(reader, end[row]!, ATTR)) {
    let name = "";
    let value = entry;
    for (let field = nextSpan(reader, entry.end); field !== -1; field = nextSpan(reader, entry.end)) {
      const until = spanEnd(reader);
      if (field === ENTRY.key) name = textOf(bytes, reader.pos, until);
      else if (field === ENTRY.value) value = { start: reader.pos, end: until };
      reader.pos = until;
    }
    yield { name, start: value === entry ? entry.end : value.start, end: value.end };
  }
}

interface Span {
  readonly start: number;
  readonly end: number;
}

/** Spans of the fields of a message that have that number; the reader may go on inside of them. */
function* fields(reader: Reader, end: number, wanted: number): Generator<Span> {
  for (let field = nextSpan(reader, end); field !== -1; field = nextSpan(reader, end)) {
    const until = spanEnd(reader);
    if (field === wanted) yield { start: reader.pos, end: until };
    reader.pos = until;
  }
}
