/** Convolution and pooling over images [count, height, width, channels]. */
import { ShapeError } from "../../errors.ts";
import { type Attrs, attr } from "../../graph/attrs.ts";
import { describeShape, type PartialShape } from "../../graph/shape.ts";
import type { TensorInput } from "../constant.ts";
import { apply } from "../op.ts";
import type { Tensor } from "../operation.ts";
import type { Named } from "./array.ts";

/**
 * What happens at the edges. `SAME`: they are filled up with zeros, so that only strides make the image smaller;
 * `VALID`: windows stay inside.
 *
 * @example
 * const padding: v1.nn.Padding = "SAME";
 * const x = v1.placeholder("float32", [null, 28, 28, 1]);
 * const filter = v1.zeros([5, 5, 1, 6]);
 * console.log(v1.nn.conv2d(x, filter, { strides: [1, 2, 2, 1], padding }).shape?.[1]); // 14
 */
export type Padding = "SAME" | "VALID";

/**
 * How a window goes over images.
 *
 * @example const window: v1.nn.WindowOptions = { strides: [1, 1, 1, 1], padding: "VALID" };
 */
export interface WindowOptions extends Named {
  /** Of the window over [count, height, width, channels]. */
  readonly strides: readonly number[];
  readonly padding: Padding;
}

/**
 * How images are pooled.
 *
 * @example
 * const pool: v1.nn.PoolOptions = { ksize: [1, 2, 2, 1], strides: [1, 2, 2, 1], padding: "SAME" };
 */
export interface PoolOptions extends WindowOptions {
  /** The window's size over [count, height, width, channels]. */
  readonly ksize: readonly number[];
}

/**
 * Convolution.
 *
 * @param filter [height, width, channels in, channels out]
 * @throws ShapeError when the shapes do not fit
 * @example
 * const x = v1.placeholder("float32", [null, 28, 28, 1]);
 * const filter = v1.getVariable("weight", { shape: [5, 5, 1, 32] });
 * console.log(v1.nn.conv2d(x, filter, { strides: [1, 1, 1, 1], padding: "SAME" }).shape?.[3]); // 32
 */
export function conv2d(input: TensorInput, filter: TensorInput, options: WindowOptions): Tensor {
  const { strides, padding, name } = options;
  return apply(
    "Conv2D",
    { name },
    [
      ["input", input],
      ["filter", filter],
    ],
    (x, kernel) => {
      const [, , , channels = null] = fourSizes(x);
      const [height = null, width = null, from = null, to = null] = fourSizes(kernel);
      if (channels !== null && from !== null && channels !== from)
        throw new ShapeError(
          `${x.name} has ${channels} channels, but the filter ${kernel.name} takes ${from}`,
        );
      return {
        attrs: { T: attr.type(x.dtype), ...convolutionAttrs(strides, padding) },
        outputs: [{ dtype: x.dtype, shape: windowed(x, [1, height, width, 1], strides, padding, to) }],
      };
    },
  ).output;
}

/** The attributes that a convolution shares with its gradients. */
export function convolutionAttrs(strides: readonly number[], padding: Padding): Attrs {
  return {
    strides: attr.ints(strides),
    padding: attr.text(padding),
    dilations: attr.ints([1, 1, 1, 1]),
    explicit_paddings: attr.ints([]),
    data_format: attr.text("NHWC"),
    use_cudnn_on_gpu: attr.bool(true),
  };
}

/**
 * The greatest in each window.
 *
 * @example
 * const x = v1.placeholder("float32", [null, 28, 28, 32]);
 * const pool = { ksize: [1, 2, 2, 1], strides: [1, 2, 2, 1], padding: "SAME" } as const;
 * console.log(v1.nn.maxPool(x, pool).shape?.slice(1)); // 14,14,32
 */
export function maxPool(value: TensorInput, options: PoolOptions): Tensor {
  return pool("MaxPool", "input", value, options, { explicit_paddings: attr.ints([]) });
}

/**
 * The mean of each window.
 *
 * @example
 * const x = v1.placeholder("float32", [null, 28, 28, 6]);
 * const pool = { ksize: [1, 2, 2, 1], strides: [1, 2, 2, 1], padding: "VALID" } as const;
 * console.log(v1.nn.avgPool(x, pool).shape?.slice(1)); // 14,14,6
 */
export function avgPool(value: TensorInput, options: PoolOptions): Tensor {
  return pool("AvgPool", "value", value, options, {});
}

function pool(type: string, argument: string, value: TensorInput, options: PoolOptions, more: Attrs): Tensor {
  const { ksize, strides, padding, name } = options;
  return apply(type, { name }, [[argument, value]], (x) => ({
    attrs: {
      T: attr.type(x.dtype),
      ksize: attr.ints(ksize),
      strides: attr.ints(strides),
      padding: attr.text(padding),
      data_format: attr.text("NHWC"),
      ...more,
    },
    outputs: [{ dtype: x.dtype, shape: windowed(x, ksize, strides, padding, x.shape?.[3] ?? null) }],
  })).output;
}

/** The shape after a window has gone over [count, height, width, channels]. */
function windowed(
  x: Tensor,
  window: PartialShape,
  strides: readonly number[],
  padding: Padding,
  channels: number | null,
): PartialShape {
  const sizes = fourSizes(x).map((size, i) => {
    const across = padding === "SAME" ? 1 : (window?.[i] ?? null);
    if (size === null || across === null) return null;
    return Math.ceil((size - across + 1) / (strides[i] ?? 1));
  });
  return sizes.length === 0 ? [null, null, null, channels] : [...sizes.slice(0, 3), channels];
}

/** Empty where even the number of dimensions is unknown. */
function fourSizes({ name, shape }: Tensor): readonly (number | null)[] {
  if (shape === null || shape.length === 4) return shape ?? [];
  throw new ShapeError(`${name} must have four dimensions, but its shape is ${describeShape(shape)}`);
}
