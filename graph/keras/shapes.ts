/**
 * Shapes of what goes in and out of a Keras model's layers, as far as its configuration tells: from the shapes that layers
 * were built for, and from those of the inputs on, layer by layer. Sizes that are not known, as that of a batch, are null.
 */
import { at, field, type Json, list, text } from "./json.ts";

export type LayerShape = readonly (number | null)[];

/** What a layer is configured to be. */
export class LayerConfig {
  readonly className: string;
  readonly #config: Json;
  readonly #layer: Json;

  constructor(layer: Json) {
    this.className = text(field(layer, "class_name")) ?? "";
    this.#config = field(layer, "config");
    this.#layer = layer;
  }

  number(name: string): number | null {
    const value = field(this.#config, name);
    return typeof value === "number" ? value : null;
  }

  flag(name: string, missing: boolean): boolean {
    const value = field(this.#config, name);
    return typeof value === "boolean" ? value : missing;
  }

  text(name: string): string | undefined {
    return text(field(this.#config, name));
  }

  /** A number for each dimension in space: one stands for all. */
  sizes(name: string, dimensions: number): readonly (number | null)[] | null {
    const value = at(this.#config, name);
    if (typeof value === "number") return new Array<number>(dimensions).fill(value);
    return Array.isArray(value) && value.length === dimensions ? value.map(sizeOf) : null;
  }

  shape(name: string): LayerShape | null {
    const value = at(this.#config, name);
    return Array.isArray(value) && value.length > 0 ? value.map(sizeOf) : null;
  }

  json(name: string): Json {
    return at(this.#config, name);
  }

  /** The shape that it was built for, if it says. */
  get builtFor(): LayerShape | null {
    const shape = list(field(field(this.#layer, "build_config"), "input_shape"));
    return shape.length > 0 && shape.every((size) => size === null || typeof size === "number")
      ? shape.map(sizeOf)
      : null;
  }

  get channelsFirst(): boolean {
    return this.text("data_format") === "channels_first";
  }

  /** Dimensions in space of `Conv2D`, `MaxPooling1D` and so on; 0 of others. */
  get dimensions(): number {
    return Number(/([123])D(Transpose)?$/.exec(this.className)?.[1] ?? 0);
  }
}

const sizeOf = (value: unknown): number | null => (typeof value === "number" && value >= 0 ? value : null);

/** Null where it cannot be told. */
export function outputShape(layer: LayerConfig, inputs: readonly (LayerShape | null)[]): LayerShape | null {
  if (layer.className === "InputLayer") return layer.shape("batch_shape") ?? layer.shape("batch_input_shape");
  const input = layer.builtFor ?? inputs[0] ?? null;
  if (input === null) return null;
  const rule = RULES.find(([classes]) => classes.test(layer.className))?.[1];
  return rule?.(layer, input, inputs) ?? null;
}

type Rule = (
  layer: LayerConfig,
  input: LayerShape,
  inputs: readonly (LayerShape | null)[],
) => LayerShape | null;

const asItCame: Rule = (_, input) => input;

/** Puts other sizes in space, and another number of channels, into a shape. */
function inSpace(
  layer: LayerConfig,
  input: LayerShape,
  size: (size: number | null, dimension: number) => number | null,
  channels: (channels: number | null) => number | null = (own) => own,
): LayerShape | null {
  const { dimensions, channelsFirst } = layer;
  if (input.length !== dimensions + 2) return null;
  const space = channelsFirst ? input.slice(2) : input.slice(1, -1);
  const own = channels(channelsFirst ? input[1]! : input.at(-1)!);
  const sizes = space.map(size);
  return channelsFirst ? [input[0]!, own, ...sizes] : [input[0]!, ...sizes, own];
}

/** How often a window fits. */
function windows(
  size: number | null,
  window: number | null,
  stride: number | null,
  padding: string | undefined,
  dilation = 1,
): number | null {
  if (size === null || window === null || stride === null || stride < 1) return null;
  if (padding === "same" || padding === "causal") return Math.ceil(size / stride);
  return Math.max(0, Math.ceil((size - (window - 1) * dilation) / stride));
}

const convolved: Rule = (layer, input) => {
  const { dimensions } = layer;
  const kernel = layer.sizes("kernel_size", dimensions);
  const strides = layer.sizes("strides", dimensions) ?? new Array<number>(dimensions).fill(1);
  const dilation = layer.sizes("dilation_rate", dimensions);
  if (kernel === null) return null;
  const filters = layer.number("filters");
  const multiplier = layer.number("depth_multiplier") ?? 1;
  return inSpace(
    layer,
    input,
    (size, i) => windows(size, kernel[i]!, strides[i]!, layer.text("padding"), dilation?.[i] ?? 1),
    (channels) => filters ?? (channels === null ? null : channels * multiplier),
  );
};

const transposed: Rule = (layer, input) => {
  const { dimensions } = layer;
  const kernel = layer.sizes("kernel_size", dimensions);
  const strides = layer.sizes("strides", dimensions) ?? new Array<number>(dimensions).fill(1);
  if (kernel === null || layer.json("output_padding") != null) return null;
  const grown = (size: number | null, i: number): number | null => {
    const [window, stride] = [kernel[i]!, strides[i]!];
    if (size === null || window === null || stride === null) return null;
    return layer.text("padding") === "same" ? size * stride : size * stride + Math.max(window - stride, 0);
  };
  return inSpace(layer, input, grown, () => layer.number("filters"));
};

const pooled: Rule = (layer, input) => {
  const { dimensions } = layer;
  const window = layer.sizes("pool_size", dimensions);
  if (window === null) return null;
  const strides = layer.sizes("strides", dimensions) ?? window;
  return inSpace(layer, input, (size, i) => windows(size, window[i]!, strides[i]!, layer.text("padding")));
};

const globallyPooled: Rule = (layer, input) => {
  const channels = layer.channelsFirst ? input[1]! : input.at(-1)!;
  return layer.flag("keepdims", false) ? inSpace(layer, input, () => 1) : [input[0]!, channels];
};

const padded: Rule = (layer, input) => {
  const padding = layer.json("padding");
  const sides = Array.isArray(padding) && layer.dimensions > 1 ? padding : [padding];
  return inSpace(layer, input, (size, i) => {
    const side: unknown = sides[i] ?? sides[0];
    const both = Array.isArray(side) ? side : [side, side];
    const added = both.reduce<number>((sum, one) => sum + (typeof one === "number" ? one : Number.NaN), 0);
    return size === null || Number.isNaN(added) ? null : size + added;
  });
};

const enlarged: Rule = (layer, input) => {
  const factors = layer.sizes("size", layer.dimensions);
  return inSpace(layer, input, (size, i) => product([size, factors?.[i] ?? null]));
};

const reshaped: Rule = (layer, input) => {
  const target = layer.json("target_shape");
  if (!Array.isArray(target)) return null;
  const sizes: readonly unknown[] = target;
  const known = product(sizes.map((size) => (size === -1 ? 1 : sizeOf(size))));
  const all = product(input.slice(1));
  return [
    input[0]!,
    ...sizes.map((size) => (size !== -1 ? sizeOf(size) : all === null || !known ? null : all / known)),
  ];
};

const joined: Rule = (layer, _, inputs) => {
  const shapes = inputs.flatMap((shape) => (shape === null ? [] : [shape]));
  const [first] = shapes;
  if (first === undefined || shapes.length !== inputs.length) return null;
  const axis = (layer.number("axis") ?? -1) + ((layer.number("axis") ?? -1) < 0 ? first.length : 0);
  return first.map((size, i) =>
    i === axis
      ? shapes.reduce<number | null>((sum, shape) => {
          const own = shape[i] ?? null;
          return sum === null || own === null ? null : sum + own;
        }, 0)
      : size,
  );
};

const recurrent: Rule = (layer, input) => {
  const units = layer.number("units");
  return layer.flag("return_sequences", false) ? [input[0]!, input[1] ?? null, units] : [input[0]!, units];
};

/** The first whose classes fit. */
const RULES: readonly (readonly [classes: RegExp, rule: Rule])[] = [
  [/^Conv[123]DTranspose$/, transposed],
  [/^(Depthwise|Separable)?Conv[123]D$/, convolved],
  [/^Global(Max|Average)Pooling[123]D$/, globallyPooled],
  [/^(Max|Average)Pooling[123]D$/, pooled],
  [/^ZeroPadding[123]D$/, padded],
  [/^UpSampling[123]D$/, enlarged],
  [/^Dense$/, (layer, input) => [...input.slice(0, -1), layer.number("units")]],
  [/^Flatten$/, (_, input) => [input[0]!, product(input.slice(1))]],
  [/^Reshape$/, reshaped],
  [/^RepeatVector$/, (layer, input) => [input[0]!, layer.number("n"), input.at(-1)!]],
  [/^Embedding$/, (layer, input) => [...input, layer.number("output_dim")]],
  [/^(SimpleRNN|LSTM|GRU)$/, recurrent],
  [/^Concatenate$/, joined],
  [/^(Add|Subtract|Multiply|Average|Maximum|Minimum)$/, asItCame],
  [/Dropout.*$|Normalization$|^(Activation|ReLU|LeakyReLU|PReLU|ELU|Softmax|Rescaling|Masking)$/, asItCame],
  [/^Gaussian(Noise|Dropout)$|^ActivityRegularization$|^Identity$/, asItCame],
];

/** Null where one of them is not known. */
export function product(factors: readonly (number | null)[]): number | null {
  return factors.reduce<number | null>(
    (all, factor) => (all === null || factor === null ? null : all * factor),
    1,
  );
}
