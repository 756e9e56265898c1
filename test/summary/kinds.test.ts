/**
 * Every kind of summary as bytes, under a fixed clock: golden/<kind>.txt. A new kind is one entry here;
 * `vitest -u` writes its file, which is then read and held against TensorFlow's (test/interop/writer.test.ts).
 */
import { readFileSync } from "node:fs";
import { expect, test } from "vitest";
import { pb } from "../../proto/index.ts";
import type { SummaryWriter } from "../../summary/index.ts";
import * as kinds from "../../summary/kinds/index.ts";
import { describeRecords, writtenBytes } from "./event-files.ts";

const here = new URL("./", import.meta.url);

const KINDS: Record<string, (writer: SummaryWriter) => void> = {
  scalar(writer) {
    writer.scalar("loss", 0.5, { step: 0, description: "Cross *entropy*", displayName: "Loss" });
    writer.scalar("loss", 0.25, { step: 1 });
    writer.scalar("loss", Number.NaN, { step: 300, wallTime: 1_700_000_001.5 });
    writer.scalar("loss", Number.NEGATIVE_INFINITY, { step: 2n ** 63n - 1n });
  },
  histogram(writer) {
    writer.histogram("weights", [1, 2, 2, 3, 10], { step: 1, buckets: 3 });
    writer.histogram("weights", new Float32Array([4, 4, 4]), { step: 2, buckets: 2 });
    writer.histogram("weights", [], { step: 3, buckets: 2 });
    writer.histogram("counted", { counts: [2, 0.5], edges: [-1, 0, 10] }, { step: 1 });
  },
  text(writer) {
    writer.text("note", "**bold**", { step: 0 });
    writer.text("list", ["a", "b"], { step: 0 });
    writer.text(
      "table",
      [
        ["name", "value"],
        ["π", "3.14159"],
      ],
      { step: 0 },
    );
  },
  image(writer) {
    writer.image("grey", new Uint8Array([0, 64, 128, 255]), { step: 0, shape: [2, 2, 1] });
    writer.image("colour", new Float32Array([1, 0, 0, 0, 0.5, 2]), { step: 0, shape: [2, 1, 1, 3] });
    const files = ["palette.gif", "lossless.webp"].map((name) =>
      readFileSync(new URL(`images/${name}`, here)),
    );
    writer.image("encoded", files, { step: 0 });
  },
  audio(writer) {
    const samples = new Float32Array([0, 0.5, -0.5, 2]);
    writer.audio("beep", samples, { step: 0, sampleRate: 8000 });
    writer.audio("stereo", samples, { step: 0, sampleRate: 8000, shape: [2, 1, 2] });
  },
  tensor(writer) {
    writer.tensor("numbers", Int32Array.of(1, 2, 3, 4), { step: 0, shape: [2, 2] });
    writer.tensor("words", ["a", "π"], { step: 0, description: "for my reader" });
    const pluginContent = new TextEncoder().encode("v1");
    writer.tensor("own", BigInt64Array.of(2n ** 60n), {
      step: 0,
      plugin: "mine",
      pluginContent,
      dataClass: "tensor",
    });
  },
  "pr-curve"(writer) {
    const labels = [true, false, true, false];
    const predictions = [0.9, 0.4, 0.6, 0.6];
    writer.prCurve("digits", { labels, predictions }, { step: 0, thresholds: 3 });
    const truePositives = [2, 1];
    const counts = { truePositives, falsePositives: [2, 0], trueNegatives: [0, 2], falseNegatives: [0, 1] };
    writer.prCurve("counted", counts, { step: 0 });
  },
  mesh(writer) {
    const vertices = [0, 0, 0, 1, 0, 0, 0, 1, 0];
    writer.mesh(
      "triangle",
      { vertices, faces: [0, 1, 2], colors: [255, 0, 0, 0, 255, 0, 0, 0, 255] },
      { step: 0 },
    );
    const config = { camera: { fov: 75, cls: "PerspectiveCamera" } };
    writer.mesh("points", { vertices }, { step: 0, config, description: "three points" });
  },
  "custom-scalars"(writer) {
    writer.customScalars([
      {
        title: "Losses",
        charts: [
          { title: "All", tags: ["loss/.*"] },
          { title: "Band", series: [{ value: "loss/mean", lower: "loss/low", upper: "loss/high" }] },
        ],
      },
      { title: "Folded", charts: [], closed: true },
    ]);
  },
  hparams(writer) {
    writer.hparamsConfig({
      hparams: [
        { name: "optimizer", domain: ["adam", "sgd"], displayName: "Optimiser" },
        { name: "dropout", domain: { min: 0.1, max: 0.5 } },
        { name: "bias", domain: [true, false] },
        { name: "any" },
      ],
      metrics: [{ tag: "accuracy", group: "validation", dataset: "validation", description: "share right" }],
    });
    writer.hparams({ optimizer: "adam", dropout: 0.1, bias: true });
    writer.hparamsEnd("success", { wallTime: 1_700_000_060 });
  },
  "run-metadata"(writer) {
    const nodeStats = [{ nodeName: "y", allStartMicros: 1, allEndRelMicros: 5 }];
    writer.runMetadata("step 1", { stepStats: { devStats: [{ device: "/CPU:0", nodeStats }] } }, { step: 1 });
    writer.traceExport("traced", { functionGraphs: [] }, { step: 1, profile: false });
  },
  "keras-model"(writer) {
    writer.kerasModel("keras", { class_name: "Sequential", config: { name: "net", layers: [] } });
  },
  "session-log"(writer) {
    writer.sessionLog("start", { step: 0 });
    writer.sessionLog("checkpoint", { step: 10, checkpointPath: "model-10", message: "saved" });
  },
  "raw-summary"(writer) {
    const value = [{ tag: "loss", simpleValue: 0.5 }];
    writer.rawSummary({ value }, { step: 1 });
    writer.rawSummary(pb.Summary.encode({ value }).finish(), { step: 2 });
  },
  event(writer) {
    writer.event({ summary: { value: [{ tag: "loss", simpleValue: 0.5 }] } }, { step: 1 });
    writer.event({ logMessage: { level: 30, message: "diverging" } }, { step: 2 });
  },
  graph(writer) {
    writer.graph({
      node: [
        { name: "x", op: "Placeholder" },
        { name: "y", op: "Relu", input: ["x"], device: "/CPU:0" },
      ],
    });
  },
};

test("every kind is written here", () => {
  const called = new Set<string>();
  const watched = new Proxy({} as SummaryWriter, {
    get: (_target, name) => () => called.add(String(name)),
  });
  for (const log of Object.values(KINDS)) log(watched);
  expect([...called].sort()).toEqual(Object.keys(kinds).sort());
});

test.each(Object.entries(KINDS))("%s", async (kind, log) => {
  const bytes = await writtenBytes(log);
  await expect(`${describeRecords(bytes)}\n`).toMatchFileSnapshot(`golden/${kind}.txt`);
});
