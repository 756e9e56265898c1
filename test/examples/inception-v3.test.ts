/** The Inception-v3 example: the published numbers of parameters, and a graph of layers and of kernels. */
import path from "node:path";
import * as tf from "@tensorflow/tfjs-core";
import { expect, test } from "vitest";
import { pickBackend } from "../../examples/backend.ts";
import { inceptionV3 } from "../../examples/inception-v3/model.ts";
import { traceInception } from "../../examples/inception-v3/trace.ts";
import { pb } from "../../proto/index.ts";
import { readEvents, temporaryDirectory } from "../summary/event-files.ts";

test("it has the published parameters, and both of its graphs", { timeout: 240_000 }, async () => {
  await pickBackend("wasm");
  const logdir = temporaryDirectory();
  const before = tf.memory().numTensors;
  // The smallest images there are: the parameters are the same.
  const traced = await traceInception({ logdir, size: 75, batch: 1, seed: 1 });
  expect(traced.parameters).toBe(23_851_784);
  expect(tf.memory().numTensors).toBe(before);

  const graphOf = (run: string) => {
    const event = readEvents(path.join(logdir, run)).find(({ graphDef }) => graphDef?.length);
    return pb.GraphDef.decode(event?.graphDef ?? new Uint8Array()).node;
  };
  const layers = graphOf("layers");
  expect(layers.filter(({ op }) => op === "Conv2D")).toHaveLength(94);
  const kernels = graphOf("forward");
  expect(kernels.filter(({ op }) => op === "FusedConv2D")).toHaveLength(94);
  expect(kernels.some(({ name }) => name?.startsWith("mixed10/branch3x3dbl/concat/"))).toBe(true);
  const [metadata] = readEvents(path.join(logdir, "forward")).flatMap(
    ({ taggedRunMetadata }) => taggedRunMetadata ?? [],
  );
  const { stepStats } = pb.RunMetadata.decode(metadata?.runMetadata ?? new Uint8Array());
  expect(stepStats?.devStats?.[0]?.nodeStats?.length).toBe(kernels.length);
});

test("without its classifier it has fewer, and gives maps of features", { timeout: 60_000 }, async () => {
  await pickBackend("wasm");
  const model = inceptionV3({ includeTop: false, size: 75 });
  expect(model.countParams()).toBe(21_802_784);
  expect(model.outputShape).toEqual([null, 1, 1, 2048]);
  model.dispose();
});
