/** Parts of lists of sizes, put together anew: what reshapes whose sizes are known late are made of. */
import { attr } from "../../graph/attrs.ts";
import type { PartialShape } from "../../graph/shape.ts";
import { constant, type TensorInput } from "../constant.ts";
import { getDefaultGraph } from "../graph.ts";
import { apply } from "../op.ts";
import { Tensor } from "../operation.ts";
import { integer, type Named } from "./array.ts";

/** A number that is a constant, or found when the graph runs. */
export type Position = number | Tensor;

export interface SliceOptions extends Named {
  /** What is known of a size that is a tensor. Default: nothing. */
  readonly knownSize?: number | undefined;
}

/** The part of a list that begins at `begin` and has `size` elements. */
export function slice(list: Tensor, begin: Position, size: Position, options: SliceOptions = {}): Tensor {
  const { name = "Slice", knownSize = null } = options;
  return getDefaultGraph().nameScope(name, (scope) => {
    const [from, count] = [oneElement(begin, "begin"), oneElement(size, "size")];
    const inputs = [
      ["input", list],
      ["begin", from],
      ["size", count],
    ] as const;
    return apply("Slice", { name: scope }, inputs, ({ dtype }) => ({
      attrs: { T: attr.type(dtype), Index: attr.type("int32") },
      outputs: [{ dtype, shape: [typeof size === "number" ? size : knownSize] }],
    })).output;
  });
}

/** A list of one number. */
function oneElement(position: Position, name: string): Tensor {
  if (!(position instanceof Tensor)) return constant(Int32Array.of(position), { name });
  return apply("Pack", { name }, [["values_0", position]], ({ dtype, shape }) => ({
    attrs: { T: attr.type(dtype), N: attr.int(1), axis: attr.int(0) },
    outputs: [{ dtype, shape: [1, ...(shape ?? [])] }],
  })).output;
}

/** Lists, one after the other. */
export function concat(lists: readonly TensorInput[], { name }: Named = {}): Tensor {
  const values = lists.map((list, i) => [`values_${i}`, list] as const);
  return getDefaultGraph().nameScope(name ?? "concat", (scope) => {
    const axis = integer(0, { name: "axis" });
    return apply("ConcatV2", { name: scope }, [...values, ["axis", axis]], (...tensors) => ({
      attrs: { T: attr.type("int32"), N: attr.int(values.length), Tidx: attr.type("int32") },
      outputs: [{ dtype: "int32", shape: [total(tensors.slice(0, -1))] }],
    })).output;
  });
}

function total(lists: readonly Tensor[]): number | null {
  const sizes: PartialShape = lists.map(({ shape }) => shape?.[0] ?? null);
  return sizes.reduce<number | null>((sum, size) => (sum === null || size === null ? null : sum + size), 0);
}

/** The elements of a list at these positions. */
export function gather(params: Tensor, indices: Tensor, { name = "GatherV2" }: Named = {}): Tensor {
  const inputs = [
    ["params", params],
    ["indices", indices],
    ["axis", 0, "int32"],
  ] as const;
  return apply("GatherV2", { name }, inputs, ({ dtype }, { shape }) => ({
    attrs: {
      Tparams: attr.type(dtype),
      Tindices: attr.type("int32"),
      Taxis: attr.type("int32"),
      batch_dims: attr.int(0),
    },
    outputs: [{ dtype, shape }],
  })).output;
}

/** The numbers from 0 to below `limit`. */
export function range(limit: Tensor, known: PartialShape): Tensor {
  const inputs = [
    ["start", 0, "int32"],
    ["limit", limit],
    ["delta", 1, "int32"],
  ] as const;
  return apply("Range", { name: "range" }, inputs, () => ({
    attrs: { Tidx: attr.type("int32") },
    outputs: [{ dtype: "int32", shape: known }],
  })).output;
}

/** A list whose elements at the positions of `indices` are those of `data`; the last ones count. */
export function dynamicStitch(
  indices: readonly Tensor[],
  data: readonly Tensor[],
  known: PartialShape,
): Tensor {
  const inputs = [
    ...indices.map((list, i) => [`indices_${i}`, list] as const),
    ...data.map((list, i) => [`data_${i}`, list] as const),
  ];
  return apply("DynamicStitch", {}, inputs, () => ({
    attrs: { T: attr.type("int32"), N: attr.int(indices.length) },
    outputs: [{ dtype: "int32", shape: known }],
  })).output;
}

/** The tensor, so often along each dimension. */
export function tile(input: Tensor, multiples: TensorInput, known: PartialShape): Tensor {
  return apply(
    "Tile",
    {},
    [
      ["input", input],
      ["multiples", multiples, "int32"],
    ],
    ({ dtype }) => ({
      attrs: { T: attr.type(dtype), Tmultiples: attr.type("int32") },
      outputs: [{ dtype, shape: known }],
    }),
  ).output;
}

/** The tensor, repeated along dimensions of size 1. */
export function broadcastTo(input: Tensor, sizes: Tensor, known: PartialShape): Tensor {
  return apply(
    "BroadcastTo",
    {},
    [
      ["input", input],
      ["shape", sizes, "int32"],
    ],
    ({ dtype }) => ({
      attrs: { T: attr.type(dtype), Tidx: attr.type("int32") },
      outputs: [{ dtype, shape: known }],
    }),
  ).output;
}
