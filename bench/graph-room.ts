/**
 * What it takes to open a graph of 100,000 nodes and to answer about it, and a step of 100,000 executions:
 * `npm run bench:graph-room`. The peer is protobufjs, which only decodes the same bytes.
 */
import { openGraph, openStep } from "../graph/index.ts";
import { pb } from "../proto/index.ts";
import { median, megabytes, millis, report } from "./tools/report.ts";

const ROUNDS = 5;
/** Scopes within scopes, and operations in the innermost. */
const [PARTS, STAGES, BLOCKS, OPS] = [10, 10, 10, 100];
const KINDS = ["MatMul", "Relu", "Add", "Mul"];

function definition(): Uint8Array {
  const node: pb.NodeDef.$Properties[] = [];
  const shape = { list: { shape: [{ dim: [{ size: 32 }, { size: 128 }] }] } };
  for (let i = 0; i < PARTS * STAGES * BLOCKS * OPS; i++) {
    const [block, op] = [Math.floor(i / OPS), i % OPS];
    const scope = `part_${Math.floor(block / 100)}/stage_${Math.floor(block / 10) % 10}/block_${block % 10}`;
    const before = [1, 37].flatMap((distance) => (i >= distance ? [node[i - distance]!.name!] : []));
    const attr = { T: { type: 1 }, _output_shapes: shape };
    node.push({
      name: `${scope}/op_${op}x`,
      op: KINDS[i % KINDS.length]!,
      input: before,
      device: "/device:CPU:0",
      attr,
    });
  }
  return pb.GraphDef.encode({ node }).finish();
}

function runMetadata(names: readonly string[]): Uint8Array {
  const nodeStats = names.map((nodeName, i) => ({
    nodeName,
    allStartMicros: 1 + i * 5,
    allEndRelMicros: 3 + (i % 11),
    threadId: i % 4,
    memory: [{ allocatorName: "cpu", totalBytes: 16_384 }],
    output: [{ tensorDescription: { dtype: 1, shape: { dim: [{ size: 32 }, { size: 128 }] } } }],
  }));
  return pb.RunMetadata.encode({
    stepStats: { devStats: [{ device: "/device:CPU:0", nodeStats }] },
  }).finish();
}

const bytes = definition();
const names = pb.GraphDef.decode(bytes).node.map(({ name }) => name ?? "");
const metadata = runMetadata(names);
const taken = new Map<string, number[]>();

function time<T>(what: string, run: () => T): T {
  const start = performance.now();
  const result = run();
  taken.set(what, [...(taken.get(what) ?? []), performance.now() - start]);
  return result;
}

let heap = Number.NaN;
for (let round = 0; round < ROUNDS; round++) {
  time("protobufjs decodes the GraphDef", () => pb.GraphDef.decode(bytes));
  globalThis.gc?.();
  const before = process.memoryUsage();
  const graph = time("open", () => openGraph(bytes));
  globalThis.gc?.();
  const after = process.memoryUsage();
  heap = after.heapUsed + after.arrayBuffers - before.heapUsed - before.arrayBuffers;
  time("the root, first", () => graph.scope(""));
  time("the root, again", () => graph.scope(""));
  time("a scope of 100 operations", () => graph.scope("part_3/stage_4/block_5"));
  time("a node", () => graph.node(names[50_000]!));
  time("search by name", () => graph.search({ text: "op_77" }));
  time("difference with itself", () => graph.diff(graph));
  const step = time("read a step", () => openStep(metadata));
  time("the root with the step", () => graph.scope("", step));
  time("table", () => graph.table(step));
  time("timeline", () => graph.timeline(step));
  time("memory", () => graph.memory(step));
}

const peer = median(taken.get("protobufjs decodes the GraphDef")!);
const peerStep = "a ratio to the first line tells more than milliseconds of a busy machine";
report("graph-room", {
  title: "The graph room",
  how: `A graph of ${names.length.toLocaleString("en")} nodes in scopes four deep (${megabytes(bytes.length)}), and a step with as many executions; medians of ${ROUNDS} rounds.`,
  header: ["what", "time", "of decoding"],
  rows: [...taken].map(([what, times]) => [what, millis(median(times)), (median(times) / peer).toFixed(2)]),
  notes: [
    `Memory of the opened graph beside its bytes: ${Number.isFinite(heap) && globalThis.gc ? megabytes(heap) : "needs node --expose-gc"}.`,
    `Decoding builds an object a node: ${peerStep}.`,
  ],
});
