/** Two graphs as one: the second, and beside it what only the first has, in the scopes where it was. */
import { pb } from "../../proto/index.ts";
import { nameInInput } from "../definition/connections.ts";
import type { GraphModel } from "../model.ts";
import { matchGraphs } from "./matching.ts";

/** A GraphDef. What was removed takes what its inputs are now, where they moved. */
export function unionOf(before: GraphModel, after: GraphModel): pb.GraphDef.$Properties {
  const { moved, removed } = matchGraphs(before, after);
  const renamed = new Map(
    moved.map(([row, other]) => [before.columns.names[row]!, after.columns.names[other]!]),
  );
  // Boxes may have other names than nodes: whatever is called alike is one.
  const known = new Set(after.columns.names);
  const own: pb.NodeDef.$Properties[] = [];
  const inFunctions = new Map<string, pb.NodeDef.$Properties[]>();
  for (const row of removed) {
    if (known.has(before.columns.names[row]!)) continue;
    const place = before.columns.functions[before.columns.functionOf[row]!];
    const nodes = place ? (inFunctions.get(place.name) ?? []) : own;
    if (place) inFunctions.set(place.name, nodes);
    if (isWritten(before, row)) nodes.push(renamedInputs(definitionOf(before, row), renamed));
  }
  const whole = pb.GraphDef.decode(after.columns.bytes);
  const union: pb.GraphDef.$Properties = { ...whole, node: [...whole.node, ...own] };
  if (inFunctions.size > 0) union.library = withNodes(whole.library ?? {}, before, inFunctions);
  return union;
}

/** Functions are given nodes for themselves and for their arguments, which stand nowhere in the bytes. */
function isWritten({ columns }: GraphModel, row: number): boolean {
  return columns.functionOf[row] === -1 || columns.end[row]! > columns.start[row]!;
}

function definitionOf({ columns }: GraphModel, row: number): pb.NodeDef {
  return pb.NodeDef.decode(columns.bytes.subarray(columns.start[row]!, columns.end[row]!));
}

/** Only nodes of the graph itself have other names than inputs say: those of a function's moved with it. */
function renamedInputs(node: pb.NodeDef, renamed: ReadonlyMap<string, string>): pb.NodeDef.$Properties {
  const input = node.input.map((written) => {
    const name = nameInInput(written);
    const now = renamed.get(name);
    return now === undefined ? written : written.replace(name, () => now);
  });
  return { ...node, input };
}

/** Removed nodes in the functions that both graphs have; those that only the first has as a whole. */
function withNodes(
  library: pb.FunctionDefLibrary.$Properties,
  before: GraphModel,
  removed: ReadonlyMap<string, readonly pb.NodeDef.$Properties[]>,
): pb.FunctionDefLibrary.$Properties {
  const functions = library.function ?? [];
  const names = new Set(functions.map(({ signature }) => signature?.name ?? ""));
  const old = pb.GraphDef.decode(before.columns.bytes).library?.function ?? [];
  return {
    ...library,
    function: [
      ...functions.map((one) => {
        const nodes = removed.get(one.signature?.name ?? "") ?? [];
        return nodes.length === 0 ? one : { ...one, nodeDef: [...(one.nodeDef ?? []), ...nodes] };
      }),
      ...old.flatMap((one) => {
        const name = one.signature?.name ?? "";
        const nodes = removed.get(name);
        return nodes && !names.has(name) ? [{ ...one, nodeDef: [...nodes] }] : [];
      }),
    ],
  };
}
