/** Parameters of a Keras model's layers, from their configuration and the shape that they were built for. */
import { at, field, type Json, list, text } from "./json.ts";

/** Layers of a model, with what they are configured to be. */
class Layer {
  readonly #config: Json;
  /** Size of the last dimension of what goes in. */
  readonly channels: number | null;

  constructor(layer: Json) {
    this.#config = field(layer, "config");
    const shape = list(field(field(layer, "build_config"), "input_shape"));
    const last = shape.at(-1);
    this.channels = typeof last === "number" ? last : null;
  }

  number(name: string): number | null {
    const value = field(this.#config, name);
    return typeof value === "number" ? value : null;
  }

  flag(name: string, missing: boolean): number {
    const value = field(this.#config, name);
    return (typeof value === "boolean" ? value : missing) ? 1 : 0;
  }

  /** Elements of the kernel in space. */
  get window(): number | null {
    const sizes = list(field(this.#config, "kernel_size"));
    if (sizes.length === 0) return this.number("kernel_size");
    return sizes.reduce<number | null>(
      (product, size) => (typeof size === "number" ? times(product, size) : null),
      1,
    );
  }
}

type Formula = (layer: Layer) => number | null;

const recurrent =
  (gates: number, biases: (layer: Layer) => number): Formula =>
  (layer) => {
    const units = layer.number("units");
    const inputs = layer.channels;
    if (units === null || inputs === null) return null;
    return gates * units * (inputs + units + layer.flag("use_bias", true) * biases(layer));
  };

const convolution: Formula = (layer) => {
  const filters = layer.number("filters");
  const kernel = times(layer.window, layer.channels, filters);
  if (kernel === null || filters === null) return null;
  return kernel / (layer.number("groups") ?? 1) + layer.flag("use_bias", true) * filters;
};

const FORMULAS: Readonly<Record<string, Formula>> = {
  Dense: (layer) => {
    const units = layer.number("units");
    const kernel = times(layer.channels, units);
    return kernel === null || units === null ? null : kernel + layer.flag("use_bias", true) * units;
  },
  Conv1D: convolution,
  Conv2D: convolution,
  Conv3D: convolution,
  Conv2DTranspose: convolution,
  DepthwiseConv2D: (layer) => {
    const channels = times(layer.channels, layer.number("depth_multiplier") ?? 1);
    const kernel = times(layer.window, channels);
    return kernel === null || channels === null ? null : kernel + layer.flag("use_bias", true) * channels;
  },
  SeparableConv2D: (layer) => {
    const channels = times(layer.channels, layer.number("depth_multiplier") ?? 1);
    const filters = layer.number("filters");
    const [depth, point] = [times(layer.window, channels), times(channels, filters)];
    if (depth === null || point === null || filters === null) return null;
    return depth + point + layer.flag("use_bias", true) * filters;
  },
  BatchNormalization: (layer) =>
    times(layer.channels, 2 + layer.flag("center", true) + layer.flag("scale", true)),
  LayerNormalization: (layer) =>
    times(layer.channels, layer.flag("center", true) + layer.flag("scale", true)),
  Embedding: (layer) => times(layer.number("input_dim"), layer.number("output_dim")),
  SimpleRNN: recurrent(1, () => 1),
  LSTM: recurrent(4, () => 1),
  GRU: recurrent(3, (layer) => 1 + layer.flag("reset_after", true)),
};

/** Layers that have no weights. */
const WITHOUT =
  /^(InputLayer|Activation|ReLU|Softmax|Flatten|Reshape|Permute|RepeatVector|Dropout|.*Dropout|.*Pooling.D|ZeroPadding.D|UpSampling.D|Cropping.D|Add|Subtract|Multiply|Average|Maximum|Minimum|Concatenate|Dot|Rescaling|Masking)$/;

/** By full names of layers; those whose parameters cannot be told are absent. */
export function layerParameters(model: Json): Map<string, number> {
  const parameters = new Map<string, number>();
  visit(model, "", parameters);
  return parameters;
}

function visit(layer: Json, scope: string, parameters: Map<string, number>): void {
  const config = field(layer, "config");
  const name = `${scope}${text(field(config, "name")) ?? ""}`;
  const layers = at(config, "layers");
  if (layers != null) {
    for (const inner of list(layers)) visit(inner, `${name}/`, parameters);
    return;
  }
  const kind = text(field(layer, "class_name")) ?? "";
  const formula = Object.hasOwn(FORMULAS, kind) ? FORMULAS[kind] : undefined;
  const count = WITHOUT.test(kind) ? 0 : (formula?.(new Layer(layer)) ?? null);
  if (count !== null) parameters.set(name, count);
}

function times(...factors: readonly (number | null)[]): number | null {
  return factors.reduce<number | null>(
    (product, factor) => (product === null || factor === null ? null : product * factor),
    1,
  );
}
