/** Inputs of all nodes as columns: which row each comes from, which of its outputs, and whether it only says "after". */
import type { NodeColumns } from "./node-columns.ts";

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
  /** Row of a name in the graph itself: of several of that name the last. */
  readonly rows: ReadonlyMap<string, number>;
}

/** `name:output`, or `name:argument:output` in functions. */
const PARTS = /^([^:]+):(?:\w+:)?(\d+)$/;

export interface InputName {
  readonly name: string;
  readonly output: number;
  readonly control: boolean;
}

/** Takes an input as it is written apart. */
export function parseInput(input: string): InputName {
  const control = input.startsWith("^");
  const written = control ? input.slice(1) : input;
  const parts = written.includes(":") ? PARTS.exec(written) : null;
  return parts
    ? { name: parts[1]!, output: Number(parts[2]), control }
    : { name: written, output: 0, control };
}

export function connect(columns: NodeColumns): Connections {
  const { inputs, inputStart, functions, length } = columns;
  const from = new Int32Array(inputs.length).fill(MISSING);
  const output = new Uint32Array(inputs.length);
  const flags = new Uint8Array(inputs.length);
  const rows = namesOf(columns, 0, functions[0]?.row ?? length, 0);
  const join = (start: number, end: number, known: ReadonlyMap<string, number>): void => {
    for (let row = start; row < end; row++) {
      let before: string | null = null;
      for (let i = inputStart[row]!; i < inputStart[row + 1]!; i++) {
        const { name, output: number, control } = parseInput(inputs[i]!);
        from[i] = known.get(name) ?? MISSING;
        output[i] = number;
        flags[i] = (control ? CONTROL : 0) | (name === before ? REPEATED : 0);
        before = name;
      }
    }
  };
  join(0, functions[0]?.row ?? length, rows);
  for (const { row, end } of functions) {
    const scope = columns.names[row]!.length + 1;
    join(row + 1, end, namesOf(columns, row + 1, end, scope));
  }
  // Two hundred thousand texts that nobody needs any more.
  inputs.length = 0;
  return { from, output, flags, rows };
}

/** Rows by name, without the first so many letters. */
function namesOf({ names }: NodeColumns, start: number, end: number, prefix: number): Map<string, number> {
  const rows = new Map<string, number>();
  for (let row = start; row < end; row++)
    rows.set(prefix === 0 ? names[row]! : names[row]!.slice(prefix), row);
  return rows;
}
