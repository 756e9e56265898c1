/** What a run leaves for the page: which figures, under which tags, how often. */

import * as tf from "@tensorflow/tfjs-core";
import { createFileWriter, type HParamsConfig, type ScalarCategory } from "tsboard";
import { type NamedConfiguration, optimisations } from "./configuration.ts";
import { type Digits, pixels, side, take } from "./data.ts";
import { heard, sampleRate } from "./heard.ts";
import { type Layer, outputNodes } from "./model.ts";
import type { Gradients, StepFigures } from "./training.ts";

/** Writes one run's event file. Tags are grouped on the page by what stands before their first slash. */
export class RunLog {
  readonly #writer: ReturnType<typeof createFileWriter>;

  /** @param folder the run's own; its name is the run's name. */
  constructor(folder: string) {
    // More often than the default of 2 s: the page shows what is flushed, and here people watch it.
    this.#writer = createFileWriter(folder, { flushMillis: 250 });
  }

  /** What the run is, and what it sees: one image of each digit. */
  start(configuration: NamedConfiguration, settings: Readonly<Record<string, string>>, digits: Digits): void {
    this.#writer.text("configuration", markdownTable(configuration, settings), { step: 0 });
    const switches = optimisations.map(({ key, name }) => [name, configuration[key]]);
    this.#writer.hparamsConfig(sweep);
    this.#writer.hparams(Object.fromEntries(switches), { trial: configuration.name });
    this.#writer.customScalars(charts);
    const examples = take(
      digits,
      Array.from({ length: 10 }, (_, label) => digits.labels.indexOf(label)),
    );
    this.#writer.image("input/digits", examples.images, {
      step: 0,
      shape: [10, side, side, 1],
      maxOutputs: 10,
    });
  }

  /** Every step: the page keeps every point, so there is no reason to write fewer. */
  step(step: number, figures: StepFigures): void {
    this.#writer.scalar("loss/total", figures.loss, { step });
    this.#writer.scalar("loss/cross_entropy", figures.crossEntropy, { step });
    if (figures.l2 !== undefined) this.#writer.scalar("loss/l2", figures.l2, { step });
    this.#writer.scalar("schedule/learning_rate", figures.learningRate, { step });
  }

  /** Shares of digits read correctly, 0 to 1. */
  accuracy(step: number, digits: "train" | "validation" | "test", value: number): void {
    this.#writer.scalar(`accuracy/${digits}`, value, { step });
  }

  /** How the variables and their gradients are distributed. */
  distributions(step: number, layers: readonly Layer[], gradients: readonly Gradients[]): void {
    for (const [i, { weights, biases }] of layers.entries()) {
      this.#writer.histogram(`layer${i + 1}/weights`, weights.dataSync(), { step });
      this.#writer.histogram(`layer${i + 1}/biases`, biases.dataSync(), { step });
    }
    for (const [i, { weights, biases }] of gradients.entries()) {
      this.#writer.histogram(`gradients/layer${i + 1}/weights`, weights.dataSync(), { step });
      this.#writer.histogram(`gradients/layer${i + 1}/biases`, biases.dataSync(), { step });
    }
  }

  /** Takes a step and writes its graph, once, and what it took of time and memory. */
  trace(
    step: number,
    take: () => StepFigures,
    names: Readonly<Record<string, tf.Variable>>,
  ): Promise<StepFigures> {
    return this.#writer.trace(`step ${step}`, tf, take, { step, names });
  }

  /** Single digits: those that were misread, and how well each is told from all others; from outputs [count, 10]. */
  readings(step: number, digits: Digits, outputs: Float32Array): void {
    const rows = Array.from({ length: digits.count }, (_, i) =>
      softmax(outputs.subarray(i * outputNodes, (i + 1) * outputNodes)),
    );
    const read = rows.map((row) => row.indexOf(Math.max(...row)));
    const wrong = read.flatMap((digit, i) => (digit === digits.labels[i] ? [] : [i])).slice(0, shownDigits);
    if (wrong.length > 0) {
      const { images } = take(digits, wrong);
      const shape = [wrong.length, side, side, 1];
      this.#writer.audio("misread/heard", heard(images.subarray(0, pixels)), { step, sampleRate });
      this.#writer.image("misread/digits", images, {
        step,
        shape,
        maxOutputs: shownDigits,
      });
      const lines = wrong.map(
        (i) => `| ${digits.labels[i]} | ${read[i]} | ${percent(rows[i]?.[read[i] ?? 0] ?? 0)} |`,
      );
      this.#writer.text(
        "misread/as",
        ["| digit | read as | how sure |", "| --- | --- | --- |", ...lines].join("\n"),
        { step },
      );
    }
    this.#corners(step, digits, rows);
    for (const digit of hardDigits) {
      const labels = Array.from(digits.labels, (label) => label === digit);
      const predictions = rows.map((row) => row[digit] ?? 0);
      this.#writer.prCurve(`is it ${digit}`, { labels, predictions }, { step, thresholds: 101 });
    }
  }

  /** Digits of three kinds, each where the network is sure of it: a cloud that moves into three corners. */
  #corners(step: number, { labels }: Digits, rows: readonly number[][]): void {
    const shown = rows.flatMap((row, i) => {
      const kind = cornerDigits.indexOf(labels[i] ?? -1);
      return kind < 0 ? [] : [{ row, kind }];
    });
    const vertices = shown.map(({ row }) => cornerDigits.map((digit) => row[digit] ?? 0));
    const colors = shown.map(({ kind }) => [0, 1, 2].map((axis) => (axis === kind ? 230 : 60)));
    if (shown.length > 0)
      this.#writer.mesh(`sure of ${cornerDigits.join(", ")}`, { vertices, colors }, { step });
  }

  /** The digits as the network sees them at the end: points in the space of its outputs, [count, 10]. */
  async outputs({ images, labels, count }: Digits, values: Float32Array): Promise<void> {
    await this.#writer.projector("test digits", values, {
      shape: [count, 10],
      metadata: Array.from(labels),
      images: { data: images, shape: [count, side, side] },
    });
  }

  /** @param completed whether all steps were taken */
  async close(completed: boolean): Promise<void> {
    this.#writer.hparamsEnd(completed ? "success" : "failure");
    await this.#writer.close();
  }
}

