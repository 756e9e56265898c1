/**
 * Writes logs with graphs for the benchmark of the graphs page: 100,000 nodes in nested scopes, 40 scopes of 100 children
 * and one of 5,000, and a step of 100,000 executions. Everything depends on its place only.
 */
import { mkdirSync, writeFileSync } from "node:fs";
import path from "node:path";
import { encodeRecord, pb } from "../proto/index.ts";

const OPS = ["MatMul", "BiasAdd", "Relu", "Mul", "AddV2", "Reshape", "Transpose", "Softmax"];
export const MADE_NODES = 100_000;
export const HUNDREDS = 40;
const SIBLINGS = 5_000;

/** `hundreds/part_k` have 100 operations each, `wide` has 5,000, the rest is in `stage_i/block_j/op_k`. */
export function madeGraph(nodes = MADE_NODES): pb.GraphDef.$Properties {
  const node: pb.NodeDef.$Properties[] = [];
  let before: string | null = null;
  const add = (name: string, i: number): void => {
    // Leaf names without numbers in a row, so that no series hides them.
    const input = before === null ? [] : [before];
    if (i % 7 === 3 && node.length > 5) input.push(node[node.length - 4]!.name!);
    node.push({ name, op: OPS[i % OPS.length]!, input, device: `/device:GPU:${i % 2}` });
    before = name;
  };
  for (let k = 0; k < HUNDREDS; k++)
    for (let i = 0; i < 100; i++) add(`hundreds/part_${letters(k)}/${OPS[i % OPS.length]}_${letters(i)}`, i);
  for (let i = 0; i < SIBLINGS; i++) add(`wide/${OPS[i % OPS.length]}_${letters(i)}`, i);
  for (let i = 0; node.length < nodes; i++) {
    const [stage, block] = [Math.floor(i / 5_000), Math.floor(i / 50) % 100];
    add(`stage_${letters(stage)}/block_${letters(block)}/${OPS[i % OPS.length]}_${letters(i % 50)}`, i);
  }
  return { node };
}

/** A step in which each node runs once, on one of eight threads. */
export function madeStep(graph: pb.GraphDef.$Properties): pb.RunMetadata.$Properties {
  const nodeStats = (graph.node ?? []).map(({ name }, i) => ({
    nodeName: name!,
    allStartMicros: 1_700_000_000_000_000 + Math.floor(i / 8) * 12,
    opStartRelMicros: 0,
    opEndRelMicros: 5 + (i % 7),
    allEndRelMicros: 5 + (i % 7),
    threadId: i % 8,
    memory: [
      { allocatorName: "gpu_bfc", totalBytes: 4096 * (1 + (i % 50)), peakBytes: 4096 * (1 + (i % 50)) },
    ],
  }));
  return { stepStats: { devStats: [{ device: "/device:GPU:0", nodeStats }] } };
}

/** Writes the graph and the step as TensorFlow 1 does, and a scalar so that the run is one. */
export function writeMadeGraph(logdir: string, nodes = MADE_NODES): void {
  const graph = madeGraph(nodes);
  const folder = path.join(logdir, "made");
  mkdirSync(folder, { recursive: true });
  const event = (fields: pb.Event.$Properties): Uint8Array =>
    encodeRecord(pb.Event.encode({ wallTime: 1_700_000_000, ...fields }).finish());
  writeFileSync(
    path.join(folder, "events.out.tfevents.1700000000.bench"),
    Buffer.concat([
      event({ fileVersion: "brain.Event:2" }),
      event({ graphDef: pb.GraphDef.encode(graph).finish() }),
      event({ step: 1, summary: { value: [{ tag: "loss", simpleValue: 1 }] } }),
      event({
        step: 1,
        taggedRunMetadata: { tag: "step1", runMetadata: pb.RunMetadata.encode(madeStep(graph)).finish() },
      }),
    ]),
  );
}

/** A number in letters: names that end in digits would be series. */
function letters(n: number): string {
  let text = "";
  for (let rest = n; ; rest = Math.floor(rest / 26) - 1) {
    text = String.fromCharCode(97 + (rest % 26)) + text;
    if (rest < 26) return text;
  }
}
