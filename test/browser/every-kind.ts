/** Logs with something of every kind, the same whenever they are made: for tests of what all dashboards have in common. */
import path from "node:path";
import { createFileWriter, type FileSummaryWriter } from "../../summary/index.ts";

/** Steps that are there from the start, from 0 on. */
export const FIRST_STEPS = 12;
const RUNS = ["base", "wide"] as const;
const START = 1_760_000_000;
const SIZE = 16;
const RATE = 8000;

/** Something on the page: an element, and what is said in it. */
export interface Seen {
  readonly selector: string;
  readonly text?: string;
}

/** What each dashboard shows of these logs. */
export interface DashboardCase {
  /** As in the address. */
  readonly name: string;
  /** Further choices of the address. */
  readonly query?: string;
  /** Something that is there once a card is drawn. */
  readonly ready: string;
  /** The picture that answers to arrow keys or a finger; missing where there is none. */
  readonly picture?: string;
  /** What is on the page once it shows a step, of each of these; missing where a new step shows otherwise. */
  newest?(step: number): readonly Seen[];
  /** The dashboard draws in three dimensions. */
  readonly webgl?: boolean;
}

const FIRST_CARD = '.card[data-run="wide"]';
const chartAt = (step: number): Seen => ({ selector: `canvas.chart-lines[data-last-step="${step}"]` });
const imageAt = (step: number): Seen => ({
  selector: `.image-tile[data-run="wide"][data-step="${step}"] img`,
});
const DRAWN = "canvas.chart-lines[data-points]";

export const DASHBOARDS: readonly DashboardCase[] = [
  { name: "scalars", ready: DRAWN, picture: "canvas.chart-hover", newest: (step) => [chartAt(step)] },
  {
    name: "timeseries",
    ready: DRAWN,
    picture: "canvas.chart-hover",
    newest: (step) => [chartAt(step)],
  },
  {
    name: "timeseries",
    query: "kinds=images",
    ready: ".image-tile img",
    picture: ".image-tiles",
    newest: (step) => [imageAt(step)],
  },
  { name: "images", ready: ".image-tile img", picture: ".image-tiles", newest: (step) => [imageAt(step)] },
  {
    name: "histograms",
    ready: "canvas.chart-lines[data-ridges='12']",
    picture: "canvas.chart-hover",
    newest: (step) => [{ selector: `${FIRST_CARD} canvas.chart-lines[data-last="${step}"]` }],
  },
  {
    name: "distributions",
    ready: "canvas.chart-lines[data-points='12']",
    picture: "canvas.chart-hover",
    newest: (step) => [{ selector: `${FIRST_CARD} canvas.chart-lines[data-last="${step}"]` }],
  },
  {
    name: "audio",
    ready: "canvas.chart-lines[data-samples='800']",
    newest: (step) => [{ selector: `.clip[aria-label="wide, step ${step}"] canvas[data-samples="800"]` }],
  },
  {
    name: "text",
    ready: ".text-prose h2",
    newest: (step) => [{ selector: ".text-prose h2", text: `Step ${step}` }],
  },
  {
    name: "pr_curves",
    ready: "canvas.chart-lines[data-curves='2']",
    picture: "canvas.chart-hover",
    newest: (step) => [{ selector: `canvas.chart-lines[data-step="${step}"]` }],
  },
  {
    name: "custom_scalars",
    ready: DRAWN,
    picture: "canvas.chart-hover",
    newest: (step) => [chartAt(step)],
  },
  {
    name: "mesh",
    ready: "canvas[data-vertices]",
    picture: "canvas.mesh-canvas",
    webgl: true,
    newest: (step) => [
      { selector: `[data-run="wide"] canvas[data-box$=" ${((step + 1) / 10).toPrecision(6)}"]` },
    ],
  },
  {
    name: "hparams",
    ready: ".hp-parallel canvas[data-lines='2']",
    newest: (step) => [{ selector: ".hp-table tbody td", text: `${step}` }],
  },
  {
    name: "hparams",
    query: "hparams_view=scatter",
    ready: ".hp-scatter canvas[data-dots='2']",
    picture: ".hp-scatter canvas.chart-hover",
  },
  {
    name: "projector",
    query: "p_run=base&p_tensor=words&p_dims=2",
    ready: ".pj-points[data-view='pca']",
    webgl: true,
  },
  { name: "graphs", ready: "canvas.graph-canvas[data-boxes]" },
];

const GRAPH = {
  node: [
    { name: "input", op: "Placeholder" },
    { name: "dense/kernel", op: "VarHandleOp" },
    { name: "dense/MatMul", op: "MatMul", input: ["input", "dense/kernel"] },
    { name: "dense/Relu", op: "Relu", input: ["dense/MatMul"] },
    { name: "loss", op: "Mean", input: ["dense/Relu"] },
  ],
};

/** A case's name in a list of tests. */
export const titleOf = ({ name, query }: DashboardCase): string => (query ? `${name}, ${query}` : name);
export const fragmentOf = ({ name, query }: DashboardCase): string => (query ? `${name}?${query}` : name);

