/**
 * Calls of the library's functions. Old graphs call a function as an operation of its name; newer ones name it in
 * attributes: `f` of a PartitionedCall, `then_branch` and `else_branch` of an If, and so on.
 */
import type { pb } from "../proto/index.ts";
import { LIBRARY } from "./definition/node-columns.ts";
import { attributesOf } from "./definition/node-definition.ts";
import type { GraphModel } from "./model.ts";
import type { GraphCall } from "./views.ts";

/** More attributes are looked through for nobody. */
export const MOST_ATTRIBUTES = 1000;

/** Functions that a node calls, those of the library only. */
export function callsOf(model: GraphModel, row: number): GraphCall[] {
  const { columns, functions } = model;
  if (functions.size === 0) return [];
  if (isDirectCall(model, row)) return [{ attribute: null, function: LIBRARY + columns.opOf(row) }];
  const calls: GraphCall[] = [];
  let looked = 0;
  for (const [attribute, value] of attributesOf(columns, row)) {
    if (looked++ > MOST_ATTRIBUTES) break;
    for (const [name, called] of functionsIn(attribute, value()))
      if (functions.has(called)) calls.push({ attribute: name, function: LIBRARY + called });
  }
  return calls;
}

/** Functions that an attribute names. */
function functionsIn(attribute: string, { func, list }: pb.AttrValue): [name: string, called: string][] {
  if (func) return [[attribute, func.name ?? ""]];
  return (list?.func ?? []).map(({ name }, i) => [`${attribute}[${i}]`, name ?? ""]);
}

/** Whether the operation is a function of the library, which TensorBoard shows in its place. */
export function isDirectCall({ columns, functions }: GraphModel, row: number): boolean {
  return functions.size > 0 && functions.has(columns.opOf(row));
}
