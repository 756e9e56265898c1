/** The data that writer.test.ts has written by us and by TensorFlow (writer_oracle.py), one case a summary. */
import type { Mesh, SummaryWriter, Text } from "../../summary/index.ts";

type Numeric = "float32" | "float64" | "int32" | "uint8" | "bool" | "int64";

/** Data that both write: tag, options as tf.summary names them, and how ours is called. */
export interface Case {
  readonly kind: string;
  readonly tag: string;
  readonly data: unknown;
  readonly dtype?: Numeric;
  readonly shape?: readonly number[];
  readonly options: {
    readonly step: number;
    readonly description?: string;
    readonly [name: string]: unknown;
  };
  readonly thresholds?: number;
  readonly trial?: string;
  readonly time?: number;
  readonly log: (writer: SummaryWriter) => void;
}

const random = generator(1);
const numbers = (count: number, scale = 1) => Array.from({ length: count }, () => (random() - 0.3) * scale);
const bytes = (count: number) => Array.from({ length: count }, () => Math.floor(random() * 256));

const time = 1_700_000_000.5;
const triangle = { vertices: [0, 0, 0, 1, 0, 0, 0, 1, 0.5], faces: [0, 1, 2] };
const description = "*what* it is";

export const cases: Case[] = [
  scalarCase("scalar", 0.1, { step: 1, description }),
  scalarCase("scalar", -1e-30, { step: 2 ** 45 }),
  ...histograms("float32", { few: [1, 2, 3], many: numbers(5000), equal: [0.1, 0.1], one: [-7], none: [] }),
  ...histograms("float64", {
    tiny: numbers(500, 1e-300),
    huge: numbers(500, 1e300),
    wide: numbers(3000, 1e5),
  }),
  ...histograms("int32", { integers: bytes(1000) }),
  ...[1, 2, 7, 0].map((buckets) => histogramCase(`buckets/${buckets}`, "float32", numbers(400), buckets)),
  histogramCase("buckets/none", "float32", [], 4),
  histogramCase("buckets/equal", "float32", [2, 2, 2], 4),
  textCase("text", "**π**"),
  textCase("list", ["a", "", "c"]),
  textCase("table", [
    ["a", "b"],
    ["c", "d"],
  ]),
  ...[1, 3, 4].map((c) => imageCase(`bytes/${c}`, "uint8", bytes(2 * 5 * 4 * c), [2, 5, 4, c])),
  ...[1, 3, 4].map((c) => imageCase(`floats/${c}`, "float32", numbers(6 * 7 * c, 1.6), [1, 6, 7, c])),
  imageCase(
    "exact",
    "float32",
    Array.from({ length: 512 }, (_, i) => i / 511),
    [1, 16, 32, 1],
  ),
  imageCase("outputs", "uint8", bytes(5 * 4), [5, 2, 2, 1], 2),
  imageCase("default outputs", "uint8", bytes(5 * 4), [5, 2, 2, 1]),
  imageCase("none", "uint8", [], [0, 2, 2, 1]),
  audioCase("mono", numbers(100, 2), [1, 100, 1]),
  audioCase("stereo", numbers(5 * 40, 1.3), [5, 20, 2]),
  audioCase(
    "halves",
    [0.5, 1.5, 2.5, -0.5, -1.5, 32767, -32768, 32767.5].map((x) => x / 32768),
    [1, 8, 1],
  ),
  tensorCase("float32", "float32", numbers(6), [2, 3]),
  tensorCase("float64", "float64", numbers(4), [4]),
  tensorCase("uint8", "uint8", bytes(4), [4, 1]),
  tensorCase("bool", "bool", [1, 0, 1], [3]),
  prCase("few", [1, 0, 1, 0], [0.9, 0.4, 0.6, 0.6], 3),
  prCase(
    "many",
    bytes(1000).map((x) => x & 1),
    numbers(1000).map(Math.abs).map(Math.fround),
    201,
  ),
  prCase("edges", [1, 0, 1], [0, 1, 0.5], 11),
  prCase("one class", [1, 1], [0.25, 0.75], 5),
  prCase("weighted", [1, 0, 1], [0.2, 0.4, 0.8], 6, [0.5, 2, 1]),
  ...meshCases("mesh", triangle, {
    step: 0,
    config_dict: { camera: { fov: 75, cls: "PerspectiveCamera" } },
  }),
  ...meshCases("points", { vertices: numbers(30) }, { step: 3, description }),
  {
    kind: "customScalars",
    tag: "custom_scalars__config__",
    data: {
      category: [
        { title: "Losses", chart: [{ title: "All", multiline: { tag: ["loss/.*", "x"] } }] },
        {
          title: "Band",
          closed: true,
          chart: [{ margin: { series: [{ value: "m", lower: "l", upper: "u" }] } }],
        },
      ],
    },
    options: { step: 0 },
    log: (writer) =>
      writer.customScalars([
        { title: "Losses", charts: [{ title: "All", tags: ["loss/.*", "x"] }] },
        {
          title: "Band",
          closed: true,
          charts: [{ title: "", series: [{ value: "m", lower: "l", upper: "u" }] }],
        },
      ]),
  },
  hparamsCase(
    "hparams",
    "session_start_info",
    { rate: 0.1, optimizer: "adam", bias: true, units: 32 },
    (writer) =>
      writer.hparams(
        { rate: 0.1, optimizer: "adam", bias: true, units: 32 },
        { trial: "trial 1", wallTime: time },
      ),
  ),
  hparamsCase("hparamsConfig", "experiment", null, (writer) =>
    writer.hparamsConfig(
      {
        hparams: [
          { name: "optimizer", domain: ["adam", "sgd"], displayName: "Optimiser" },
          { name: "dropout", domain: { min: 0.1, max: 0.5 }, description: "share dropped" },
          { name: "bias", domain: [false, true] },
          { name: "units", domain: [16, 32] },
          { name: "any" },
        ],
        metrics: [
          { tag: "accuracy", group: "validation", dataset: "validation", displayName: "Accuracy" },
          { tag: "loss", description: "entropy", dataset: "training" },
        ],
      },
      { wallTime: time },
    ),
  ),
  hparamsCase("hparamsEnd", "session_end_info", null, (writer) =>
    writer.hparamsEnd("success", { wallTime: time }),
  ),
];

