/**
 * What tracing costs on LeNet-5's train step, and how much of a step its nodes account for:
 * `npm run bench:trace [back end] [steps]`, by default wasm and 1,000 steps.
 *
 * Off: steps called as they are, and through `writer.trace` where nothing is recorded, one after the other in turns, in a
 * process that traced before. On: traced steps beside plain ones, and the times of all nodes added up over the time of the
 * step that was traced, by the clock around it. Ends with code 1 where a bar is missed.
 */
import process from "node:process";
import * as tf from "@tensorflow/tfjs-core";
import { parseBackendName, pickBackend } from "../examples/backend.ts";
import { lenet5 } from "../examples/lenet5/model.ts";
import { loadDataset } from "../examples/mnist/data.ts";
import { createWriter, MemorySink, trace } from "../summary/index.ts";
import { bar, median, millis, quantile, ratios, report } from "./tools/report.ts";

const [backEnd = "wasm", count = "1000"] = process.argv.slice(2);
const steps = Number(count);
const BATCH = 20;
const TRACED_BATCH = 100;
const TRACED = 40;
/** Of the medians: what a machine's noise makes of nothing. */
const OFF_BAR = 1.02;
const SUM_BAR = 0.9;

const { reason } = await pickBackend(parseBackendName(backEnd));
const { train } = await loadDataset(1);
const model = lenet5();
model.compile({ optimizer: tf.train.sgd(0.01), loss: "categoricalCrossentropy", metrics: ["accuracy"] });

function stepOf(digits: number): () => Promise<unknown> {
  const images = tf.tensor4d(train.images.subarray(0, digits * 28 * 28), [digits, 28, 28, 1]);
  const labels = tf.oneHot(tf.tensor1d(train.labels.subarray(0, digits), "int32"), 10, 1, 0, "float32");
  return () => model.trainOnBatch(images, labels);
}

async function timed(run: () => unknown): Promise<number> {
  const start = performance.now();
  await run();
  return performance.now() - start;
}

/** Milliseconds of a traced step, by the clock around it, and of all its nodes. */
async function traced(step: () => Promise<unknown>): Promise<{ wall: number; sum: number }> {
  const { result: wall, metadata } = await trace(tf, () => timed(step), { model });
  const nodes = (metadata.stepStats?.devStats ?? []).flatMap(({ nodeStats }) => nodeStats ?? []);
  return { wall, sum: nodes.reduce((sum, { allEndRelNanos }) => sum + Number(allEndRelNanos ?? 0), 0) / 1e6 };
}

const large = stepOf(TRACED_BATCH);
for (let i = 0; i < 10; i++) await large();
const on: { plain: number; wall: number; sum: number }[] = [];
for (let i = 0; i < TRACED; i++) on.push({ plain: await timed(large), ...(await traced(large)) });

const small = stepOf(BATCH);
const writer = createWriter(new MemorySink());
writer.recordIf = false;
const watched = () => writer.trace("step", tf, small, { step: 0, model });
for (let i = 0; i < 20; i++) await small();
const off: { plain: number; watched: number }[] = [];
for (let i = 0; i < steps; i++) {
  const before = i % 2 === 0 ? await timed(small) : undefined;
  const through = await timed(watched);
  off.push({ plain: before ?? (await timed(small)), watched: through });
}
await writer.close();

const [plain, through] = [median(off.map((one) => one.plain)), median(off.map((one) => one.watched))];
const shares = on.map(({ sum, wall }) => sum / wall);
report("trace", {
  title: "Tracing",
  how:
    `LeNet-5's train step on ${BATCH} digits, ${steps.toLocaleString("en")} times as it is and as often through writer.trace with ` +
    `nothing recorded, in turns; and on ${TRACED_BATCH} digits, ${TRACED} times plain and traced in turns. TensorFlow.js on ${reason.split(",")[0]}.`,
  header: ["", "plain", "with tracing", "ratio"],
  rows: [
    ["off, median of a step", millis(plain), millis(through), (through / plain).toFixed(3)],
    [
      "off, lower quartile",
      millis(
        quantile(
          off.map((one) => one.plain),
          0.25,
        ),
      ),
      millis(
        quantile(
          off.map((one) => one.watched),
          0.25,
        ),
      ),
      (
        quantile(
          off.map((one) => one.watched),
          0.25,
        ) /
        quantile(
          off.map((one) => one.plain),
          0.25,
        )
      ).toFixed(3),
    ],
    [
      "on, the traced step",
      millis(median(on.map((one) => one.plain))),
      millis(median(on.map(({ wall }) => wall))),
      ratios(on.map((one) => one.wall / one.plain)),
    ],
    ["on, all nodes' times over the step's", "", "", ratios(shares)],
  ],
  notes: [
    bar("off: ratio of the medians", through / plain, OFF_BAR, (value) => value.toFixed(3)),
    bar(
      "on: share of the step that no node accounts for, median",
      1 - median(shares),
      1 - SUM_BAR,
      (value) => `${(100 * value).toFixed(1)} %`,
    ),
  ],
});
if (through / plain > OFF_BAR || median(shares) < SUM_BAR) process.exitCode = 1;
