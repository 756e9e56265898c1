/**
 * Which nodes TensorBoard draws as small attachments of others instead of boxes of their own: constants at what they go
 * into, summaries at what they come from. Rules: `DefaultBuildParams` in tf_graph_common/graph.ts.
 */
import type { Connections } from "./connections.ts";
import { MISSING, REPEATED } from "./connections.ts";
import type { NodeColumns } from "./node-columns.ts";

export const DRAWN = 0;
export const CONSTANT = 1;
export const SUMMARY = 2;

export interface Embedding {
  /** DRAWN, CONSTANT or SUMMARY, by row. */
  readonly kinds: Uint8Array;
  /** Summaries of what a row gives. */
  readonly summaries: ReadonlyMap<number, readonly number[]>;
  /**
   * Rows at which TensorBoard's page draws a summary: it looks for the inputs of those in functions among the nodes of
   * the graph itself.
   */
  readonly summarised: ReadonlySet<number>;
}

export function embed(columns: NodeColumns, { from, flags }: Connections): Embedding {
  const kinds = new Uint8Array(columns.length);
  const kindOfOp = columns.opNames.texts.map(kindOf);
  const summaries = new Map<number, number[]>();
  const summarised = new Set<number>();
  const names = new OwnNames(columns);
  for (let row = 0; row < columns.length; row++) {
    const kind = kindOfOp[columns.op[row]!]!;
    kinds[row] = kind;
    if (kind !== SUMMARY) continue;
    for (let i = columns.inputStart[row]!; i < columns.inputStart[row + 1]!; i++) {
      const source = from[i]!;
      if (source === MISSING || (flags[i]! & REPEATED) !== 0) continue;
      summaries.set(source, [...(summaries.get(source) ?? []), row]);
      const shown = names.shownSource(row, source);
      if (shown !== undefined) summarised.add(shown);
    }
  }
  return { kinds, summaries, summarised };
}

function kindOf(op: string): number {
  if (op.includes("Const")) return CONSTANT;
  return /^[a-zA-Z]+Summary$/.test(op) ? SUMMARY : DRAWN;
}

/** Rows of the graph itself by name, made when the first summary in a function asks. */
class OwnNames {
  readonly #columns: NodeColumns;
  #rows: Map<string, number> | undefined;

  constructor(columns: NodeColumns) {
    this.#columns = columns;
  }

  /** The row that is drawn with a summary of `source`. */
  shownSource(summary: number, source: number): number | undefined {
    const { functions, functionOf, names } = this.#columns;
    const inside = functions[functionOf[summary]!];
    if (!inside) return source;
    this.#rows ??= new Map(names.slice(0, functions[0]!.row).map((name, row) => [name, row]));
    return this.#rows.get(names[source]!.slice(names[inside.row]!.length + 1));
  }
}
