/** Inputs of all nodes as columns: which row each comes from, which of its outputs, and whether it only says "after". */
import { NameTable } from "./name-table.ts";
import type { NodeColumns } from "./node-columns.ts";
import { isSameSpan } from "./wire.ts";

/** An input's row where no node has its name. */
export const MISSING = -1;

/** What an input is, as bits. */
export const CONTROL = 1;
/** TensorBoard takes inputs from the same node that follow one another for one: all but the first have this. */
export const REPEATED = 2;

export interface Connections {
  /** Row of each input, or MISSING. Inputs of row r are those from `inputStart[r]` up to `inputStart[r + 1]`. */
  readonly from: Int32Array;
  /** Number of the output that it takes. */
  readonly output: Uint32Array;
  readonly flags: Uint8Array;
  /** First row of the same name among those of the graph, or of the same function; by row. */
  readonly firstOfName: Int32Array;
}

/** `name:output`, or `name:argument:output` in functions. */
const PARTS = /^([^:]+):(?:\w+:)?(\d+)$/;

/** The node that an input names. */
export function nameInInput(input: string): string {
  const written = input.startsWith("^") ? input.slice(1) : input;
  return PARTS.exec(written)?.[1] ?? written;
}

export function connect(columns: NodeColumns): Connections {
  const { inputSpans, inputStart, functions, length } = columns;
  const count = inputSpans.length / 2;
  const found: Connections = {
    from: new Int32Array(count).fill(MISSING),
    output: new Uint32Array(count),
    flags: new Uint8Array(count),
    firstOfName: new Int32Array(length).map((_, row) => row),
  };
  const ownEnd = functions[0]?.row ?? length;
  join(columns, found, 0, ownEnd);
  for (const { row, end } of functions) join(columns, found, row + 1, end);
  // Nobody needs them any more, and there may be hundreds of thousands.
  inputSpans.length = 0;
  inputStart[length] = count;
  return found;
}

const CARET = 0x5e;

/** Inputs of these rows, which name others of them. They are read where they stand: as text they would take longest. */
function join(columns: NodeColumns, found: Connections, start: number, end: number): void {
  const { bytes, inputSpans, inputStart } = columns;
  const names = new NameTable(columns, start, end, found.firstOfName);
  for (let row = start; row < end; row++) {
    let beforeStart = 0;
    let beforeEnd = -1;
    for (let i = inputStart[row]!; i < inputStart[row + 1]!; i++) {
      const until = inputSpans[2 * i + 1]!;
      const control = bytes[inputSpans[2 * i]!] === CARET && until > inputSpans[2 * i]!;
      const from = inputSpans[2 * i]! + (control ? 1 : 0);
      const nameEnd = endOfName(bytes, from, until);
      if (nameEnd < until) found.output[i] = numberAtEnd(bytes, nameEnd, until);
      const repeated = beforeEnd !== -1 && isSameSpan(bytes, from, nameEnd, beforeStart, beforeEnd);
      found.flags[i] = (control ? CONTROL : 0) | (repeated ? REPEATED : 0);
      found.from[i] = repeated ? found.from[i - 1]! : names.find(from, nameEnd);
      beforeStart = from;
      beforeEnd = nameEnd;
    }
  }
}

const COLON = 0x3a;
const isDigit = (byte: number): boolean => byte >= 0x30 && byte <= 0x39;
const isWord = (byte: number): boolean =>
  isDigit(byte) || (byte >= 0x41 && byte <= 0x5a) || byte === 0x5f || (byte >= 0x61 && byte <= 0x7a);

/** Where the name ends: before what PARTS takes for the output, or at the end. */
function endOfName(bytes: Uint8Array, start: number, end: number): number {
  let digits = end;
  while (digits > start && isDigit(bytes[digits - 1]!)) digits--;
  if (digits === end || digits <= start + 1 || bytes[digits - 1] !== COLON) return end;
  // The first colon is the one that counts, and at most one argument stands between it and the number.
  let colon = digits - 1;
  const first = bytes.indexOf(COLON, start);
  if (first < colon) {
    for (colon--; colon > first; colon--) if (!isWord(bytes[colon]!)) return end;
    if (first + 1 === digits - 1) return end;
  }
  return first > start ? first : end;
}

function numberAtEnd(bytes: Uint8Array, start: number, end: number): number {
  let number = 0;
  for (let i = bytes.lastIndexOf(COLON, end - 1) + 1; i < end && i > start; i++)
    number = number * 10 + (bytes[i]! - 0x30);
  return number;
}
