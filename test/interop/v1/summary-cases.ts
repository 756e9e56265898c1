/** Summaries that both TensorFlow 1's interface (v1_summaries.py) and `v1` make of the same data. */
import type { TensorLike, v1 } from "../../../summary/index.ts";

type DType = "float32" | "float64" | "int32" | "uint8" | "string";
/** JSON has no NaN and no infinities: they are text. */
type Element = number | string;

export interface SummaryCase {
  readonly kind: "scalar" | "histogram" | "image" | "audio" | "text" | "tensor";
  /** Also the tag. */
  readonly name: string;
  readonly dtype: DType;
  readonly shape: readonly number[];
  readonly data: readonly Element[];
  readonly step: number;
  readonly maxOutputs?: number;
}

const random = generator(1);
const numbers = (count: number, scale = 1) => Array.from({ length: count }, () => (random() - 0.3) * scale);
const bytes = (count: number) => Array.from({ length: count }, () => Math.floor(random() * 256));

export const cases: readonly SummaryCase[] = [
  ...[0.5, 0.1, -1e-30, "nan", "inf", "-inf"].map((value, step) => scalar("loss", value, step)),
  scalar("count", 3, 0, "int32"),
  histogram("zeros", [0, 0, 0]),
  histogram("one", [1]),
  histogram("signs", [-1, 0, 1, 2, -2]),
  histogram("none", []),
  histogram("many", numbers(2000)),
  histogram("wide", numbers(500, 1e6), "float64"),
  histogram("huge", [1e30, -1e30, 1e308, -1e308], "float64"),
  histogram("tiny", [1e-13, -1e-13, 1e-12, -1e-12, 1e-300], "float64"),
  histogram("integers", bytes(300), "int32"),
  histogram("limits", [1e20, 1.1e-12, 1.21e-12, -1.1e-12, 9.9e19], "float64"),
  ...[1, 3, 4].map((channels) =>
    image(`bytes${channels}`, bytes(2 * 30 * channels), [2, 5, 6, channels], "uint8"),
  ),
  image("positive", numbers(4 * 36, 2).map(Math.abs), [4, 6, 6, 1]),
  image("negative", numbers(2 * 75, 3), [2, 5, 5, 3]),
  image("black", [0, 0, 0, 0], [1, 2, 2, 1]),
  image("bad", [1, "nan", 0.5, 0.25, "inf", "-inf", 0, 2], [1, 2, 4, 1]),
  image("badColour", [1, 0, 0, "nan", 0.5, 0.5, 0.1, -0.2, 0.3, 0, 0, 0], [1, 2, 2, 3]),
  image("onlyBad", ["nan", "nan"], [1, 1, 2, 1]),
  image("alone", bytes(12), [3, 2, 2, 1], "uint8", 1),
  image("two", bytes(12), [3, 2, 2, 1], "uint8", 2),
  image(
    "exact",
    Array.from({ length: 256 }, (_, i) => i / 255),
    [1, 16, 16, 1],
  ),
  audio("mono", numbers(3 * 40, 2), [3, 40]),
  audio("stereo", numbers(2 * 40, 1.3), [1, 40, 2]),
  audio("alone", numbers(40), [2, 20, 1], 1),
  audio(
    "halves",
    [0.5, 1.5, 2.5, -0.5, -1.5, 32767, -32768].map((x) => x / 32768),
    [1, 7],
  ),
  text("note", ["**π**"], []),
  text("list", ["a", "", "c"], [3]),
  text("table", ["a", "b", "c", "d"], [2, 2]),
  tensor("floats", numbers(6), [2, 3], "float32"),
  tensor("doubles", numbers(2), [2], "float64"),
  tensor("whole", [1, -2], [2], "int32"),
  tensor("number", [2.5], [], "float32"),
];

/** What a case shows, as a training library would have it. */
export function shownValue({ dtype, shape, data }: SummaryCase): TensorLike {
  const strings = data.map(String);
  const elements = data.map(Number);
  const array = {
    float32: () => Float32Array.from(elements.map(fromText(data))),
    float64: () => Float64Array.from(elements.map(fromText(data))),
    int32: () => Int32Array.from(elements),
    uint8: () => Uint8Array.from(elements),
    string: () => strings,
  }[dtype];
  return { shape, dtype, dataSync: array };
}

/** Adds the case's summary to the default graph, showing a tensor that is fed. */
export function addSummary(
  { summary, placeholder }: typeof v1,
  one: SummaryCase,
): { readonly shown: v1.Tensor; readonly summary: v1.summary.SummaryTensor } {
  const { kind, name, dtype, shape, maxOutputs } = one;
  const shown = placeholder(dtype, shape);
  const make = {
    scalar: () => summary.scalar(name, shown),
    histogram: () => summary.histogram(name, shown),
    image: () => summary.image(name, shown, { maxOutputs }),
    audio: () => summary.audio(name, shown, 8000, { maxOutputs }),
    text: () => summary.text(name, shown),
    tensor: () => summary.tensorSummary(name, shown),
  }[kind];
  return { shown, summary: make() };
}

function scalar(name: string, value: Element, step: number, dtype: DType = "float32"): SummaryCase {
  return { kind: "scalar", name, dtype, shape: [], data: [value], step };
}

function histogram(name: string, data: Element[], dtype: DType = "float32"): SummaryCase {
  return { kind: "histogram", name: `histogram/${name}`, dtype, shape: [data.length], data, step: 1 };
}

function image(
  name: string,
  data: Element[],
  shape: number[],
  dtype: DType = "float32",
  maxOutputs = 3,
): SummaryCase {
  return { kind: "image", name: `image/${name}`, dtype, shape, data, step: 2, maxOutputs };
}

function audio(name: string, data: Element[], shape: number[], maxOutputs = 3): SummaryCase {
  return { kind: "audio", name: `audio/${name}`, dtype: "float32", shape, data, step: 3, maxOutputs };
}

function text(name: string, data: string[], shape: number[]): SummaryCase {
  return { kind: "text", name: `text/${name}`, dtype: "string", shape, data, step: 4 };
}

function tensor(name: string, data: Element[], shape: number[], dtype: DType): SummaryCase {
  return { kind: "tensor", name: `tensor/${name}`, dtype, shape, data, step: 5 };
}

const TEXTS: Readonly<Record<string, number>> = {
  nan: Number.NaN,
  inf: Number.POSITIVE_INFINITY,
  "-inf": Number.NEGATIVE_INFINITY,
};

function fromText(data: readonly Element[]): (element: number, index: number) => number {
  return (element, i) => TEXTS[String(data[i])] ?? element;
}

/** Numbers from 0 to 1, the same every time (a linear congruential generator, Numerical Recipes). */
function generator(seed: number): () => number {
  let state = seed;
  return () => {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
    return state / 2 ** 32;
  };
}
