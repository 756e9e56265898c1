/**
 * Calls of the library's functions. Old graphs call a function as an operation of its name; newer ones name it in
 * attributes: `f` of a PartitionedCall, `then_branch` and `else_branch` of an If, and so on.
 */
import { pb } from "../proto/index.ts";
import { LIBRARY } from "./definition/node-columns.ts";
import type { GraphModel } from "./model.ts";
import type { GraphCall } from "./views.ts";

/** Functions that a node calls, those of the library only. */
export function callsOf(model: GraphModel, row: number): GraphCall[] {
  const { columns, functions } = model;
  if (functions.size === 0) return [];
  if (isDirectCall(model, row)) return [{ attribute: null, function: LIBRARY + columns.opOf(row) }];
  const definition = definitionOf(model, row);
  return Object.entries(definition?.attr ?? {}).flatMap(([attribute, value]) => {
    const called = value.func
      ? [[attribute, value.func.name] as const]
      : (value.list?.func ?? []).map((func, i) => [`${attribute}[${i}]`, func.name] as const);
    return called.flatMap(([name, called_]) =>
      called_ != null && functions.has(called_) ? [{ attribute: name, function: LIBRARY + called_ }] : [],
    );
  });
}

/** Whether the operation is a function of the library, which TensorBoard shows in its place. */
export function isDirectCall({ columns, functions }: GraphModel, row: number): boolean {
  return functions.size > 0 && functions.has(columns.opOf(row));
}

/** The node as it is in the GraphDef; undefined for what functions are given for themselves and their arguments. */
export function definitionOf({ columns }: GraphModel, row: number): pb.NodeDef | undefined {
  const start = columns.start[row]!;
  const end = columns.end[row]!;
  return start === end ? undefined : pb.NodeDef.decode(columns.bytes.subarray(start, end));
}
