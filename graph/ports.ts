/** Tensors that go in and out of a node, and what it waits for. */
import { typeText } from "./attribute-text.ts";
import { CONTROL, MISSING, nameInInput } from "./definition/connections.ts";
import { attributeNamed, inputsOf } from "./definition/node-definition.ts";
import { outputShapes, type Shape } from "./definition/output-shapes.ts";
import type { GraphModel } from "./model.ts";
import type { GraphPort } from "./views.ts";

type NameOf = (name: string) => string;

export function inputPorts(model: GraphModel, row: number, nameOf: NameOf): GraphPort[] {
  const { columns, connections, tree } = model;
  const ports: GraphPort[] = [];
  const written = inputsOf(columns, row);
  for (let i = columns.inputStart[row]!; i < columns.inputStart[row + 1]!; i++) {
    if ((connections.flags[i]! & CONTROL) !== 0) continue;
    const from = connections.from[i]!;
    const output = connections.output[i]!;
    const missing = from === MISSING;
    ports.push({
      node: missing ? nameInInput(written[i - columns.inputStart[row]!] ?? "") : nameOf(tree.rowNames[from]!),
      missing,
      output,
      ...(missing ? { dtype: null, shape: null, reference: false } : tensorOf(model, from, output)),
    });
  }
  return ports;
}

export function outputPorts(model: GraphModel, row: number, nameOf: NameOf): GraphPort[] {
  const { uses, connections, tree, columns } = model;
  const ports: GraphPort[] = [];
  for (let k = uses.start[row]!; k < uses.start[row + 1]!; k++) {
    const input = uses.edges[k]!;
    if ((connections.flags[input]! & CONTROL) !== 0) continue;
    const output = connections.output[input]!;
    const node = nameOf(tree.rowNames[model.rowOfInput(input)]!);
    ports.push({ node, missing: false, output, ...tensorOf(model, row, output) });
  }
  const used = new Set(ports.map(({ output }) => output));
  const outputs = outputShapes(columns, row)?.length ?? 0;
  for (let output = 0; output < outputs; output++)
    if (!used.has(output))
      ports.push({ node: null, missing: false, output, ...tensorOf(model, row, output) });
  return ports.sort((a, b) => a.output - b.output);
}

export function controlsOf(model: GraphModel, row: number, nameOf: NameOf) {
  const { columns, connections, uses, tree } = model;
  const inputs: string[] = [];
  const outputs: string[] = [];
  for (let i = columns.inputStart[row]!; i < columns.inputStart[row + 1]!; i++)
    if ((connections.flags[i]! & CONTROL) !== 0 && connections.from[i] !== MISSING)
      inputs.push(nameOf(tree.rowNames[connections.from[i]!]!));
  for (let k = uses.start[row]!; k < uses.start[row + 1]!; k++) {
    const input = uses.edges[k]!;
    if ((connections.flags[input]! & CONTROL) !== 0)
      outputs.push(nameOf(tree.rowNames[model.rowOfInput(input)]!));
  }
  return { inputs, outputs };
}

interface Tensor {
  readonly dtype: string | null;
  readonly shape: Shape;
  readonly reference: boolean;
}

/** Types of references are those of values and a hundred. */
const REFERENCE_TYPES = 100;

function tensorOf(model: GraphModel, row: number, output: number): Tensor {
  const shape = outputShapes(model.columns, row)?.[output] ?? null;
  const type = outputType(model, row, output);
  return {
    dtype: type === undefined ? null : typeText(type),
    shape,
    reference: type !== undefined && type > REFERENCE_TYPES,
  };
}

/** Attributes that say of which type the outputs are, in the order in which they are believed. */
const TYPE_LISTS = ["Tout", "output_types", "component_types"];
const TYPES = ["DstT", "out_type", "output_type", "dtype", "T"];

/**
 * The type of an output, where an attribute tells: which one that is, a graph does not say; these are the names that
 * TensorFlow's operations use.
 */
function outputType(model: GraphModel, row: number, output: number): number | undefined {
  const argument = model.columns.argumentTypes.get(row);
  if (argument !== undefined) return argument;
  const { columns } = model;
  for (const name of TYPE_LISTS) {
    const type = attributeNamed(columns, row, name)?.list?.type?.[output];
    if (type !== undefined) return type;
  }
  for (const name of TYPES) {
    const type = attributeNamed(columns, row, name)?.type;
    if (type != null) return type;
  }
  return undefined;
}
