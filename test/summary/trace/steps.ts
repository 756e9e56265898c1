/** Steps of real networks that tests trace, and what TensorFlow.js itself tells of them. */
import * as tf from "@tensorflow/tfjs-core";
import { pickBackend } from "../../../examples/backend.ts";
import { lenet5 } from "../../../examples/lenet5/model.ts";
import type { pb } from "../../../proto/index.ts";
import type { Trace } from "../../../summary/index.ts";

await pickBackend("wasm");

/** LeNet-5 and a batch, ready for a step. */
export function lenet(batch = 4, optimizer: tf.Optimizer = tf.train.sgd(0.01)) {
  const model = lenet5();
  model.compile({ optimizer, loss: "categoricalCrossentropy", metrics: ["accuracy"] });
  const images = tf.randomNormal([batch, 28, 28, 1], 0, 1, "float32", 1);
  const classes = Array.from({ length: batch }, (_, i) => i % 10);
  const labels = tf.oneHot(tf.tensor1d(classes, "int32"), 10, 1, 0, "float32");
  return { model, images, labels, step: () => model.trainOnBatch(images, labels) };
}

/** Nodes of a traced graph. */
export type Node = pb.NodeDef.$Properties & {
  readonly name: string;
  readonly op: string;
  readonly input: string[];
};

export function nodesOf({ graph }: Pick<Trace, "graph">): Node[] {
  return (graph.node ?? []).map((node) => ({
    ...node,
    name: node.name ?? "",
    op: node.op ?? "",
    input: node.input ?? [],
  }));
}

export const namesOf = (trace: Pick<Trace, "graph">): string[] => nodesOf(trace).map(({ name }) => name);

const SOURCES = new Set(["VariableV2", "Placeholder", "Const", "Assign"]);

/** Nodes of kernels. */
export const kernelsOf = (trace: Pick<Trace, "graph">): Node[] =>
  nodesOf(trace).filter(({ op }) => !SOURCES.has(op));

/** By the node's name. */
export function statsOf({ metadata }: Pick<Trace, "metadata">): Map<string, pb.NodeExecStats.$Properties> {
  const devices = metadata.stepStats?.devStats ?? [];
  const all = devices.flatMap(({ nodeStats }) => nodeStats ?? []);
  return new Map(all.map((stats) => [stats.nodeName ?? "", stats]));
}

/** The nodes at the other end of a node's data inputs. */
export const inputsOf = ({ input }: Node): string[] =>
  input.filter((name) => !name.startsWith("^")).map((name) => name.replace(/:\d+$/, ""));

/** A kernel on the tape, by the ids of tensors. */
export interface TapeEntry {
  /** Of what has a gradient of its own, the scope's name. */
  readonly kernel: string;
  readonly isClone: boolean;
  readonly inputs: readonly number[];
  readonly outputs: readonly number[];
}

/** Lets a step run, and gives what TensorFlow.js put on its tape then: what is differentiated. */
export async function taped<Result>(
  step: () => Result,
): Promise<{ result: Awaited<Result>; tape: TapeEntry[] }> {
  const engine = tf.engine();
  const tape: TapeEntry[] = [];
  // Private to TypeScript, but the one place where the tape is written.
  const original: unknown = Reflect.get(engine, "addTapeNode");
  if (typeof original !== "function") throw new Error("no tape");
  Reflect.set(
    engine,
    "addTapeNode",
    (kernel: string, inputs: object, outputs: tf.Tensor[], ...rest: unknown[]) => {
      const taken = Object.values(inputs)
        .flat()
        .filter((one) => one instanceof tf.Tensor);
      // Those that are saved for gradients are under the scope's name, with no attributes at all.
      const isClone =
        kernel === "Identity" || (rest[2] !== undefined && !tf.getKernel(kernel, tf.getBackend()));
      tape.push({ kernel, isClone, inputs: taken.map(({ id }) => id), outputs: outputs.map(({ id }) => id) });
      return original.call(engine, kernel, inputs, outputs, ...rest);
    },
  );
  try {
    return { result: await step(), tape };
  } finally {
    Reflect.deleteProperty(engine, "addTapeNode");
  }
}

/** Kernels of a step in the order in which they ended, as TensorFlow.js's own profiler has them, without clones. */
export async function ran(step: () => unknown): Promise<string[]> {
  const { kernels } = await tf.profile(async () => {
    await step();
    return tf.scalar(0);
  });
  const backEnd = tf.getBackend();
  // What has a gradient of its own is there too, under the name of its scope.
  return kernels.map(({ name }) => name).filter((name) => name !== "Identity" && tf.getKernel(name, backEnd));
}

/** What an object has itself, so that what was put there shows. */
export function ownProperties(of: object): Record<string, unknown> {
  return Object.fromEntries(
    Reflect.ownKeys(of)
      .filter((key) => typeof Object.getOwnPropertyDescriptor(of, key)?.value === "function")
      .map((key) => [String(key), Reflect.get(of, key)]),
  );
}
