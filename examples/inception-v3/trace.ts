/** Writes Inception-v3's graph of layers, and one forward step as it ran. */

import path from "node:path";
import * as tf from "@tensorflow/tfjs-core";
import { createFileWriter, trace } from "tsboard";
import { type InceptionOptions, inceptionV3 } from "./model.ts";

export interface TraceOptions extends InceptionOptions {
  /** Gets the runs `layers` and `forward`. */
  readonly logdir: string;
  readonly size: number;
  /** Images. */
  readonly batch: number;
  /** Of the images, which are noise: the weights know nothing yet either. */
  readonly seed: number;
}

export interface Traced {
  readonly parameters: number;
  /** Of the step that was traced, after one to warm up. */
  readonly millis: number;
  readonly kernels: number;
}

export async function traceInception(options: TraceOptions): Promise<Traced> {
  const { logdir, size, batch, seed } = options;
  const model = inceptionV3(options);
  const layers = createFileWriter(path.join(logdir, "layers"));
  layers.graph(model);
  layers.kerasModel("inception_v3", model.toJSON(undefined, false) as object);
  await layers.close();

  const images = tf.randomUniform([batch, size, size, 3], 0, 1, "float32", seed);
  const forward = (): number => {
    const start = performance.now();
    tf.tidy(() => [model.predict(images)].flat()[0]?.dataSync());
    return performance.now() - start;
  };
  forward();
  const { result, graph, metadata } = await trace(tf, forward, { model, names: { images } });
  const run = createFileWriter(path.join(logdir, "forward"));
  run.graph(graph);
  run.runMetadata("forward", metadata, { step: 0 });
  await run.close();
  images.dispose();
  const parameters = model.countParams();
  model.dispose();
  return {
    parameters,
    millis: result,
    kernels: (graph.node ?? []).filter(({ input }) => input?.length).length,
  };
}
