/** A step's table: a row a node that ran, or a kind of operation. */

import { groupBy } from "../group-by.ts";
import type { GraphTable, GraphTableRow } from "../views.ts";
import type { JoinedStep } from "./joined-step.ts";
import { lanesOf } from "./lanes.ts";
import { peakOf } from "./lifetimes.ts";
import { opOfExecution } from "./op-of-execution.ts";

/** What rows are made by. */
export type TableBy = "node" | "op";

export function tableOf(joined: JoinedStep, by: TableBy): GraphTable {
  const { step, lifetimes } = joined;
  const { self } = lanesOf(step);
  const executions = Array.from(step.name, (_, execution) => execution);
  const groups = groupBy(executions, (execution) =>
    by === "node" ? step.nameOf(execution) : (opOfExecution(joined, execution) ?? ""),
  );
  const rows = [...groups].map(([name, own]): GraphTableRow => {
    const sum = (of: (execution: number) => number) => own.reduce((total, one) => total + of(one), 0);
    return {
      name,
      op: by === "op" ? name : opOfExecution(joined, own[0]!),
      count: own.length,
      total_micros: sum((one) => step.duration[one]!),
      self_micros: sum((one) => self[one]!),
      bytes: sum((one) => step.bytes[one]!),
      peak_bytes: peakOf(lifetimes, own),
      in_graph: own.some((one) => joined.rowOf[one] !== -1),
    };
  });
  return {
    rows,
    total_micros: rows.reduce((total, { self_micros }) => total + self_micros, 0),
    peak_bytes: peakOf(lifetimes, executions),
  };
}
