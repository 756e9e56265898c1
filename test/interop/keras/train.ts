/** Trains the models with our callback as oracle/keras_callback.py does with Keras's. */
import path from "node:path";
import * as tf from "@tensorflow/tfjs-core";
import { pickBackend } from "../../../examples/backend.ts";
import { callback } from "../../../summary/index.ts";
import { compileModel, models } from "./models.ts";

/** Four batches an epoch, two of them to validate with; not shuffled. A folder for each model. */
export async function trainAll(logdir: string): Promise<void> {
  for (const [name, make] of Object.entries(models)) {
    // Convolutions take half a minute in plain JavaScript, and embeddings have no gradient in wasm.
    await pickBackend(name === "lenet5" ? "wasm" : "cpu");
    const { model, inputs, outputs, options } = make();
    compileModel(name, model);
    await model.fit(inputs(32), outputs(32), {
      batchSize: 8,
      epochs: 3,
      shuffle: false,
      validationData: [inputs(16), outputs(16)],
      callbacks: callback(path.join(logdir, name), { ...options, model }),
    });
    tf.disposeVariables();
  }
}
