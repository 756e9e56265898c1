/** A step's table: a row a node that ran, or a kind of operation. */
import { sortEdges } from "../boxes/sorted-edges.ts";
import { Strings } from "../definition/strings.ts";
import type { GraphTable } from "../views.ts";
import type { JoinedStep } from "./joined-step.ts";
import { lanesOf } from "./lanes.ts";
import { opOfExecution } from "./op-of-execution.ts";

/** What rows are made by. */
export type TableBy = "node" | "op";

export function tableOf(joined: JoinedStep, by: TableBy): GraphTable {
  const { step, lifetimes } = joined;
  const { self } = lanesOf(step);
  const { names, group } = by === "node" ? byName(joined) : byOp(joined);
  const count = new Uint32Array(names.length);
  const total = new Float64Array(names.length);
  const own = new Float64Array(names.length);
  const bytes = new Float64Array(names.length);
  const inGraph = names.map(() => false);
  for (let execution = 0; execution < step.length; execution++) {
    const row = group[execution]!;
    count[row]!++;
    total[row]! += step.duration[execution]!;
    own[row]! += self[execution]!;
    bytes[row]! += step.bytes[execution]!;
    if (joined.isInGraph(execution)) inGraph[row] = true;
  }
  const { start, edges } = sortEdges(group, names.length);
  const executionsOf = (row: number): Uint32Array => edges.subarray(start[row]!, start[row + 1]!);
  const opOf = (row: number): string | null =>
    by === "op" ? names[row]! : opOfExecution(joined, edges[start[row]!]!);
  const rows = [...names.keys()].sort((a, b) => total[b]! - total[a]!);
  return {
    columns: {
      name: rows.map((row) => names[row]!),
      op: rows.map(opOf),
      count: rows.map((row) => count[row]!),
      total_micros: rows.map((row) => total[row]!),
      self_micros: rows.map((row) => own[row]!),
      bytes: rows.map((row) => bytes[row]!),
      peak_bytes: rows.map((row) => lifetimes.peakOf(executionsOf(row))),
      in_graph: rows.map((row) => inGraph[row]!),
    },
    total_micros: own.reduce((sum, micros) => sum + micros, 0),
    peak_bytes: lifetimes.peakOf(Array.from(step.name, (_, execution) => execution)),
  };
}

/** Names of rows, and the row of each execution. */
interface Grouping {
  readonly names: readonly string[];
  readonly group: ArrayLike<number>;
}

function byName({ step, shownNames }: JoinedStep): Grouping {
  if (shownNames === step.names.texts) return { names: shownNames, group: step.name };
  const names = new Strings();
  const numbers = shownNames.map((name) => names.numberOf(name));
  return { names: names.texts, group: step.name.map((name) => numbers[name]!) };
}

function byOp(joined: JoinedStep): Grouping {
  const ops = new Strings();
  const group = joined.step.name.map((_, execution) => ops.numberOf(opOfExecution(joined, execution) ?? ""));
  return { names: ops.texts, group };
}
