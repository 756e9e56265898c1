/** Rows by name, looked up by bytes: no text is made of what is only looked up. */
import type { NodeColumns } from "./node-columns.ts";
import { isSameSpan } from "./wire.ts";

const EMPTY = -1;

export class NameTable {
  readonly #columns: NodeColumns;
  readonly #slots: Int32Array;
  readonly #mask: number;
  /** Arguments of functions, whose names are in no NodeDef. */
  readonly #others = new Map<string, number>();

  /**
   * Of the rows from `start` up to `end`: of several of one name, the last.
   *
   * @param first is told of each row the first that has its name
   */
  constructor(columns: NodeColumns, start: number, end: number, first: Int32Array) {
    this.#columns = columns;
    this.#mask = 2 ** Math.ceil(Math.log2(2 * (end - start) + 2)) - 1;
    this.#slots = new Int32Array(this.#mask + 1).fill(EMPTY);
    for (let row = start; row < end; row++) {
      const from = columns.nameStart[row]!;
      const until = columns.nameEnd[row]!;
      if (until > from) {
        const slot = this.#slot(from, until);
        const before = this.#slots[slot]!;
        first[row] = before === EMPTY ? row : first[before]!;
        this.#slots[slot] = row;
      } else {
        const name = localName(columns, row);
        const before = this.#others.get(name);
        first[row] = before === undefined ? row : first[before]!;
        this.#others.set(name, row);
      }
    }
  }

  /** The row of the name in this span; -1 for none. */
  find(start: number, end: number): number {
    const row = this.#slots[this.#slot(start, end)]!;
    if (row !== EMPTY || this.#others.size === 0) return row;
    return this.#others.get(new TextDecoder().decode(this.#columns.bytes.subarray(start, end))) ?? EMPTY;
  }

  /** Where the name is, or would be. */
  #slot(start: number, end: number): number {
    const { bytes } = this.#columns;
    let hash = 0x811c9dc5;
    for (let i = start; i < end; i++) hash = Math.imul(hash ^ bytes[i]!, 0x01000193);
    let slot = (hash ^ (hash >>> 15)) & this.#mask;
    for (let row = this.#slots[slot]!; row !== EMPTY; row = this.#slots[slot]!) {
      if (this.#isName(row, start, end)) return slot;
      slot = (slot + 1) & this.#mask;
    }
    return slot;
  }

  #isName(row: number, start: number, end: number): boolean {
    const { bytes, nameStart, nameEnd } = this.#columns;
    return isSameSpan(bytes, nameStart[row]!, nameEnd[row]!, start, end);
  }
}

/** A name without the function's. */
function localName({ names, functionOf, functions }: NodeColumns, row: number): string {
  const inside = functions[functionOf[row]!];
  return inside ? names[row]!.slice(names[inside.row]!.length + 1) : names[row]!;
}
