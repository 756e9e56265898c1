/**
 * Variables as TensorFlow 1 has them: an operation that holds the value (`VariableV2`), one that gives it its
 * first value (`Assign`), one that reads it (`read`); and the value itself, for what is computed here.
 */
import { GraphError } from "../errors.ts";
import { attr } from "../graph/attrs.ts";
import type { DType } from "../graph/dtype.ts";
import { withoutSlash } from "../graph/names.ts";
import { colocatedWith } from "../graph/scope.ts";
import { describeShape, isFullyKnown } from "../graph/shape.ts";
import { addToCollections } from "./collecting.ts";
import { type TensorInput, toTensor } from "./constant.ts";
import { type Dense, toDense, type Value } from "./dense.ts";
import { getDefaultGraph } from "./graph.ts";
import { GraphKeys } from "./graph-keys.ts";
import { initializedValue, safeInitialValue } from "./initial-value.ts";
import { hold } from "./kernels/state.ts";
import type { AsTensor, Evaluated, Feed, Operation, Tensor } from "./operation.ts";
import { identity, type Named } from "./ops/array.ts";
import { assignOp, updateOp, variableOp } from "./ops/state.ts";

/**
 * What a variable is.
 *
 * @example
 * const options: v1.VariableOptions = { name: "global_step", trainable: false, dtype: "int32" };
 * console.log(new v1.Variable(0, options).name); // global_step:0
 */
export interface VariableOptions extends Named {
  /** Whether optimisers change it: whether it is in TRAINABLE_VARIABLES. Default true. */
  readonly trainable?: boolean | undefined;
  /** Of a first value that is no tensor. Default: float32 for numbers, as in TensorFlow.js. */
  readonly dtype?: DType | undefined;
  /** Keys of the collections that it is in. Default GLOBAL_VARIABLES; TRAINABLE_VARIABLES comes on top. */
  readonly collections?: readonly string[] | undefined;
}

/**
 * A variable: its operations in the graph, named below the name scope that is open, and the value that it holds.
 *
 * @example
 * const weights = v1.nameScope("layer1", () => new v1.Variable(v1.zeros([2]), { name: "weights" }));
 * weights.load([0.5, -0.5]); // what a training library has computed
 * console.log(weights.name, weights.eval()); // layer1/weights:0 0.5,-0.5
 */
export class Variable implements AsTensor {
  /** The operation that holds the value. */
  readonly op: Operation;
  /** The operation that gives it its first value. */
  readonly initializer: Operation;
  /** Its first value, before anything guards it against variables that have none yet. */
  readonly initialValue: Tensor;
  readonly trainable: boolean;
  private readonly snapshot: Tensor;

  /**
   * A new variable in the default graph, named below the name scope that is open.
   *
   * @param initialValue its first value; a function makes it inside the variable's own scope `Initializer`
   * @throws GraphError when the first value's shape is not fully known
   */
  constructor(initialValue: TensorInput | (() => TensorInput), options: VariableOptions = {}) {
    const {
      trainable = true,
      collections = [GraphKeys.GLOBAL_VARIABLES],
      name = "Variable",
      dtype,
    } = options;
    const graph = getDefaultGraph();
    const parts = graph.controlDependencies(null, () =>
      graph.nameScope(name, (scope) => {
        const held = hasInitializer(initialValue)
          ? makeWithInitializer(initialValue, dtype, scope)
          : makeWithValue(toTensor(initialValue, { name: "initial_value", dtype }), scope);
        const first = safeInitialValue(graph, scope, held.initialValue);
        const initializer = assignOp(held.op, first, { name: "Assign" });
        const snapshot = graph.colocateWith(held.op, () => identity(held.op.output, { name: "read" }));
        return { ...held, initializer, snapshot };
      }),
    );
    this.op = parts.op;
    this.initialValue = parts.initialValue;
    this.initializer = parts.initializer;
    this.snapshot = parts.snapshot;
    this.trainable = trainable;
    const keys = trainable ? [...collections, GraphKeys.TRAINABLE_VARIABLES] : collections;
    addToCollections(keys, this);
  }

  /** As `layer1/weights:0`. */
  get name(): string {
    return this.op.output.name;
  }

  get dtype(): DType {
    return this.op.output.dtype;
  }

  get shape(): readonly number[] {
    const { shape } = this.op.output;
    return isFullyKnown(shape) ? shape : [];
  }

  get device(): string {
    return this.op.device;
  }

  /** The tensor of its value: what it is where it is used as an input. */
  asTensor(): Tensor {
    return this.snapshot;
  }

  /** The same. */
  value(): Tensor {
    return this.snapshot;
  }

  /** Adds operations that give what it holds, or, while that is nothing, what it will begin with. */
  initializedValue(): Tensor {
    const graph = getDefaultGraph();
    return graph.controlDependencies(null, () => initializedValue(graph, this));
  }

  /** What it holds. Throws {@link ValueError} while that is nothing. */
  eval(feed: Feed = []): Evaluated {
    return this.snapshot.eval(feed);
  }

  /**
   * Makes it hold a value, as `tf.Variable.load` does: how what a training library has computed gets here.
   *
   * @throws ShapeError when the value does not fit
   */
  load(value: Value): void {
    const { data, ...dense }: Dense = toDense(value, this.op.output);
    hold(this.op, { ...dense, data: data.slice() });
  }

  /** Adds an operation that gives it a new value, and gives that value. */
  assign(value: TensorInput, options: Named = {}): Tensor {
    return assignOp(this.op, value, options, false).output;
  }

  /** Adds an operation that adds to it, and gives the sum. */
  assignAdd(value: TensorInput, options: Named = {}): Tensor {
    return updateOp("AssignAdd", this.op, value, options).output;
  }

  /** Adds an operation that takes from it, and gives the difference. */
  assignSub(value: TensorInput, options: Named = {}): Tensor {
    return updateOp("AssignSub", this.op, value, options).output;
  }

  toString(): string {
    return `<Variable "${this.name}" shape=${describeShape(this.shape)} dtype=${this.dtype}>`;
  }
}

function hasInitializer(value: TensorInput | (() => TensorInput)): value is () => TensorInput {
  return typeof value === "function";
}

/** The first value is made before the variable, but stands with it. */
function makeWithInitializer(initialize: () => TensorInput, dtype: DType | undefined, scope: string) {
  const graph = getDefaultGraph();
  return graph.withAttrs({ _class: attr.texts([colocatedWith(withoutSlash(scope))]) }, () => {
    const initialValue = graph.nameScope("Initializer", () =>
      graph.device(null, () => toTensor(initialize(), { name: "initial_value", dtype })),
    );
    return makeWithValue(initialValue, scope);
  });
}

function makeWithValue(initialValue: Tensor, scope: string) {
  const { shape, dtype, name } = initialValue;
  if (!isFullyKnown(shape))
    throw new GraphError(`a variable's shape is known, but that of ${name} is ${describeShape(shape)}`);
  return { op: variableOp(shape, dtype, { name: scope }), initialValue };
}
