/** What a web page that trains with `model.fit` does with the callback, for callback.test.ts, which calls `fitBytes`. */
import "@tensorflow/tfjs-backend-cpu";
import * as tf from "@tensorflow/tfjs-core";
import { layers, sequential } from "@tensorflow/tfjs-layers";
import { type CallbackRun, callback, createWriter, MemorySink } from "tsboard";

/** The event files of a training, by run. */
async function fitBytes(): Promise<Record<string, number[]>> {
  const only = layers.dense({ name: "only", inputShape: [2], units: 3 });
  const model = sequential({ name: "net", layers: [only] });
  model.compile({ optimizer: tf.train.sgd(0.25), loss: "meanSquaredError" });
  const sinks = new Map<CallbackRun, MemorySink>();
  const open = (run: CallbackRun) => {
    const sink = new MemorySink();
    sinks.set(run, sink);
    return createWriter(sink);
  };
  await model.fit(tf.ones([8, 2]), tf.ones([8, 3]), {
    epochs: 2,
    validationSplit: 0.5,
    callbacks: callback(open, { model, histogramFreq: 1, writeImages: true }),
  });
  const files = [...sinks].map(async ([run, sink]) => {
    return [run, Array.from(new Uint8Array(await sink.blob().arrayBuffer()))] as const;
  });
  return Object.fromEntries(await Promise.all(files));
}

export type FitBytes = typeof fitBytes;
Object.assign(globalThis, { fitBytes });
