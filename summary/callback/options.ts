/** What callers of the callback may set. */
import type { OptionNames } from "../check-options.ts";
import { describe } from "../checks.ts";
import { ValueError } from "../errors.ts";
import type { ProjectorMetadata } from "../projector/metadata-file.ts";
import { engineOf, type TensorFlowLike } from "../trace/tensorflow.ts";
import { checkModel, type ModelLike } from "./model.ts";

/**
 * What the callback writes and how often; names and defaults are those of Keras's TensorBoard callback.
 *
 * @example
 * const options: CallbackOptions = { updateFreq: 100, histogramFreq: 1, writeImages: true };
 * const board = callback("runs/options", options);
 * console.log(board.onBatchEnd !== undefined); // true
 */
export interface CallbackOptions {
  /**
   * The model that is trained: its graph, learning rate and weights are written. TensorFlow.js tells it only to
   * callbacks that stand behind one of its own, as in `callbacks: [tf.callbacks.earlyStopping(), callback(logdir)]`; there
   * it may be left out, but what is told of a Sequential is the model inside it, without the Sequential's name. Default:
   * none.
   */
  readonly model?: ModelLike | undefined;
  /**
   * When `batch_*` scalars are written: never (`epoch`), after every batch (`batch`), or after every so many. Those of
   * epochs are always written. Default `epoch`.
   */
  readonly updateFreq?: "epoch" | "batch" | number | undefined;
  /** Epochs between two histograms of every weight, the first one's included; 0: none. Default 0. */
  readonly histogramFreq?: number | undefined;
  /** Whether the model's layers are written as the conceptual graph. Default true. */
  readonly writeGraph?: boolean | undefined;
  /** Whether weights are written as images too, when their histograms are. Default false. */
  readonly writeImages?: boolean | undefined;
  /** Whether training steps a second are written, by epoch and, as often as `updateFreq` says, by batch. Default false. */
  readonly writeStepsPerSecond?: boolean | undefined;
  /** Epochs between two embeddings of every `Embedding` layer, the first one's included; 0: none. Default 0. */
  readonly embeddingsFreq?: number | undefined;
  /**
   * Steps to trace: one, several, or all from `first` to `last`; batches are counted from 1, through all epochs. Of each the
   * kernels that ran are written as the run's graph, with their time and memory, under the tag `batch_<step>`. It needs
   * `tf`. Only these steps are slower. Default: none.
   */
  readonly profileSteps?: number | readonly number[] | StepRange | undefined;
  /** TensorFlow.js, as it was imported: for `profileSteps`. Default: none. */
  readonly tf?: TensorFlowLike | undefined;
  /** What is known of each row of an `Embedding` layer's weights, by the layer's name. Default: nothing. */
  readonly embeddingsMetadata?: Readonly<Record<string, ProjectorMetadata>> | undefined;
}

export const CALLBACK_OPTIONS: OptionNames<CallbackOptions> = {
  model: true,
  updateFreq: true,
  histogramFreq: true,
  writeGraph: true,
  writeImages: true,
  writeStepsPerSecond: true,
  embeddingsFreq: true,
  embeddingsMetadata: true,
  profileSteps: true,
  tf: true,
};

/** Steps one after the other. */
interface StepRange {
  readonly first: number;
  readonly last: number;
}

/** The same, checked and with its defaults. */
export interface CallbackSettings {
  readonly model: ModelLike | undefined;
  /** Batches between two summaries; 0: none. */
  readonly batchFreq: number;
  readonly histogramFreq: number;
  readonly writeGraph: boolean;
  /** Whether the caller said that a graph is wanted. */
  readonly graphAsked: boolean;
  readonly writeImages: boolean;
  readonly writeStepsPerSecond: boolean;
  readonly embeddingsFreq: number;
  readonly embeddingsMetadata: Readonly<Record<string, ProjectorMetadata>>;
  /** Undefined where no step is to be traced. */
  readonly profile: { readonly tf: TensorFlowLike; isWanted(step: number): boolean } | undefined;
}

/** @throws ValueError when something is of another type or out of range */
export function settingsOf(options: CallbackOptions): CallbackSettings {
  const { model, updateFreq = "epoch", embeddingsMetadata = {} } = options;
  const settings = {
    model: model && checkModel(model),
    batchFreq: batchFreqOf(updateFreq),
    histogramFreq: checkFreq("histogramFreq", options.histogramFreq),
    writeGraph: checkFlag("writeGraph", options.writeGraph, true),
    graphAsked: options.writeGraph === true,
    writeImages: checkFlag("writeImages", options.writeImages, false),
    writeStepsPerSecond: checkFlag("writeStepsPerSecond", options.writeStepsPerSecond, false),
    embeddingsFreq: checkFreq("embeddingsFreq", options.embeddingsFreq),
    embeddingsMetadata,
    profile: profileOf(options),
  };
  if (typeof embeddingsMetadata !== "object" || embeddingsMetadata === null)
    throw new ValueError(
      `embeddingsMetadata is metadata by layers' names, not ${describe(embeddingsMetadata)}`,
    );
  return settings;
}

function batchFreqOf(updateFreq: "epoch" | "batch" | number): number {
  if (updateFreq === "epoch") return 0;
  if (updateFreq === "batch") return 1;
  if (Number.isSafeInteger(updateFreq) && updateFreq >= 1) return updateFreq;
  throw new ValueError(
    `updateFreq is "epoch", "batch" or an integer of 1 or more, not ${describe(updateFreq)}`,
  );
}

function profileOf({ profileSteps, tf }: CallbackOptions): CallbackSettings["profile"] {
  if (profileSteps === undefined) return undefined;
  const isRange = typeof profileSteps === "object" && "first" in profileSteps;
  const steps = typeof profileSteps === "number" ? [profileSteps] : profileSteps;
  const named = isRange ? [profileSteps.first, profileSteps.last] : steps;
  if (!Array.isArray(named) || !named.every((step) => Number.isSafeInteger(step) && step >= 1))
    throw new ValueError(
      `profileSteps is a step, a list of steps or { first, last }, integers of 1 or more, not ${describe(profileSteps)}`,
    );
  if (tf === undefined)
    throw new ValueError("profileSteps needs TensorFlow.js: callback(logdir, { tf, profileSteps })");
  engineOf(tf);
  const [first = 1, last = 0] = named;
  return { tf, isWanted: (step) => (isRange ? step >= first && step <= last : named.includes(step)) };
}

function checkFreq(name: string, epochs = 0): number {
  if (Number.isSafeInteger(epochs) && epochs >= 0) return epochs;
  throw new ValueError(`${name} is an integer of 0 or more, not ${describe(epochs)}`);
}

function checkFlag(name: string, value: boolean | undefined, otherwise: boolean): boolean {
  if (value === undefined) return otherwise;
  if (typeof value === "boolean") return value;
  throw new ValueError(`${name} is true or false, not ${describe(value)}`);
}
