/** Operations and tensors of a TensorFlow 1 graph: nodes that can be fed and, where plain numbers suffice, evaluated. */
import { describe } from "../checks.ts";
import { ShapeError } from "../errors.ts";
import type { Attrs } from "../graph/attrs.ts";
import type { DType } from "../graph/dtype.ts";
import type { NodeParts } from "../graph/graph-builder.ts";
import type { Node, Output, OutputType } from "../graph/node.ts";
import { describeShape, type PartialShape } from "../graph/shape.ts";
import { encodeStrings, type NumberArray, type Value } from "./dense.ts";
import { Evaluation } from "./evaluation.ts";

/**
 * What takes the place of tensors while others are evaluated, as `feed_dict` does: a Map, or a list of pairs. A
 * function is called when its value is needed.
 *
 * @example
 * const x = v1.placeholder("float32", []);
 * const y = v1.placeholder("float32", []);
 * const feed: v1.Feed = [[x, 2], [y, () => 3]];
 * console.log(v1.mul(x, y).eval(feed)); // 6
 */
export type Feed = Iterable<readonly [tensor: Tensor | AsTensor, value: Value | (() => Value)]>;

/**
 * What `eval` gives: one number for a tensor without dimensions, else all elements, row-major. Strings are bytes,
 * as in Python, since not all are text.
 *
 * @example
 * const value: v1.Evaluated = v1.constant([1, 2]).eval();
 * console.log(value instanceof Float32Array, v1.constant(1).eval()); // true 1
 */
export type Evaluated = number | NumberArray | readonly Uint8Array[];

/**
 * What can be used as a tensor, such as a variable.
 *
 * @example
 * const weights: v1.AsTensor = new v1.Variable([1, 2], { name: "weights" });
 * console.log(weights.asTensor().name); // weights/read:0
 */
export interface AsTensor {
  /** The operation that stands for it. */
  readonly op: Operation;
  /** The tensor that it is used as. */
  asTensor(): Tensor;
}

/**
 * A node of a graph.
 *
 * @example
 * const sum: v1.Operation = v1.add(1, 2).op;
 * console.log(sum.name, sum.op, sum.inputs.map(({ name }) => name)); // add AddV2 add/x:0,add/y:0
 */
export class Operation implements Node {
  readonly name: string;
  readonly op: string;
  readonly inputs: readonly Tensor[];
  readonly controlInputs: readonly Operation[];
  readonly device: string;
  readonly attrs: Attrs;
  readonly outputTypes: readonly OutputType[];
  /** The tensors that leave it. */
  readonly outputs: readonly Tensor[];

  constructor(parts: NodeParts<Operation>) {
    this.name = parts.name;
    this.op = parts.op;
    this.inputs = parts.inputs;
    this.controlInputs = parts.controlInputs;
    this.device = parts.device;
    this.attrs = parts.attrs;
    this.outputTypes = parts.outputTypes;
    this.outputs = parts.outputTypes.map((_, index) => new Tensor(this, index));
  }

  /** Its only output. Throws {@link ShapeError} when it has none or several. */
  get output(): Tensor {
    const [only, ...others] = this.outputs;
    if (only !== undefined && others.length === 0) return only;
    throw new ShapeError(`${this.op} "${this.name}" has ${this.outputs.length} outputs, not one`);
  }

  /**
   * Does what the operation does to variables, such as those of initialisers and moving averages.
   *
   * @throws ValueError when it needs a tensor that is neither fed nor computed here
   */
  run(feed: Feed = []): void {
    new Evaluation(feed).run(this);
  }
}

/**
 * What flows along an edge of a graph. Tensors of one graph with equal names are the same.
 *
 * @example
 * const x: v1.Tensor = v1.placeholder("float32", [null, 2], { name: "x-input" });
 * console.log(String(x)); // Tensor("x-input:0", shape=(?, 2), dtype=float32)
 * console.log(v1.reduceSum(x).eval([[x, [1, 2, 3, 4]]])); // 10
 */
export class Tensor implements Output {
  readonly node: Operation;
  readonly index: number;

  constructor(node: Operation, index: number) {
    this.node = node;
    this.index = index;
  }

  /** The operation that it leaves. */
  get op(): Operation {
    return this.node;
  }

  /** Operation and output, as `layer1/MatMul:0`. */
  get name(): string {
    return `${this.node.name}:${this.index}`;
  }

  get dtype(): DType {
    return this.type.dtype;
  }

  /** Unknown sizes are null. */
  get shape(): PartialShape {
    return this.type.shape;
  }

  get device(): string {
    return this.node.device;
  }

  /**
   * The tensor's value: what is fed for it, or what follows from constants, variables and what is fed for others
   * by the arithmetic of learning rates, moving averages and summaries. What a training library computes, such
   * as a matrix product, is to be fed.
   *
   * @throws ValueError when a tensor is needed that is neither fed nor computed here
   * @throws ShapeError when a value does not fit the tensor that it is fed for
   */
  eval(feed: Feed = []): Evaluated {
    const { shape, data } = new Evaluation(feed).value(this);
    const elements = ArrayBuffer.isView(data) ? data.slice() : encodeStrings(data);
    return shape.length === 0 ? (elements[0] ?? elements) : elements;
  }

  toString(): string {
    return `Tensor("${this.name}", shape=${describeShape(this.shape)}, dtype=${this.dtype})`;
  }

  private get type(): OutputType {
    const type = this.node.outputTypes[this.index];
    if (type !== undefined) return type;
    throw new ShapeError(`${this.node.op} "${this.node.name}" has no output ${this.index}`);
  }
}

/**
 * A tensor without dimensions, whose value is a number.
 *
 * @example
 * const rate: v1.ScalarTensor = v1.train.exponentialDecay(0.1, 200, 100, 0.5);
 * console.log(rate.eval().toFixed(3)); // 0.025
 */
export class ScalarTensor extends Tensor {
  override eval(feed: Feed = []): number {
    const value = super.eval(feed);
    if (typeof value === "number") return value;
    throw new ShapeError(`${this.name} is a number, not ${describe(value)}`);
  }
}

export function isAsTensor(value: unknown): value is AsTensor {
  return (
    typeof value === "object" && value !== null && "asTensor" in value && typeof value.asTensor === "function"
  );
}
