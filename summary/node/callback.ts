/** The callback of a training that is logged to files. */
import path from "node:path";
import { CALLBACK_OPTIONS, type CallbackOptions } from "../callback/options.ts";
import type { CallbackRun } from "../callback/runs.ts";
import { type TrainingCallback, trainingCallback } from "../callback/training-callback.ts";
import { checkOptions, type OptionNames, pick } from "../check-options.ts";
import { describe } from "../checks.ts";
import { ValueError } from "../errors.ts";
import type { SummaryWriter } from "../writer.ts";
import {
  createFileWriter,
  FILE_WRITER_OPTIONS,
  type FileSummaryWriter,
  type FileWriterOptions,
} from "./file-writer.ts";
import { toLogDirectory } from "./log-directory.ts";

/**
 * Options of a callback with those of its files' writers.
 *
 * @example
 * const options: FileCallbackOptions = { updateFreq: "batch", flushMillis: 250 };
 * const board = callback("runs/watched", options);
 * await board.close();
 */
export interface FileCallbackOptions extends CallbackOptions, FileWriterOptions {}

const OPTIONS: OptionNames<FileCallbackOptions> = { ...CALLBACK_OPTIONS, ...FILE_WRITER_OPTIONS };

/**
 * Logs a training as Keras's TensorBoard callback does: for `model.fit` and `model.fitDataset` of TensorFlow.js, and for
 * loops of one's own. Losses, metrics, learning rate and, if wanted, weights go to the runs `train` and `validation`
 * below `logdir`, under Keras's tags; the layers are drawn as the conceptual graph.
 *
 * In a few things it differs. TensorFlow.js's `acc` is Keras's `accuracy`, and others of its metrics have Keras's names
 * too. Values of a batch are the batch's own, where Keras gives means since the epoch's start. Epochs are written
 * whatever `updateFreq` says, where Keras leaves those out that do not end with a batch that is written. Embeddings are
 * in the run `train`, with their vectors, where readers find them.
 *
 * @param logdir a directory for both runs; or a function that opens a run's writer when it is needed, for other sinks
 * @throws ValueError when an option is of another type, out of range or not known
 * @example
 * import "@tensorflow/tfjs-backend-cpu";
 * import * as tf from "@tensorflow/tfjs-core";
 * import { layers, sequential } from "@tensorflow/tfjs-layers";
 *
 * const model = sequential({ layers: [layers.dense({ inputShape: [4], units: 1 })] });
 * model.compile({ optimizer: "sgd", loss: "meanSquaredError" });
 * const callbacks = callback("runs/dense", { model, histogramFreq: 1 });
 * await model.fit(tf.ones([32, 4]), tf.ones([32, 1]), { epochs: 3, validationSplit: 0.25, callbacks });
 */
export function callback(
  logdir: string | URL,
  options?: FileCallbackOptions,
): TrainingCallback<FileSummaryWriter>;
export function callback<Writer extends SummaryWriter>(
  open: (run: CallbackRun) => Writer,
  options?: CallbackOptions,
): TrainingCallback<Writer>;
export function callback(
  logdir: string | URL | ((run: CallbackRun) => SummaryWriter),
  options: FileCallbackOptions = {},
): TrainingCallback {
  checkOptions(options, OPTIONS, () => "callback");
  if (typeof logdir === "function") return trainingCallback(logdir, options);
  if (typeof logdir !== "string" && !(logdir instanceof URL))
    throw new ValueError(
      `a log directory is a string, or a function that opens writers, not ${describe(logdir)}`,
    );
  const directory = toLogDirectory(logdir);
  const writerOptions = pick<FileWriterOptions>(options, FILE_WRITER_OPTIONS);
  return trainingCallback((run) => createFileWriter(path.join(directory, run), writerOptions), options);
}
