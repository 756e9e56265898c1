/** What `writer.trace` wrote, read by the graph room: every node, and the same time and memory in all. */
import * as tf from "@tensorflow/tfjs-core";
import { expect, test } from "vitest";
import { openGraph, openStep } from "../../../graph/index.ts";
import { pb } from "../../../proto/index.ts";
import { createWriter, MemorySink } from "../../../summary/index.ts";
import { decodeEvents } from "../event-files.ts";
import { lenet } from "./steps.ts";

const sink = new MemorySink();
const writer = createWriter(sink);
const { model, step } = lenet(2);
for (const at of [3, 4]) await writer.trace("train", tf, step, { step: at, model });
await writer.close();
const events = decodeEvents(sink.bytes());
const graph = openGraph(events.find(({ graphDef }) => graphDef?.length)!.graphDef!);
const { node: nodes } = pb.GraphDef.decode(graph.definition);
const steps = events.flatMap(({ taggedRunMetadata }) =>
  taggedRunMetadata?.runMetadata ? [taggedRunMetadata.runMetadata] : [],
);

test("every node is found under its name, with its operation", () => {
  for (const { name, op } of nodes) expect(graph.node(name!)?.op, name!).toBe(op);
});

test("parameters are those of the model", () => {
  expect(graph.scope("")?.totals.parameters).toBe(model.countParams());
});

test.each([0, 1])("step %i has the time and memory that its run metadata has", (which) => {
  const opened = openStep(steps[which]!);
  const { stepStats } = pb.RunMetadata.decode(steps[which]!);
  const ran = (stepStats?.devStats ?? []).flatMap(({ nodeStats }) => nodeStats ?? []);
  const micros = ({ allEndRelMicros, allEndRelNanos }: (typeof ran)[number]): number =>
    Number(allEndRelMicros) || Number(allEndRelNanos) / 1000;
  const sum = ran.reduce((total, one) => total + micros(one), 0);

  const root = graph.scope("", opened)!;
  expect(root.stats?.sum_micros).toBeCloseTo(sum, 6);
  expect(root.stats?.executions).toBe(ran.length);
  for (const one of ran) {
    const { stats } = graph.node(one.nodeName!, opened)!;
    expect(stats?.sum_micros, one.nodeName!).toBeCloseTo(micros(one), 6);
  }
  const { columns } = graph.table(opened);
  expect(columns.in_graph.every(Boolean)).toBe(true);
  expect(Array.from(columns.total_micros).reduce((a, b) => a + b, 0)).toBeCloseTo(sum, 6);

  // Live memory is in the allocations: added in the order of time, with what goes before what comes.
  const records = ran.flatMap(({ memory }) =>
    (memory ?? []).flatMap(({ allocationRecords }) => allocationRecords ?? []),
  );
  const inTime = records
    .map(({ allocMicros, allocBytes }) => [Number(allocMicros), Number(allocBytes)] as const)
    .sort(([a, x], [b, y]) => a - b || x - y);
  let [live, peak] = [0, 0];
  for (const [, bytes] of inTime) {
    live += bytes;
    peak = Math.max(peak, live);
  }
  expect(peak).toBeGreaterThan(0);
  expect(graph.memory(opened).devices.map((device) => [device.source, device.peak?.bytes])).toEqual([
    ["allocations", peak],
  ]);
});