/** Two runs that go on until they are closed. */
export class EveryKind {
  readonly logdir: string;
  readonly #writers: readonly FileSummaryWriter[];
  #step = 0;

  constructor(logdir: string) {
    this.logdir = logdir;
    this.#writers = RUNS.map((run) => createFileWriter(path.join(logdir, run)));
    for (const [r, writer] of this.#writers.entries())
      writer.hparams(
        { rate: 10 ** -(r + 2), optimizer: r === 0 ? "sgd" : "adam", layers: r + 2 },
        { wallTime: START },
      );
    this.#writers[0]!.customScalars(
      [
        {
          title: "Together",
          charts: [
            { title: "losses", tags: ["train/.*"] },
            { title: "margins", series: [{ value: "train/loss", lower: "low", upper: "high" }] },
          ],
        },
      ],
      { wallTime: START },
    );
  }

  /** All that is there from the start. */
  async begin(): Promise<this> {
    for (let i = 0; i < FIRST_STEPS; i++) this.#log();
    const [writer] = this.#writers;
    writer!.graph(GRAPH, { wallTime: START });
    await writer!.projector("words", spread(3, 0), { shape: [50, 4], step: 0 });
    await this.flush();
    return this;
  }

  /** One more of every kind in both runs, at the step that it gives; `flush` has them in the files. */
  more(): number {
    this.#log();
    return this.#step - 1;
  }

  async flush(): Promise<void> {
    await Promise.all(this.#writers.map((writer) => writer.flush()));
  }

  async close(): Promise<void> {
    await Promise.all(this.#writers.map((writer) => writer.close()));
  }

  #log(): void {
    const step = this.#step++;
    for (const [r, writer] of this.#writers.entries()) logStep(writer, r, step);
  }
}

function logStep(writer: FileSummaryWriter, run: number, step: number): void {
  const when = { step, wallTime: START + 60 * step + run };
  const loss = 1 / (1 + step / 3) + run / 10;
  writer.scalar("train/loss", loss, when);
  writer.scalar("train/accuracy", 1 - loss / 2, when);
  writer.scalar("epoch", step, when);
  writer.scalar("low", loss * 0.8, when);
  writer.scalar("high", loss * 1.2, when);
  const pixels = Uint8Array.from({ length: SIZE * SIZE * 3 }, (_, i) => {
    const [x, y] = [Math.floor(i / 3) % SIZE, Math.floor(i / 3 / SIZE)];
    return (x * 12 + y * (i % 3) * 6 + step * 16 + run * 60) % 256;
  });
  writer.image("samples/first", pixels, { ...when, shape: [SIZE, SIZE, 3] });
  writer.image("samples/second", pixels.toReversed(), { ...when, shape: [SIZE, SIZE, 3] });
  for (const tag of ["layer/weights", "layer/bias"]) writer.histogram(tag, spread(step, run), when);
  const tone = Float32Array.from({ length: RATE / 10 }, (_, i) => {
    const fading = 1 - i / (RATE / 10);
    return 0.8 * fading * Math.sin((2 * Math.PI * (200 + 300 * run + 40 * step) * i) / RATE);
  });
  writer.audio("heard/tone", tone, { ...when, sampleRate: RATE });
  writer.text(
    "said/words",
    `## Step ${step}\n\n| a | b |\n| - | - |\n| ${step} | **${loss.toFixed(3)}** |`,
    when,
  );
  writer.text("said/more", `Run ${run} at step ${step}: ${"it went on and on. ".repeat(12)}`, when);
  const labels = Array.from({ length: 100 }, (_, i) => i % 3 === 0);
  const predictions = labels.map(
    (label, i) => ((i * 37) % 100) / 130 + (label ? ((step + run) % 14) / 60 : 0),
  );
  writer.prCurve("found/seven", { labels, predictions }, { ...when, thresholds: 21 });
  writer.mesh(
    "shapes/roof",
    { vertices: roof(step + run), faces: [0, 1, 2, 0, 2, 3], colors: COLOURS },
    when,
  );
}

/** Values around a place that moves with the step. */
const spread = (step: number, run: number): Float32Array =>
  Float32Array.from({ length: 200 }, (_, i) => Math.sin(i * 12.9898) * (1 + step / 8) + run);

const roof = (high: number): number[] => [0, 0, 0, 1, 0, high / 20, 1, 1, 0, 0, 1, high / 10];
const COLOURS = [220, 60, 60, 60, 180, 60, 60, 60, 220, 230, 200, 40];

/** In the page: when all of it is there, drawn, and not what was there before (ms since the epoch); false until then. */
export function shownAt(wanted: readonly Seen[]): number | false {
  return (
    wanted.every(({ selector, text }) =>
      [...document.querySelectorAll(selector)].some(
        (element) =>
          element.closest("[aria-busy=true]") === null &&
          (text === undefined || element.textContent?.trim() === text) &&
          (!(element instanceof HTMLImageElement) || (element.complete && element.naturalWidth > 0)),
      ),
    ) && performance.timeOrigin + performance.now()
  );
}
