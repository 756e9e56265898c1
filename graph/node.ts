/** All facts of a node; of a scope or series the ones that it has. */
import { attributeOf } from "./attribute-text.ts";
import { OP } from "./boxes/box-tree.ts";
import { callsOf, MOST_ATTRIBUTES } from "./calls.ts";
import { attributesOf } from "./definition/node-definition.ts";
import type { GraphModel } from "./model.ts";
import { findAttached, findPlace } from "./places.ts";
import { controlsOf, inputPorts, outputPorts } from "./ports.ts";
import { TYPES, totalsOf } from "./scope.ts";
import type { JoinedStep } from "./step/joined-step.ts";
import type { StepView } from "./step/step-view.ts";
import type { GraphAttribute, GraphNode } from "./views.ts";

/** The node, scope or series of that name, also a constant or summary; undefined where there is none. */
export function nodeOf(model: GraphModel, name: string, step: JoinedStep | null): GraphNode | undefined {
  const attached = findAttached(model, name);
  if (attached)
    return rowNode(model, attached.at, name, attached.nameOf, step?.within(attached.within) ?? null);
  const place = findPlace(model, name);
  if (!place) return undefined;
  const { types, rows } = model.tree;
  const view = step?.within(place.within) ?? null;
  return types[place.box] === OP
    ? rowNode(model, rows[place.box]!, name, place.nameOf, view)
    : groupNode(model, place.box, name, view);
}

function groupNode(model: GraphModel, box: number, name: string, step: StepView | null): GraphNode {
  const totals = totalsOf(model, box, step);
  return {
    ...EMPTY,
    name,
    type: TYPES[model.tree.types[box]!]!,
    op: null,
    stats: step?.statsOfBox(box) ?? null,
    parameters: totals.parameters,
    flops: totals.flops,
    totals,
  };
}

function rowNode(
  model: GraphModel,
  row: number,
  name: string,
  nameOf: (name: string) => string,
  step: StepView | null,
): GraphNode {
  const { columns } = model;
  const { attributes, leftOut } = attributeList(model, row);
  const layer = attributes.find(({ name: own }) => own === KERAS_CLASS)?.value ?? null;
  const isNode = columns.end[row]! > columns.start[row]!;
  const device = step?.deviceOf(row) ?? columns.deviceOf(row);
  const calls = callsOf(model, row);
  const controls = controlsOf(model, row, nameOf);
  const op = columns.opOf(row);
  return {
    ...EMPTY,
    name,
    type: "OP",
    ...((op !== "" || !isNode) && { op }),
    layer,
    device: device === "" ? null : device,
    attributes,
    attributes_left_out: leftOut,
    inputs: inputPorts(model, row, nameOf),
    outputs: outputPorts(model, row, nameOf),
    control_inputs: controls.inputs,
    control_outputs: controls.outputs,
    function: calls[0]?.function ?? null,
    calls,
    stats: step?.statsOfRow(row) ?? null,
    executions: step?.executionsOf(row) ?? [],
    parameters: known(model.parameters[row]!),
    flops: known(model.flops[row]!),
  };
}

/** Attribute that `keras/model-graph.ts` puts a layer's class into, as TensorBoard does. */
const KERAS_CLASS = "keras_class";

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

const known = (value: number): number | null => (Number.isNaN(value) ? null : value);

/** The first of them, and how many more there are. */
function attributeList(model: GraphModel, row: number): { attributes: GraphAttribute[]; leftOut: number } {
  const type = model.columns.argumentTypes.get(row);
  if (type !== undefined) return { attributes: [attributeOf("T", { type })], leftOut: 0 };
  const attributes: GraphAttribute[] = [];
  let leftOut = 0;
  for (const [name, value] of attributesOf(model.columns, row))
    if (attributes.length < MOST_ATTRIBUTES) attributes.push(attributeOf(name, value()));
    else leftOut++;
  return { attributes, leftOut };
}
