/** Which children of a scope are put beside its main graph: the scope as the rules of `boxes/aside.ts` take it. */
import { type Aside, type AsideBox, putAside } from "./boxes/aside.ts";
import { META, OP } from "./boxes/box-tree.ts";
import { strictName } from "./boxes/names.ts";
import { isDirectCall } from "./calls.ts";
import { MISSING } from "./definition/connections.ts";
import { CONSTANT } from "./definition/embedding.ts";
import type { GraphModel } from "./model.ts";

/**
 * Boxes put aside. Of series, and of operations, nothing is.
 *
 * @param again TensorBoard draws the root again when a step's statistics come, and then takes what was put aside for
 *   what somebody asked to put there, whose side goes by its edges
 */
export function asideOf(model: GraphModel, scope: number, again: boolean): Aside {
  const { tree, edges } = model;
  if (tree.types[scope] !== META) return { inputs: [], outputs: [] };
  const children = tree.children[scope]!;
  const places = new Map(children.map((box, place) => [box, place]));
  const { start, edges: sorted } = edges.scopes;
  const drawn = {
    boxes: children.map((box) => asideBox(model, box)),
    edges: Array.from(sorted.subarray(start[scope]!, start[scope + 1]!), (edge) => ({
      from: places.get(edges.from[edge]!)!,
      to: places.get(edges.to[edge]!)!,
      regular: edges.regular[edge]! > 0,
    })),
  };
  const first = putAside(drawn);
  const aside = again && scope === 0 ? putAside(drawn, new Set([...first.inputs, ...first.outputs])) : first;
  return {
    inputs: aside.inputs.map((place) => children[place]!),
    outputs: aside.outputs.map((place) => children[place]!),
  };
}

function asideBox(model: GraphModel, box: number): AsideBox {
  const { tree, embedding } = model;
  const row = tree.rows[box]!;
  // A call is drawn as the scope of its function, to which nothing is attached.
  const isPlain = tree.types[box] === OP && !isDirectCall(model, row);
  return {
    isSink: isSink(model, box),
    hasConstants: isPlain && constantsOf(model, row).length > 0,
    hasSummaries: isPlain && embedding.summarised.has(row),
  };
}

function isSink({ tree, columns }: GraphModel, box: number): boolean {
  // The node that has the scope's name is among its children.
  const name = strictName(tree.names[box]!);
  const root =
    tree.types[box] === META ? tree.children[box]!.findLast((child) => tree.names[child] === name) : box;
  if (root === undefined) return false;
  const row = tree.rows[root]!;
  return row !== -1 && columns.opOf(row) === "NoOp";
}

/** Rows of the constants that go into a node, each once. */
export function constantsOf({ columns, connections, embedding }: GraphModel, row: number): number[] {
  const constants = new Set<number>();
  for (let i = columns.inputStart[row]!; i < columns.inputStart[row + 1]!; i++) {
    const from = connections.from[i]!;
    if (from !== MISSING && embedding.kinds[from] === CONSTANT) constants.add(from);
  }
  return [...constants];
}
