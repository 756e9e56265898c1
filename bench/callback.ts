/**
 * What the callback adds to an epoch of LeNet-5 on real digits: `npm run bench:callback [digits] [rounds]`, by default
 * 2,000 digits an epoch, 15 rounds. Every round trains an epoch without and one with the callback, in turns first; the
 * ratios are of these two. Beside them the time that TensorFlow.js waits for the callback's own functions, files
 * included, which other programs on the machine disturb less. Ends with code 1 where the bar is missed.
 */
import { mkdtempSync, rmSync } from "node:fs";
import os from "node:os";
import path from "node:path";
import process from "node:process";
import * as tf from "@tensorflow/tfjs-core";
import { pickBackend } from "../examples/backend.ts";
import { lenet5 } from "../examples/lenet5/model.ts";
import { loadDataset } from "../examples/mnist/data.ts";
import { type CallbackOptions, callback, type TrainingCallback } from "../summary/index.ts";
import { bar, median, millis, ratios, report } from "./tools/report.ts";

const [digits = 2000, rounds = 15] = process.argv.slice(2).map(Number);
const BAR = 0.01;
const SETTINGS: Readonly<Record<string, CallbackOptions>> = {
  defaults: {},
  'updateFreq "batch"': { updateFreq: "batch" },
  "histograms and images every epoch": { histogramFreq: 1, writeImages: true },
};

const { reason } = await pickBackend();
const { train } = await loadDataset(1);
const images = tf.tensor4d(train.images.subarray(0, digits * 28 * 28), [digits, 28, 28, 1]);
const labels = tf.oneHot(tf.tensor1d(train.labels.subarray(0, digits), "int32"), 10);
const model = lenet5();
model.compile({ optimizer: tf.train.adam(0.002), loss: "categoricalCrossentropy", metrics: ["accuracy"] });
const logdir = mkdtempSync(path.join(os.tmpdir(), "tsboard-bench-"));

/** Milliseconds of an epoch. */
async function epoch(board?: TrainingCallback): Promise<number> {
  const start = performance.now();
  await model.fit(images, labels, {
    epochs: 1,
    batchSize: 100,
    verbose: 0,
    ...(board && { callbacks: board }),
  });
  return performance.now() - start;
}

/** The same callback, which adds up how long its functions take. */
function timed(board: TrainingCallback): { board: TrainingCallback; spent: () => number } {
  let total = 0;
  const timedHooks = Object.entries(board)
    .filter(([name]) => name.startsWith("on"))
    .map(([name, hook]) => [
      name,
      async (...args: unknown[]) => {
        const start = performance.now();
        await hook(...args);
        total += performance.now() - start;
      },
    ]);
  return { board: { ...board, ...Object.fromEntries(timedHooks) }, spent: () => total };
}

interface Round {
  readonly off: number;
  readonly on: number;
  /** Of `on`, within the callback. */
  readonly inside: number;
}

async function round(options: CallbackOptions, onFirst: boolean): Promise<Round> {
  const { board, spent } = timed(callback(logdir, { model, ...options }));
  const before = onFirst ? undefined : await epoch();
  const on = await epoch(board);
  return { off: before ?? (await epoch()), on, inside: spent() };
}

await epoch(); // warm
const rows: string[][] = [];
const notes: string[] = [];
for (const [name, options] of Object.entries(SETTINGS)) {
  const found: Round[] = [];
  for (let i = 0; i < rounds; i++) found.push(await round(options, i % 2 === 0));
  const shares = found.map(({ off, inside }) => inside / off);
  rows.push([
    name,
    millis(median(found.map(({ off }) => off))),
    millis(median(found.map(({ on }) => on))),
    ratios(found.map(({ on, off }) => on / off)),
    `${millis(median(found.map(({ inside }) => inside)))}, ${percent(median(shares))} (${percent(Math.min(...shares))} to ${percent(Math.max(...shares))})`,
  ]);
  if (name !== "defaults") continue;
  const share = median(shares);
  notes.push(bar("time within the callback, of an epoch without it, at defaults", share, BAR, percent));
  process.exitCode = share <= BAR ? 0 : 1;
}
report("callback", {
  title: "Training callback",
  how:
    `An epoch of LeNet-5 on ${digits.toLocaleString("en")} digits in batches of 100 with model.fit, without and with the callback, ` +
    `in ${rounds} rounds of both; TensorFlow.js on ${reason.split(" (")[0]}. Opening and closing of the files is in it.`,
  header: ["", "without", "with", "with / without", "within the callback"],
  rows,
  notes,
});
rmSync(logdir, { recursive: true });

function percent(share: number): string {
  return `${(share * 100).toFixed(2)} %`;
}
