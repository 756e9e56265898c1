/**
 * Floating point operations of a Keras model's layers for one example, where shapes tell: a multiplication and an addition
 * each count one, as in `cost.ts`. Activations that are a layer's setting do not count.
 */
import { type LayerConfig, type LayerShape, product } from "./shapes.ts";

interface Shapes {
  readonly input: LayerShape;
  readonly inputs: number;
  readonly output: LayerShape;
}

type Formula = (layer: LayerConfig, shapes: Shapes) => number | null;

/** Null where the layer has no formula here, or its shapes are not known. */
export function layerFlops(layer: LayerConfig, shapes: Shapes): number | null {
  return FORMULAS.find(([classes]) => classes.test(layer.className))?.[1](layer, shapes) ?? null;
}

/** Of one example: the batch is the first dimension. */
const elements = (shape: LayerShape): number | null => product(shape.slice(1));

const channelsOf = (layer: LayerConfig, shape: LayerShape): number | null =>
  (layer.channelsFirst ? shape[1] : shape.at(-1)) ?? null;

const windowOf = (layer: LayerConfig, name: string): number | null => {
  const sizes = layer.sizes(name, layer.dimensions);
  return sizes && product(sizes);
};

/** Elements to which a bias is added. */
const biased = (layer: LayerConfig, output: LayerShape, flops: number | null): number | null => {
  const added = layer.flag("use_bias", true) ? elements(output) : 0;
  return flops === null || added === null ? null : flops + added;
};

const convolution: Formula = (layer, { input, output }) => {
  const groups = layer.number("groups") ?? 1;
  const flops = product([2, elements(output), windowOf(layer, "kernel_size"), channelsOf(layer, input)]);
  return biased(layer, output, flops === null ? null : flops / groups);
};

const separable: Formula = (layer, { input, output }) => {
  const filters = layer.number("filters");
  const deep = product([channelsOf(layer, input), layer.number("depth_multiplier") ?? 1]);
  const places = elements(output);
  if (filters === null || deep === null || places === null || filters === 0) return null;
  const depth = product([2, places / filters, deep, windowOf(layer, "kernel_size")]);
  return biased(layer, output, depth === null ? null : depth + 2 * places * deep);
};

const transposed: Formula = (layer, { input, output }) =>
  biased(
    layer,
    output,
    product([2, elements(input), windowOf(layer, "kernel_size"), layer.number("filters")]),
  );

const recurrent =
  (gates: number): Formula =>
  (layer, { input }) => {
    const units = layer.number("units");
    const channels = input.at(-1) ?? null;
    if (units === null || channels === null) return null;
    return product([2, input[1] ?? null, gates, units, channels + units]);
  };

const FORMULAS: readonly (readonly [classes: RegExp, formula: Formula])[] = [
  [/^Conv[123]D$/, convolution],
  [/^Conv[123]DTranspose$/, transposed],
  [
    /^DepthwiseConv[12]D$/,
    (layer, { output }) =>
      biased(layer, output, product([2, elements(output), windowOf(layer, "kernel_size")])),
  ],
  [/^SeparableConv[12]D$/, separable],
  [
    /^Dense$/,
    (layer, { input, output }) => biased(layer, output, product([2, elements(output), input.at(-1) ?? null])),
  ],
  [/^SimpleRNN$/, recurrent(1)],
  [/^LSTM$/, recurrent(4)],
  [/^GRU$/, recurrent(3)],
  [
    /^(Max|Average)Pooling[123]D$/,
    (layer, { output }) => product([elements(output), windowOf(layer, "pool_size")]),
  ],
  [/^Global(Max|Average)Pooling[123]D$/, (_, { input }) => elements(input)],
  [/^(Activation|ReLU|LeakyReLU|PReLU|ELU|Softmax)$/, (_, { output }) => elements(output)],
  [
    /^(Add|Subtract|Multiply|Average|Maximum|Minimum)$/,
    (_, { output, inputs }) => product([elements(output), Math.max(0, inputs - 1)]),
  ],
  [/^(InputLayer|Flatten|Reshape|Concatenate|.*Dropout.*|ZeroPadding.D|Embedding)$/, () => 0],
];
