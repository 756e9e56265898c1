/** A scope, opened: its children, the edges between them and to what is outside, what is put aside, and totals. */
import { labelOf, OP, SERIES } from "./boxes/box-tree.ts";
import { callsOf, isDirectCall } from "./calls.ts";
import { contentsOf } from "./contents.ts";
import { LIBRARY, type NodeColumns } from "./definition/node-columns.ts";
import { attributeNamed } from "./definition/node-definition.ts";
import { edgeLabel } from "./edge-label.ts";
import type { GraphModel } from "./model.ts";
import { outsideEdges } from "./outside-edges.ts";
import { type Branches, findPlace, openPlace, type Place } from "./places.ts";
import { asideOf, constantsOf } from "./scope-aside.ts";
import type { JoinedStep } from "./step/joined-step.ts";
import type { StepView } from "./step/step-view.ts";
import type {
  GraphChild,
  GraphEdge,
  GraphNodeType,
  GraphOutsideEdge,
  GraphScope,
  GraphTotals,
} from "./views.ts";

export const TYPES: readonly GraphNodeType[] = ["META", "SERIES", "OP"];

/** The scope of that name, or the node with what it calls opened; undefined where there is none. */
export function scopeOf(model: GraphModel, name: string, step: JoinedStep | null): GraphScope | undefined {
  const found = findPlace(model, name);
  if (!found) return undefined;
  const place = openPlace(model, found);
  return "branches" in place ? branchesScope(model, place, step) : boxScope(model, place, name, step);
}

function boxScope(
  model: GraphModel,
  { box, nameOf, within }: Place,
  name: string,
  joined: JoinedStep | null,
): GraphScope {
  const { tree } = model;
  const step = joined?.within(within) ?? null;
  const aside = asideOf(model, box, step !== null);
  const named = (boxes: readonly number[]) => boxes.map((one) => nameOf(tree.names[one]!));
  return {
    name,
    type: TYPES[tree.types[box]!]!,
    cardinality: tree.cardinality[box]!,
    children: tree.children[box]!.map((child) => childOf(model, child, nameOf, step)),
    edges: scopeEdges(model, box, nameOf),
    outside: outsideEdges(model, box).map((edge) => renamed(edge, nameOf)),
    aside: { inputs: named(aside.inputs), outputs: named(aside.outputs) },
    functions: box === 0 ? libraryScopes(model) : [],
    stats: step?.statsOfBox(box) ?? null,
    totals: totalsOf(model, box, step),
  };
}

/** The functions that a node calls, each as a scope in it. */
function branchesScope(
  model: GraphModel,
  { call, branches }: Branches,
  joined: JoinedStep | null,
): GraphScope {
  const { tree } = model;
  const step = joined?.within(call.within) ?? null;
  const children = branches.map(({ name, label, place }) => ({
    ...childOf(model, place.box, () => name, joined?.within(place.within) ?? null),
    label,
  }));
  return {
    name: call.nameOf(tree.names[call.box]!),
    type: "META",
    cardinality: branches.reduce((sum, { place }) => sum + tree.cardinality[place.box]!, 0),
    children,
    edges: [],
    outside: [],
    aside: { inputs: [], outputs: [] },
    functions: [],
    stats: step?.statsOfBox(call.box) ?? null,
    totals: totalsOf(model, call.box, step),
  };
}

function libraryScopes({ tree, columns }: GraphModel): string[] {
  return columns.functions.flatMap(({ name }) => (tree.byName.has(LIBRARY + name) ? [LIBRARY + name] : []));
}

function childOf(
  model: GraphModel,
  box: number,
  nameOf: (name: string) => string,
  step: StepView | null,
): GraphChild {
  const { tree, columns, embedding, templates, structures } = model;
  const row = tree.rows[box]!;
  const isOp = tree.types[box] === OP;
  const calls = isOp ? callsOf(model, row) : [];
  const direct = isOp && isDirectCall(model, row) ? tree.byName.get(LIBRARY + columns.opOf(row)) : undefined;
  const shown = direct ?? box;
  const { devices, tpu_compatible, xla_clusters, parameters, flops } = contentsOf(model, box, step);
  const numbered = (one: number) => (one === -1 ? null : one);
  const attached = (rows: readonly number[]) => rows.map((one) => nameOf(tree.rowNames[one]!));
  return {
    name: nameOf(tree.names[box]!),
    label: labelOf(tree, box),
    type: TYPES[tree.types[shown]!]!,
    op: opOfBox(model, box),
    cardinality: tree.cardinality[shown]!,
    template: numbered(templates[shown]!),
    structure: numbered(structures[shown]!),
    devices,
    tpu_compatible,
    xla_clusters,
    function: calls[0]?.function ?? null,
    calls,
    constants: isOp ? attached(constantsOf(model, row)) : [],
    summaries: isOp ? attached(embedding.summaries.get(row) ?? []) : [],
    stats: step?.statsOfBox(box) ?? null,
    parameters,
    flops,
  };
}

/** The operation, or class of the layer; of a series that of its members. */
export function opOfBox({ tree, columns }: GraphModel, box: number): string | null {
  const row = tree.types[box] === SERIES ? tree.rows[tree.children[box]![0]!]! : tree.rows[box]!;
  if (row === -1) return null;
  return columns.opOf(row) || layerClass(columns, row);
}

/** Class of a Keras model's layer, empty for anything else. */
function layerClass(columns: NodeColumns, row: number): string {
  const name = attributeNamed(columns, row, "keras_class")?.s;
  return name ? new TextDecoder().decode(name) : "";
}

function scopeEdges(model: GraphModel, scope: number, nameOf: (name: string) => string): GraphEdge[] {
  const { from, to, regular, control, reference, size, scopes } = model.edges;
  const { names } = model.tree;
  const edges: GraphEdge[] = [];
  for (let i = scopes.start[scope]!; i < scopes.start[scope + 1]!; i++) {
    const edge = scopes.edges[i]!;
    edges.push({
      from: nameOf(names[from[edge]!]!),
      to: nameOf(names[to[edge]!]!),
      regular: regular[edge]!,
      control: control[edge]!,
      reference: reference[edge]!,
      size: size[edge]!,
      label: edgeLabel(model, edge),
    });
  }
  return edges;
}

function renamed(edge: GraphOutsideEdge, nameOf: (name: string) => string): GraphOutsideEdge {
  return { ...edge, from: nameOf(edge.from), to: nameOf(edge.to) };
}

export function totalsOf(model: GraphModel, box: number, step: StepView | null): GraphTotals {
  return contentsOf(model, box, step);
}
