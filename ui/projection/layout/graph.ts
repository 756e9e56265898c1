/** The neighbour table as a graph whose edges go both ways, row after row. */
import type { NeighbourTable } from "../neighbours/table.ts";
import type { Work } from "../work.ts";

export interface Graph {
  readonly count: number;
  /** The edges of point i are those from offsets[i] to offsets[i + 1], by ascending column. */
  readonly offsets: Int32Array<ArrayBuffer>;
  readonly columns: Int32Array<ArrayBuffer>;
  readonly values: Float32Array<ArrayBuffer>;
}

const POINTS_A_PIECE = 4096;

/** @param combine what an edge is that is worth `there` one way and `back` the other; 0 where it is not there */
export function* bothWays(graph: Graph, combine: (there: number, back: number) => number): Work<Graph> {
  const back = yield* turned(graph);
  const offsets = new Int32Array(graph.count + 1);
  for (let point = 0; point < graph.count; point++) {
    let size = 0;
    meet(graph, back, point, () => size++);
    offsets[point + 1] = offsets[point]! + size;
    if (point % POINTS_A_PIECE === 0) yield { stage: "graph", done: point, of: graph.count };
  }
  const edges = offsets[graph.count]!;
  const columns = new Int32Array(edges);
  const values = new Float32Array(edges);
  let at = 0;
  for (let point = 0; point < graph.count; point++) {
    meet(graph, back, point, (column, there, here) => {
      columns[at] = column;
      values[at++] = combine(there, here);
    });
    if (point % POINTS_A_PIECE === 0) yield { stage: "graph", done: point, of: graph.count };
  }
  return { count: graph.count, offsets, columns, values };
}

/** The table with values of its own for its edges, each row sorted by column. */
export function* graphOf(table: NeighbourTable, values: Float32Array): Work<Graph> {
  const { count, k } = table;
  const offsets = Int32Array.from({ length: count + 1 }, (_, point) => point * k);
  const columns = table.indices.slice(0, count * k);
  const sorted = Float32Array.from(values.subarray(0, count * k));
  for (let point = 0; point < count; point++) {
    sortRow(columns, sorted, point * k, (point + 1) * k);
    if (point % POINTS_A_PIECE === 0) yield { stage: "graph", done: point, of: count };
  }
  return { count, offsets, columns, values: sorted };
}

/** By insertion: rows are short. */
function sortRow(columns: Int32Array, values: Float32Array, from: number, to: number): void {
  for (let i = from + 1; i < to; i++) {
    const [column, value] = [columns[i]!, values[i]!];
    let at = i;
    for (; at > from && columns[at - 1]! > column; at--) {
      columns[at] = columns[at - 1]!;
      values[at] = values[at - 1]!;
    }
    columns[at] = column;
    values[at] = value;
  }
}

/** Every edge the other way. Columns ascend, since rows are gone through in order. */
function* turned({ count, offsets, columns, values }: Graph): Work<Graph> {
  const turnedOffsets = new Int32Array(count + 1);
  for (let edge = 0; edge < columns.length; edge++) {
    const next = columns[edge]! + 1;
    turnedOffsets[next] = turnedOffsets[next]! + 1;
  }
  yield { stage: "graph", done: 0, of: count };
  for (let point = 0; point < count; point++)
    turnedOffsets[point + 1] = turnedOffsets[point + 1]! + turnedOffsets[point]!;
  const next = turnedOffsets.slice();
  const turnedColumns = new Int32Array(columns.length);
  const turnedValues = new Float32Array(columns.length);
  for (let point = 0; point < count; point++) {
    for (let edge = offsets[point]!; edge < offsets[point + 1]!; edge++) {
      const column = columns[edge]!;
      const at = next[column]!;
      next[column] = at + 1;
      turnedColumns[at] = point;
      turnedValues[at] = values[edge]!;
    }
    if (point % POINTS_A_PIECE === 0) yield { stage: "graph", done: point, of: count };
  }
  return { count, offsets: turnedOffsets, columns: turnedColumns, values: turnedValues };
}

/** Goes through the columns that a point has in either graph, ascending. */
function meet(
  a: Graph,
  b: Graph,
  point: number,
  each: (column: number, inA: number, inB: number) => void,
): void {
  let i = a.offsets[point]!;
  let j = b.offsets[point]!;
  const endA = a.offsets[point + 1]!;
  const endB = b.offsets[point + 1]!;
  while (i < endA || j < endB) {
    const columnA = i < endA ? a.columns[i]! : Number.POSITIVE_INFINITY;
    const columnB = j < endB ? b.columns[j]! : Number.POSITIVE_INFINITY;
    const column = Math.min(columnA, columnB);
    each(column, columnA === column ? a.values[i++]! : 0, columnB === column ? b.values[j++]! : 0);
  }
}
