/** What a web page that traces its training does, for trace.test.ts, which calls `traceStep`. */
import "@tensorflow/tfjs-backend-cpu";
import "@tensorflow/tfjs-backend-webgl";
import * as tf from "@tensorflow/tfjs-core";
import { layers, sequential } from "@tensorflow/tfjs-layers";
import { createWriter, MemorySink } from "tsboard";

/** The event file of a traced train step on a back end, and whether its timer works here. */
async function traceStep(
  backEnd: string,
): Promise<{ bytes: number[]; hasTimer: boolean; kernels: string[] }> {
  await tf.setBackend(backEnd);
  const model = sequential({
    name: "net",
    layers: [
      layers.conv2d({ name: "conv", inputShape: [16, 16, 1], filters: 8, kernelSize: 3, activation: "relu" }),
      layers.flatten({ name: "flat" }),
      layers.dense({ name: "last", units: 2 }),
    ],
  });
  model.compile({ optimizer: tf.train.sgd(0.01), loss: "meanSquaredError" });
  const [images, targets] = [tf.ones([32, 16, 16, 1]), tf.ones([32, 2])];
  const step = () => model.trainOnBatch(images, targets);
  await step();
  const sink = new MemorySink();
  const writer = createWriter(sink);
  await writer.trace("step 1", tf, step, { step: 1, model, names: { images, targets } });
  await writer.close();
  const profile = await tf.profile(async () => {
    await step();
    return tf.scalar(0);
  });
  const kernels = profile.kernels.map(({ name }) => name).filter((name) => tf.getKernel(name, backEnd));
  const bytes = Array.from(new Uint8Array(await sink.blob().arrayBuffer()));
  return { bytes, hasTimer: tf.backend().timerAvailable(), kernels };
}

export type TraceStep = typeof traceStep;
Object.assign(globalThis, { traceStep });
