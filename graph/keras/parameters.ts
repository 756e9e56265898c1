/** Parameters of a Keras model's layers, from their configuration and the shape of what goes in. */
import { type LayerConfig, type LayerShape, product } from "./shapes.ts";

/** @param channels size of the dimension of what goes in that weights are for; null where it is not known */
type Formula = (layer: LayerConfig, channels: number | null) => number | null;

const flag = (layer: LayerConfig, name: string): number => (layer.flag(name, true) ? 1 : 0);

const windowOf = (layer: LayerConfig): number | null => {
  const sizes = layer.sizes("kernel_size", layer.dimensions);
  return sizes && product(sizes);
};

const recurrent =
  (gates: number, biases: (layer: LayerConfig) => number): Formula =>
  (layer, channels) => {
    const units = layer.number("units");
    if (units === null || channels === null) return null;
    return gates * units * (channels + units + flag(layer, "use_bias") * biases(layer));
  };

const convolution: Formula = (layer, channels) => {
  const filters = layer.number("filters");
  const kernel = product([windowOf(layer), channels, filters]);
  if (kernel === null || filters === null) return null;
  return kernel / (layer.number("groups") ?? 1) + flag(layer, "use_bias") * filters;
};

const FORMULAS: Readonly<Record<string, Formula>> = {
  Dense: (layer, channels) => {
    const units = layer.number("units");
    const kernel = product([channels, units]);
    return kernel === null || units === null ? null : kernel + flag(layer, "use_bias") * units;
  },
  Conv1D: convolution,
  Conv2D: convolution,
  Conv3D: convolution,
  Conv2DTranspose: convolution,
  DepthwiseConv2D: (layer, channels) => {
    const deep = product([channels, layer.number("depth_multiplier") ?? 1]);
    const kernel = product([windowOf(layer), deep]);
    return kernel === null || deep === null ? null : kernel + flag(layer, "use_bias") * deep;
  },
  SeparableConv2D: (layer, channels) => {
    const deep = product([channels, layer.number("depth_multiplier") ?? 1]);
    const filters = layer.number("filters");
    const [depth, point] = [product([windowOf(layer), deep]), product([deep, filters])];
    if (depth === null || point === null || filters === null) return null;
    return depth + point + flag(layer, "use_bias") * filters;
  },
  BatchNormalization: (layer, channels) =>
    product([channels, 2 + flag(layer, "center") + flag(layer, "scale")]),
  LayerNormalization: (layer, channels) => product([channels, flag(layer, "center") + flag(layer, "scale")]),
  Embedding: (layer) => product([layer.number("input_dim"), layer.number("output_dim")]),
  SimpleRNN: recurrent(1, () => 1),
  LSTM: recurrent(4, () => 1),
  GRU: recurrent(3, (layer) => 1 + flag(layer, "reset_after")),
};

/** Layers that have no weights. */
const WITHOUT =
  /^(InputLayer|Activation|ReLU|Softmax|Flatten|Reshape|Permute|RepeatVector|Dropout|.*Dropout|.*Pooling.D|ZeroPadding.D|UpSampling.D|Cropping.D|Add|Subtract|Multiply|Average|Maximum|Minimum|Concatenate|Dot|Rescaling|Masking)$/;

/** Null where they cannot be told. */
export function layerParameters(layer: LayerConfig, input: LayerShape | null): number | null {
  const { className } = layer;
  if (WITHOUT.test(className)) return 0;
  const formula = Object.hasOwn(FORMULAS, className) ? FORMULAS[className] : undefined;
  return formula?.(layer, input && channelsIn(layer, input)) ?? null;
}

function channelsIn(layer: LayerConfig, input: LayerShape): number | null {
  if (layer.className === "BatchNormalization") return input.at(layer.number("axis") ?? -1) ?? null;
  return (layer.dimensions > 0 && layer.channelsFirst ? input[1] : input.at(-1)) ?? null;
}