/** Of those that were misread. */
const shownDigits = 10;
/** Those whose clouds are shown, red, green and blue. */
const cornerDigits = [3, 8, 9];
/** Those that are taken for others most often. */
const hardDigits = [8, 9];

/** For the hparams dashboard: what the runs differ in, and what they are measured by. */
const sweep: HParamsConfig = {
  hparams: optimisations.map(({ name, title }) => ({ name, domain: [true, false], description: title })),
  metrics: [
    { tag: "accuracy/test", displayName: "test accuracy" },
    { tag: "accuracy/validation", displayName: "validation accuracy", dataset: "validation" },
    { tag: "loss/cross_entropy", displayName: "cross entropy", dataset: "training" },
  ],
};

/** For the custom scalars dashboard. */
const charts: readonly ScalarCategory[] = [
  {
    title: "MNIST",
    charts: [
      { title: "Accuracy", tags: ["accuracy/.*"] },
      { title: "Loss and its parts", tags: ["loss/.*"] },
    ],
  },
];

function markdownTable(
  configuration: NamedConfiguration,
  settings: Readonly<Record<string, string>>,
): string {
  const rows = [
    ...optimisations.map(({ key, title }) => [title, configuration[key] ? "**on**" : "off"]),
    ...Object.entries(settings),
  ];
  const lines = rows.map(([name, value]) => `| ${name} | ${value} |`);
  return [`| ${configuration.name} | |`, "| --- | --- |", ...lines].join("\n");
}

function softmax(outputs: Float32Array): number[] {
  const most = Math.max(...outputs);
  const powers = Array.from(outputs, (output) => Math.exp(output - most));
  const sum = powers.reduce((a, b) => a + b, 0);
  return powers.map((power) => power / sum);
}

function percent(share: number): string {
  return `${Math.round(share * 100)} %`;
}
