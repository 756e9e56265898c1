/** Executions by the row of their node: added one after the other, then looked up. */
import { type SortedEdges, sortEdges } from "../boxes/sorted-edges.ts";

const NONE = new Uint32Array();

export class RowLists {
  readonly #from: number;
  readonly #count: number;
  readonly #rows: number[] = [];
  readonly #executions: number[] = [];
  #sorted: SortedEdges | undefined;

  /** @param from the first row that may be added, and `to`: one more than the last */
  constructor(from: number, to: number) {
    this.#from = from;
    this.#count = to - from;
  }

  add(row: number, execution: number): void {
    this.#rows.push(row - this.#from);
    this.#executions.push(execution);
  }

  /** Those of a row, in the order in which they were added. None may be added from now on. */
  of(row: number): Uint32Array {
    const at = row - this.#from;
    if (this.#rows.length === 0 || at < 0 || at >= this.#count) return NONE;
    this.#sorted ??= this.#sort();
    return this.#sorted.edges.subarray(this.#sorted.start[at]!, this.#sorted.start[at + 1]!);
  }

  /** Rows that have any. */
  rows(): Set<number> {
    return new Set(this.#rows.map((row) => row + this.#from));
  }

  #sort(): SortedEdges {
    const { start, edges } = sortEdges(this.#rows, this.#count);
    return { start, edges: edges.map((place) => this.#executions[place]!) };
  }
}
