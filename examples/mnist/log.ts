/** What a run leaves for the page: which figures, under which tags, how often. */

import { createFileWriter, type ScalarCategory } from "tsboard";
import { type NamedConfiguration, optimisations } from "./configuration.ts";
import { type Digits, take } from "./data.ts";
import type { Layer } from "./model.ts";
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
    this.#writer.hparams(Object.fromEntries(switches), { trial: configuration.name });
    this.#writer.customScalars(charts);
    const examples = take(
      digits,
      Array.from({ length: 10 }, (_, label) => digits.labels.indexOf(label)),
    );
    this.#writer.image("input/digits", examples.images, { step: 0, shape: [10, 28, 28, 1], maxOutputs: 10 });
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

  /** The digits as the network sees them at the end: points in the space of its outputs, [count, 10]. */
  async outputs({ images, labels, count }: Digits, values: Float32Array): Promise<void> {
    await this.#writer.projector("test digits", values, {
      shape: [count, 10],
      metadata: Array.from(labels),
      images: { data: images, shape: [count, 28, 28] },
    });
  }

  /** @param completed whether all steps were taken */
  async close(completed: boolean): Promise<void> {
    this.#writer.hparamsEnd(completed ? "success" : "failure");
    await this.#writer.close();
  }
}

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
