/** All facts of a node; of a scope or series the ones that it has. */
import type { pb } from "../proto/index.ts";
import { attributeOf } from "./attribute-text.ts";
import { OP } from "./boxes/box-tree.ts";
import { callsOf, definitionOf } from "./calls.ts";
import type { GraphModel } from "./model.ts";
import { findPlace } from "./places.ts";
import { controlsOf, inputPorts, outputPorts } from "./ports.ts";
import { TYPES, totalsOf } from "./scope.ts";
import type { JoinedStep } from "./step/joined-step.ts";
import type { GraphAttribute, GraphNode } from "./views.ts";

/** More would be read by nobody; a hostile node has a million. */
const MOST_ATTRIBUTES = 1000;

/** The node, scope or series of that name, also a constant or summary; undefined where there is none. */
export function nodeOf(model: GraphModel, name: string, step: JoinedStep | null): GraphNode | undefined {
  const attached = model.attached.get(name);
  if (attached !== undefined) return rowNode(model, attached, name, (own) => own, step);
  const place = findPlace(model, name);
  if (!place) return undefined;
  const { types, rows } = model.tree;
  return types[place.box] === OP
    ? rowNode(model, rows[place.box]!, name, place.nameOf, step)
    : groupNode(model, place.box, name, step);
}

function groupNode(model: GraphModel, box: number, name: string, step: JoinedStep | null): GraphNode {
  return {
    ...EMPTY,
    name,
    type: TYPES[model.tree.types[box]!]!,
    op: null,
    stats: step?.statsOfBox(box) ?? null,
    totals: totalsOf(model, box, step),
  };
}

function rowNode(
  model: GraphModel,
  row: number,
  name: string,
  nameOf: (name: string) => string,
  step: JoinedStep | null,
): GraphNode {
  const { columns } = model;
  const definition = definitionOf(model, row);
  const attributes = attributesOf(model, row, definition);
  const kerasClass = definition?.attr?.keras_class?.s;
  const device = step?.deviceOf(row) ?? columns.deviceOf(row);
  const calls = callsOf(model, row);
  const op = columns.opOf(row);
  return {
    ...EMPTY,
    name,
    type: "OP",
    ...((op !== "" || !definition) && { op }),
    layer: kerasClass ? new TextDecoder().decode(kerasClass) : null,
    device: device === "" ? null : device,
    attributes: attributes.slice(0, MOST_ATTRIBUTES),
    attributes_left_out: Math.max(0, attributes.length - MOST_ATTRIBUTES),
    inputs: inputPorts(model, row, definition, nameOf),
    outputs: outputPorts(model, row, nameOf),
    control_inputs: controlsOf(model, row, nameOf).inputs,
    control_outputs: controlsOf(model, row, nameOf).outputs,
    function: calls[0]?.function ?? null,
    calls,
    stats: step?.statsOfRow(row) ?? null,
    executions: step?.executionsOf(row) ?? [],
  };
}

const EMPTY: Omit<GraphNode, "name" | "type" | "op"> = {
  layer: null,
  device: null,
  attributes: [],
  attributes_left_out: 0,
  inputs: [],
  outputs: [],
  control_inputs: [],
  control_outputs: [],
  function: null,
  calls: [],
  stats: null,
  executions: [],
  parameters: null,
  flops: null,
  totals: null,
};

function attributesOf(model: GraphModel, row: number, definition: pb.NodeDef | undefined): GraphAttribute[] {
  const type = model.columns.argumentTypes.get(row);
  if (type !== undefined) return [attributeOf("T", { type })];
  const entries = Object.entries(definition?.attr ?? {});
  return entries.map(([name, value], i) =>
    i < MOST_ATTRIBUTES ? attributeOf(name, value) : { name, value: "", bytes: 0, cut: true },
  );
}
