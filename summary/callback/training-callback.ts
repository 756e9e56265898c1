/**
 * What Keras's TensorBoard callback writes, at the moments at which TensorFlow.js calls its callbacks
 * (keras/src/callbacks/tensorboard.py of Keras 3, which comes with TensorFlow 2.21).
 */
import { ValueError } from "../errors.ts";
import type { SummaryWriter } from "../writer.ts";
import { checkEmbeddings, writeEmbeddings } from "./embeddings.ts";
import { byRun, type Metrics, metricsOf, type TrainingLogs } from "./logs.ts";
import { checkModel, isInside, learningRateOf, type ModelLike } from "./model.ts";
import { kerasConfig } from "./model-config.ts";
import { type CallbackOptions, type CallbackSettings, settingsOf } from "./options.ts";
import { type CallbackRun, Runs } from "./runs.ts";
import { type TracedBatch, traceBatch } from "./traced-batch.ts";
import { writeWeights } from "./weights.ts";

/**
 * A callback for `model.fit` and `model.fitDataset` of TensorFlow.js, or for a loop of one's own, which calls what it
 * has news of.
 *
 * @example
 * const board: TrainingCallback = callback("runs/loop", { updateFreq: "batch", writeGraph: false });
 * for (let epoch = 0; epoch < 3; epoch++) {
 *   for (let batch = 0; batch < 10; batch++) await board.onBatchEnd?.(batch, { loss: 1 / (batch + 1) });
 *   await board.onEpochEnd(epoch, { loss: 0.2, val_loss: 0.3 });
 * }
 * await board.onTrainEnd();
 */
export interface TrainingCallback<Writer extends SummaryWriter = SummaryWriter> extends AsyncDisposable {
  /**
   * Opens the training's run and writes the model's graph.
   *
   * @throws ValueError when weights, embeddings or a graph are asked for without a model, or embeddings cannot be written
   */
  onTrainBegin(logs?: TrainingLogs): Promise<void>;
  /** Closes the runs. The same callback may serve another training, which goes on in new files of the same runs. */
  onTrainEnd(logs?: TrainingLogs): Promise<void>;
  onEpochBegin(epoch: number, logs?: TrainingLogs): Promise<void>;
  /**
   * Writes losses, metrics and learning rate as `epoch_<name>`, those of validation (`val_<name>`) to its own run and
   * there as `evaluation_<name>_vs_iterations` too; and weights and embeddings, if it is their turn.
   */
  onEpochEnd(epoch: number, logs?: TrainingLogs): Promise<void>;
  /** Only where something is written by batch: TensorFlow.js waits for every batch's results for those who listen. */
  onBatchBegin?(batch: number, logs?: TrainingLogs): Promise<void>;
  /** Writes losses and metrics as `batch_<name>`, if it is their turn. Batches are counted from 1, through all epochs. */
  onBatchEnd?(batch: number, logs?: TrainingLogs): Promise<void>;
  /** For an evaluation outside of `fit`: writes `evaluation_<name>_vs_iterations` to the run of validation. */
  onTestEnd(logs: TrainingLogs): Promise<void>;
  /** As the option `model`; called by TensorFlow.js where it can. */
  setModel(model: ModelLike): void;
  /** Called by TensorFlow.js; what it says is not needed. */
  setParams(params: object): void;
  /** A run's writer, for whatever else is to be written to it; opened if it is not. */
  writer(run: CallbackRun): Writer;
  /** Closes the runs, as the end of a training does. */
  close(): Promise<void>;
}

/** @throws ValueError when an option is of another type or out of range */
export function trainingCallback<Writer extends SummaryWriter>(
  open: (run: CallbackRun) => Writer,
  options: CallbackOptions,
): TrainingCallback<Writer> {
  const settings = settingsOf(options);
  const board = new Board(open, settings);
  const { onBatchBegin, onBatchEnd } = board;
  const callback: TrainingCallback<Writer> = {
    onTrainBegin: () => board.onTrainBegin(),
    onTrainEnd: () => board.close(),
    onEpochBegin: async () => board.onEpochBegin(),
    onEpochEnd: (epoch, logs = {}) => board.onEpochEnd(epoch, logs),
    onTestEnd: (logs) => board.onTestEnd(logs),
    setModel: (model) => board.setModel(model),
    setParams() {
      // Called only where the callback itself stands in TensorFlow.js's list. There it is told of every batch, asked or
      // not, and gets results that are on the device still.
      Object.assign(callback, { onBatchBegin, onBatchEnd });
    },
    writer: (run) => board.runs.writer(run),
    close: () => board.close(),
    [Symbol.asyncDispose]: () => board.close(),
  };
  const countsSteps = settings.writeStepsPerSecond && settings.model === undefined;
  return settings.batchFreq > 0 || countsSteps || settings.profile !== undefined
    ? Object.assign(callback, { onBatchBegin, onBatchEnd })
    : callback;
}

/** The callback's state and work. */
class Board<Writer extends SummaryWriter> {
  readonly runs: Runs<Writer>;
  private readonly settings: CallbackSettings;
  private model: ModelLike | undefined;
  /** Batches so far, of all trainings: counted anew, a second one's would take the place of the first one's. */
  private batches = 0;
  private batchStart: number | undefined;
  private epochStart: { readonly iterations: number; readonly at: number } | undefined;
  private wasTold = false;
  private tracing: TracedBatch | undefined;

  constructor(open: (run: CallbackRun) => Writer, settings: CallbackSettings) {
    this.runs = new Runs(open);
    this.settings = settings;
    this.model = settings.model;
  }

