/**
 * Parameters of variables, and floating point operations of kernels, where the graph tells their shapes. Formulas are
 * those of TensorFlow's own count (`python/profiler/internal/flops_registry.py`): a multiplication and an addition each
 * count one.
 */
import { toNumber } from "../proto/index.ts";
import { CONTROL, MISSING } from "./definition/connections.ts";
import type { NodeColumns } from "./definition/node-columns.ts";
import { attributeNamed } from "./definition/node-definition.ts";
import { outputShapes, type Shape } from "./definition/output-shapes.ts";
import type { LayerFacts } from "./keras/layer-facts.ts";
import type { GraphModel } from "./model.ts";

const VARIABLES: ReadonlySet<string> = new Set(["VarHandleOp", "Variable", "VariableV2"]);

/**
 * Elements of variables, an optimizer's also, and parameters of layers, by row; NaN of anything else, and where the shape
 * is not known.
 *
 * @param layers what is known of a Keras model's layers, by name
 */
export function parametersByRow(
  { columns }: GraphModel,
  layers: ReadonlyMap<string, LayerFacts>,
): Float64Array {
  const isVariable = columns.opNames.texts.map((op) => VARIABLES.has(op));
  const parameters = new Float64Array(columns.length).fill(Number.NaN);
  for (let row = 0; row < columns.length; row++)
    if (isVariable[columns.op[row]!]) parameters[row] = parametersOf(columns, row) ?? Number.NaN;
  eachLayer(columns, layers, (row, layer) => {
    parameters[row] = layer.parameters ?? parameters[row]!;
  });
  return parameters;
}

function parametersOf(columns: NodeColumns, row: number): number | null {
  const shape = attributeNamed(columns, row, "shape")?.shape;
  if (!shape || shape.unknownRank) return null;
  return elements((shape.dim ?? []).map(({ size }) => toNumber(size)));
}

/** What an operation computes, from its shapes; null where they do not tell. */
type Formula = (kernel: Kernel) => number | null;

const matMul: Formula = (kernel) => {
  const a = kernel.input(0);
  if (!a || a.length < 2) return null;
  const transposed = ["transpose_a", "adj_x", "transposeA"].some((name) => kernel.flag(name));
  return times(2, elements(kernel.output()), elements([a.at(transposed ? -2 : -1)!]));
};

/** Each element of the output takes the filter's, but for its last dimension. */
const convolution: Formula = (kernel) =>
  times(2, elements(kernel.output()), elements(kernel.input(1)?.slice(0, -1)));
const depthwise: Formula = (kernel) =>
  times(2, elements(kernel.output()), elements(kernel.input(1)?.slice(0, -2)));
const inputGradient: Formula = (kernel) =>
  times(2, elements(kernel.input(2)), elements(kernel.input(1)?.slice(0, -1)));
const filterGradient: Formula = (kernel) =>
  times(2, elements(kernel.input(2)), elements(kernel.output()?.slice(0, -1)));
const elementwise: Formula = (kernel) => elements(kernel.output());
const reduction: Formula = (kernel) => elements(kernel.input(0));
const pooling: Formula = (kernel) => times(elements(kernel.output()), elements(kernel.numbers("ksize")));

const FORMULAS: Readonly<Record<string, Formula>> = {
  ...all("MatMul _FusedMatMul BatchMatMul BatchMatMulV2 BatchMatMulV3", matMul),
  ...all("Conv2D _FusedConv2D FusedConv2D Conv3D", convolution),
  ...all("DepthwiseConv2dNative FusedDepthwiseConv2D", depthwise),
  ...all("Conv2DBackpropInput Conv3DBackpropInputV2", inputGradient),
  ...all("Conv2DBackpropFilter Conv3DBackpropFilterV2", filterGradient),
  ...all(
    "Add AddV2 Sub Mul Multiply RealDiv Div BiasAdd Neg Square Sqrt Rsqrt Exp Log Pow Maximum Minimum SquaredDifference " +
      "Relu Relu6 Sigmoid Tanh Elu Selu LeakyRelu Prelu ReluGrad SigmoidGrad TanhGrad Softmax LogSoftmax",
    elementwise,
  ),
  ...all("Sum Mean Max Min Prod ArgMax ArgMin L2Loss BiasAddGrad", reduction),
  ...all("MaxPool AvgPool", pooling),
};

function all(ops: string, formula: Formula): Record<string, Formula> {
  return Object.fromEntries(ops.split(" ").map((op) => [op, formula]));
}

function eachLayer(
  { names }: NodeColumns,
  layers: ReadonlyMap<string, LayerFacts>,
  take: (row: number, layer: LayerFacts) => void,
): void {
  if (layers.size === 0) return;
  for (let row = 0; row < names.length; row++) {
    const layer = layers.get(names[row]!);
    if (layer) take(row, layer);
  }
}

/** By row; NaN where the operation has no formula here, or its shapes are not known. A layer's are of one example. */
export function flopsByRow(model: GraphModel, layers: ReadonlyMap<string, LayerFacts>): Float64Array {
  const { columns } = model;
  const formulas = columns.opNames.texts.map((op) =>
    Object.hasOwn(FORMULAS, op) ? FORMULAS[op] : undefined,
  );
  const flops = new Float64Array(columns.length).fill(Number.NaN);
  for (let row = 0; row < columns.length; row++) {
    const formula = formulas[columns.op[row]!];
    if (formula) flops[row] = formula(new Kernel(model, row)) ?? Number.NaN;
  }
  eachLayer(columns, layers, (row, layer) => {
    flops[row] = layer.flops ?? Number.NaN;
  });
  return flops;
}

class Kernel {
  readonly #model: GraphModel;
  readonly #row: number;

  constructor(model: GraphModel, row: number) {
    this.#model = model;
    this.#row = row;
  }

  output(): Shape {
    return outputShapes(this.#model.columns, this.#row)?.[0] ?? null;
  }

  /** Shape of a tensor that goes in. */
  input(place: number): Shape {
    const { columns, connections } = this.#model;
    let at = 0;
    for (let i = columns.inputStart[this.#row]!; i < columns.inputStart[this.#row + 1]!; i++) {
      if ((connections.flags[i]! & CONTROL) !== 0 || at++ !== place) continue;
      const from = connections.from[i]!;
      return from === MISSING ? null : (outputShapes(columns, from)?.[connections.output[i]!] ?? null);
    }
    return null;
  }

  flag(name: string): boolean {
    return attributeNamed(this.#model.columns, this.#row, name)?.b ?? false;
  }

  numbers(name: string): Shape {
    return attributeNamed(this.#model.columns, this.#row, name)?.list?.i?.map(toNumber) ?? null;
  }
}

function elements(shape: Shape | undefined): number | null {
  if (shape == null || shape.some((size) => size < 0)) return null;
  return shape.reduce((product, size) => product * size, 1);
}

function times(...factors: readonly (number | null)[]): number | null {
  return factors.reduce(
    (product, factor) => (product === null || factor === null ? null : product * factor),
    1,
  );
}