function scalarCase(tag: string, data: number, options: Case["options"]): Case {
  return { kind: "scalar", tag, data, options, log: (writer) => writer.scalar(tag, data, options) };
}

function textCase(tag: string, data: Text): Case {
  const options = { step: 0 };
  return { kind: "text", tag, data, options, log: (writer) => writer.text(tag, data, options) };
}

function histograms(dtype: Numeric, data: Record<string, number[]>): Case[] {
  return Object.entries(data).map(([tag, values]) => histogramCase(`histogram/${tag}`, dtype, values));
}

function histogramCase(tag: string, dtype: Numeric, data: number[], buckets?: number): Case {
  const options = buckets === undefined ? { step: 0 } : { step: 0, buckets };
  const log = (writer: SummaryWriter) => writer.histogram(tag, arrayOf(dtype, data), options);
  return { kind: "histogram", tag, data, dtype, shape: [data.length], options, log };
}

function imageCase(
  name: string,
  dtype: "float32" | "uint8",
  data: number[],
  shape: number[],
  max?: number,
): Case {
  const tag = `image/${name}`;
  const options = max === undefined ? { step: 0 } : { step: 0, max_outputs: max };
  const pixels = dtype === "uint8" ? Uint8Array.from(data) : Float32Array.from(data);
  const log = (writer: SummaryWriter) => writer.image(tag, pixels, { step: 0, shape, maxOutputs: max });
  return { kind: "image", tag, data, dtype, shape, options, log };
}

function audioCase(tag: string, data: number[], shape: number[]): Case {
  const options = { step: 0, sample_rate: 8000 };
  const samples = Float32Array.from(data);
  const log = (writer: SummaryWriter) => writer.audio(tag, samples, { step: 0, sampleRate: 8000, shape });
  return { kind: "audio", tag, data, dtype: "float32", shape, options, log };
}

function tensorCase(name: string, dtype: Numeric, data: number[], shape: number[]): Case {
  const tag = `tensor/${name}`;
  const values = { shape, dtype, dataSync: () => arrayOf(dtype, data) };
  const options = { step: 4 };
  return { kind: "tensor", tag, data, dtype, shape, options, log: (w) => w.tensor(tag, values, options) };
}

function prCase(
  name: string,
  labels: number[],
  predictions: number[],
  thresholds: number,
  weights?: number[],
): Case {
  const tag = `pr/${name}`;
  const options = { step: 2 };
  const data = { labels, predictions: Float32Array.from(predictions), weights };
  const log = (writer: SummaryWriter) => writer.prCurve(tag, data, { ...options, thresholds });
  return { kind: "prCurve", tag, data: { labels, predictions, weights }, options, thresholds, log };
}

function meshCases(tag: string, data: Mesh, options: Case["options"]): Case[] {
  const { config_dict, ...others } = options;
  const config = config_dict as Record<string, unknown> | undefined;
  return [
    { kind: "mesh", tag, data, options, log: (writer) => writer.mesh(tag, data, { ...others, config }) },
  ];
}

function hparamsCase(kind: string, name: string, data: unknown, log: Case["log"]): Case {
  return { kind, tag: `_hparams_/${name}`, data, options: { step: 0 }, trial: "trial 1", time, log };
}

const ARRAYS = {
  float32: Float32Array,
  float64: Float64Array,
  int32: Int32Array,
  uint8: Uint8Array,
  bool: Uint8Array,
};

function arrayOf(dtype: Numeric, data: number[]) {
  return dtype === "int64" ? BigInt64Array.from(data, BigInt) : ARRAYS[dtype].from(data);
}

/** Numbers from 0 to 1, the same every time (a linear congruential generator, Numerical Recipes). */
function generator(seed: number): () => number {
  let state = seed;
  return () => {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
    return state / 2 ** 32;
  };
}