  setModel(model: ModelLike): void {
    const told = checkModel(model);
    const { model: given } = this.settings;
    this.model = given !== undefined && isInside(told, given) ? given : told;
  }

  async onTrainBegin(): Promise<void> {
    const writer = this.runs.writer("train");
    if (this.model === undefined) {
      this.checkWithoutModel(writer.path);
      return;
    }
    if (this.settings.embeddingsFreq > 0)
      checkEmbeddings(writer, this.model, this.settings.embeddingsMetadata);
    if (this.settings.writeGraph) writeGraph(writer, this.model);
  }

  onEpochBegin(): void {
    this.epochStart = { iterations: this.iterations() ?? 0, at: performance.now() };
  }

  async onEpochEnd(epoch: number, logs: TrainingLogs): Promise<void> {
    const { train, validation } = byRun(await metricsOf(logs));
    this.writeEvaluation(validation);
    if (train.length + validation.length > 0) {
      const metrics = [...train, ...this.learningRate(), ...this.epochSpeed()];
      writeMetrics(this.runs.writer("train"), metrics, (name) => `epoch_${name}`, epoch);
    }
    if (validation.length > 0)
      writeMetrics(this.runs.writer("validation"), validation, (name) => `epoch_${name}`, epoch);
    await this.writeModel(epoch);
  }

  readonly onBatchBegin = async (): Promise<void> => {
    this.batchStart = performance.now();
    const { profile } = this.settings;
    const step = this.batches + 1;
    if (profile?.isWanted(step) !== true) return;
    await this.tracing?.end();
    this.tracing = traceBatch(this.runs.writer("train"), profile.tf, { step, model: this.model });
  };

  readonly onBatchEnd = async (_batch: number, logs: TrainingLogs = {}): Promise<void> => {
    this.batches++;
    await this.endTrace();
    const { batchFreq } = this.settings;
    if (batchFreq === 0 || this.batches % batchFreq !== 0) return;
    const metrics = [...this.batchSpeed(), ...(await metricsOf(logs))];
    writeMetrics(this.runs.writer("train"), metrics, (name) => `batch_${name}`, this.batches);
  };

  async onTestEnd(logs: TrainingLogs): Promise<void> {
    this.writeEvaluation(await metricsOf(logs));
  }

  async close(): Promise<void> {
    try {
      await this.endTrace();
    } finally {
      await this.runs.close();
    }
  }

  private async endTrace(): Promise<void> {
    const { tracing } = this;
    this.tracing = undefined;
    await tracing?.end();
  }

  /** What needs the model must not be missing in silence. */
  private checkWithoutModel(path: string): void {
    const { histogramFreq, embeddingsFreq, writeGraph: isWanted, graphAsked } = this.settings;
    const how = "TensorFlow.js does not tell which it is: give it, callback(logdir, { model })";
    if (histogramFreq > 0 || embeddingsFreq > 0 || graphAsked)
      throw new ValueError(`histograms, images, embeddings and graph are of a model. ${how}`);
    if (!isWanted || this.wasTold) return;
    this.wasTold = true;
    console.warn(`tsboard: without its model there is no graph and no learning rate in ${path}. ${how}`);
  }

  /** Steps of the optimiser, else batches that were counted; undefined where neither is known. */
  private iterations(): number | undefined {
    return this.model?.optimizer?.iterations ?? (this.batches > 0 ? this.batches : undefined);
  }

  private writeEvaluation(metrics: Metrics): void {
    const iterations = this.iterations();
    if (metrics.length === 0 || iterations === undefined) return;
    const tag = (name: string) => `evaluation_${name}_vs_iterations`;
    writeMetrics(this.runs.writer("validation"), metrics, tag, iterations);
  }

  private learningRate(): Metrics {
    const rate = this.model && learningRateOf(this.model);
    return rate === undefined ? [] : [["learning_rate", rate]];
  }

  private epochSpeed(): Metrics {
    const iterations = this.iterations();
    const { epochStart: start } = this;
    if (!this.settings.writeStepsPerSecond || iterations === undefined || start === undefined) return [];
    return [["steps_per_second", (iterations - start.iterations) / secondsSince(start.at)]];
  }

  private batchSpeed(): Metrics {
    if (!this.settings.writeStepsPerSecond || this.batchStart === undefined) return [];
    return [["steps_per_second", 1 / secondsSince(this.batchStart)]];
  }

  private async writeModel(epoch: number): Promise<void> {
    const { model } = this;
    const { histogramFreq, writeImages, embeddingsFreq, embeddingsMetadata } = this.settings;
    const isTurn = (freq: number) => freq > 0 && epoch % freq === 0;
    if (model === undefined) return;
    const writer = this.runs.writer("train");
    if (isTurn(histogramFreq)) await writeWeights(writer, model, epoch, writeImages);
    if (isTurn(embeddingsFreq)) await writeEmbeddings(writer, model, epoch, embeddingsMetadata);
  }
}

function writeMetrics(
  writer: SummaryWriter,
  metrics: Metrics,
  tag: (name: string) => string,
  step: number,
): void {
  for (const [name, value] of metrics) writer.scalar(tag(name), value, { step });
}

/** A model that cannot be saved can be trained: as in Keras, it goes without a graph. */
function writeGraph(writer: SummaryWriter, model: ModelLike): void {
  try {
    writer.kerasModel("keras", kerasConfig(model.toJSON(undefined, false)));
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    console.warn(`tsboard: the model is not in ${writer.path}, its layers cannot be written: ${reason}`);
  }
}

function secondsSince(at: number): number {
  return (performance.now() - at) / 1000;
}
