/** A graph's node, the tensors that leave it, and the NodeDef that it becomes. */
import type { pb } from "../../proto/codec.ts";
import { type Attrs, attr } from "./attrs.ts";
import type { DType } from "./dtype.ts";
import type { PartialShape } from "./shape.ts";

/** A tensor of a graph: what leaves a node at one of its outputs. */
export interface Output {
  readonly node: Node;
  /** From 0. */
  readonly index: number;
}

export interface OutputType {
  readonly dtype: DType;
  readonly shape: PartialShape;
}

export interface Node {
  /** Scopes included, as `layer1/MatMul`. */
  readonly name: string;
  /** Which operation, as `MatMul`. */
  readonly op: string;
  readonly inputs: readonly Output[];
  /** Nodes that run before this one, whatever flows. */
  readonly controlInputs: readonly Node[];
  /** Empty where none is asked for. */
  readonly device: string;
  readonly attrs: Attrs;
  readonly outputTypes: readonly OutputType[];
}

/** The name under which nodes take a tensor in: `node` for the first output, then `node:1`… */
export function inputName({ node, index }: Output): string {
  return index === 0 ? node.name : `${node.name}:${index}`;
}

/** The node on the wire. The shapes of its outputs stand in an attribute, where graph viewers look for them. */
export function toNodeDef(node: Node): pb.NodeDef.$Properties {
  const { name, op, device, outputTypes } = node;
  // Control inputs have no order of their own; TensorFlow sorts them.
  const control = node.controlInputs.map((input) => `^${input.name}`).sort();
  const shapes = outputTypes.map((type) => type.shape);
  return {
    name,
    op,
    input: [...node.inputs.map(inputName), ...control],
    ...(device && { device }),
    attr: { ...node.attrs, ...(shapes.length > 0 && { _output_shapes: attr.shapes(shapes) }) },
  };
}
