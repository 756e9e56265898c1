/**
 * Traces a step of TensorFlow.js: runs it once, with all that it does, and tells what kernels ran, what they took from
 * which, how long they took, and what memory.
 */
import type { ModelLike } from "../callback/model.ts";
import { checkModel } from "../callback/model.ts";
import { checkOptions, type OptionNames } from "../check-options.ts";
import { describe } from "../checks.ts";
import { TraceError, ValueError } from "../errors.ts";
import type { GraphDef } from "../kinds/graph.ts";
import type { RunMetadata } from "../kinds/run-metadata.ts";
import { computedOn, deviceOf, KernelTimes } from "./devices.ts";
import { hookEngine } from "./engine-hooks.ts";
import { hookLayers } from "./layers.ts";
import { enterTrace, leaveTrace } from "./name-scope.ts";
import { NodeNames } from "./node-names.ts";
import { hookOptimizers } from "./optimizers.ts";
import { Patches } from "./patches.ts";
import { tracedMetadata } from "./run-metadata.ts";
import { StepRecorder } from "./step-recorder.ts";
import { type Engine, engineOf, isTensor, type TensorFlowLike, type TensorInfo } from "./tensorflow.ts";
import { tracedNodes } from "./traced-graph.ts";
import { Updates } from "./updates.ts";

/**
 * What helps to name a trace's nodes.
 *
 * @example
 * import * as tf from "@tensorflow/tfjs-core";
 * import "@tensorflow/tfjs-backend-cpu";
 *
 * const images = tf.zeros([2, 4]);
 * const options: TracingOptions = { names: { images } };
 * const { graph } = await trace(tf, () => tf.relu(images), options);
 * console.log(graph.node?.map(({ name }) => name).join(", ")); // images, Relu
 */
export interface TracingOptions {
  /**
   * The model that is run or trained: its layers, its loss and its metrics become scopes. Default: none; layers are
   * then known where `tf` has layers of its own (`tf.layers`), as `@tensorflow/tfjs` and `@tensorflow/tfjs-node` have.
   */
  readonly model?: ModelLike | undefined;
  /** Tensors and variables that were there before, by the names that they get. Default: inputs are `input`, `input_1`… */
  readonly names?: Readonly<Record<string, object>> | undefined;
}

/**
 * What a traced step did.
 *
 * @example
 * import * as tf from "@tensorflow/tfjs-core";
 * import "@tensorflow/tfjs-backend-cpu";
 *
 * const step: Trace<tf.Tensor> = await trace(tf, () => tf.square(tf.scalar(3)));
 * console.log(step.result.dataSync()[0], step.graph.node?.at(-1)?.op); // 9 Square
 */
export interface Trace<Result = void> {
  /** What the function gave. */
  readonly result: Result;
  /** Kernels in the order in which they ran, and what was there before where it is first taken in. */
  readonly graph: GraphDef;
  /** Time and memory of every node. */
  readonly metadata: RunMetadata;
}

/**
 * Runs a step once and traces it. TensorFlow.js is watched only while it runs, and is afterwards as it was, also when the
 * function throws; what then goes wrong is thrown on. Kernels that other code runs while an asynchronous function waits
 * are traced too.
 *
 * @param tf TensorFlow.js, as it was imported
 * @param fn a step: of training or of anything else. It is called at once.
 * @throws TraceError when one is traced already
 * @throws ValueError when TensorFlow.js, the function, the model or a name's tensor is none
 * @example
 * import * as tf from "@tensorflow/tfjs-core";
 * import "@tensorflow/tfjs-backend-cpu";
 *
 * const { graph, metadata } = await trace(tf, () => tf.tidy("hidden", () => tf.relu(tf.add(tf.ones([2, 4]), 1))));
 * console.log(graph.node?.map(({ name }) => name).join(", ")); // hidden/Const, hidden/Const_1, hidden/Add, hidden/Relu
 * console.log(metadata.stepStats?.devStats?.[0]?.device); // /job:cpu/replica:0/task:0/device:CPU:0
 */
export async function trace<Result>(
  tf: TensorFlowLike,
  fn: () => Result,
  options: TracingOptions = {},
): Promise<Trace<Awaited<Result>>> {
  if (typeof fn !== "function") throw new ValueError(`trace runs a function, not ${describe(fn)}`);
  const session = startTrace(tf, options);
  try {
    const result = await fn();
    return { result, ...(await session.finish()) };
  } finally {
    session.stop();
  }
}

/** A trace that is under way. */
export interface TraceSession {
  /** Ends the step, and gives what it did once the back end has told all times. */
  finish(): Promise<Omit<Trace, "result">>;
  /** Puts TensorFlow.js back as it was; does nothing where that is done. */
  stop(): void;
}

export const TRACING_OPTIONS: OptionNames<TracingOptions> = { model: true, names: true };

/** @throws TraceError when one is under way; ValueError when something is none */
export function startTrace(tf: TensorFlowLike, options: TracingOptions): TraceSession {
  checkOptions(options, TRACING_OPTIONS, () => "trace");
  const { model, names = {} } = options;
  const engine = engineOf(tf);
  if (model !== undefined) checkModel(model);
  const given = namesOf(names);
  const now = (): number => performance.now();
  const times = new KernelTimes(engine, now);
  const patches = new Patches();
  const recorder = new StepRecorder({
    backEnd: () => ({ name: engine.backendName, device: deviceOf(engine) }),
    computedOn: (outputs) => computedOn(engine, outputs),
    now,
    bytesOf: (dataId) => engine.state.tensorInfo.get(dataId)?.bytes,
    isRegistered: ({ name }) => Object.hasOwn(engine.state.registeredVariables, name),
    names: given,
    inUse: engine.state.numBytes,
  });
  begin(engine, recorder);
  let isOn = true;
  const stop = (): void => {
    if (!isOn) return;
    isOn = false;
    patches.restore();
    leaveTrace(engine);
  };
  try {
    hookEngine(engine, recorder, patches, times.time, now);
    hookLayers(tf, model, recorder, patches);
    hookOptimizers(tf, model, recorder, patches);
  } catch (error) {
    stop();
    throw error;
  }
  return {
    stop,
    async finish() {
      stop();
      await times.settled();
      return written(recorder);
    },
  };
}

function begin(engine: Engine, recorder: StepRecorder): void {
  if (!enterTrace(engine, recorder))
    throw new TraceError(
      "a step is traced already: a trace within another, or beside one that still runs, would tell of both at once",
    );
}

function written({ recording }: StepRecorder): Omit<Trace, "result"> {
  const nodes = tracedNodes(recording, new NodeNames(new Updates(recording)));
  const graph = { node: nodes.map(({ node }) => node) };
  return { graph, metadata: tracedMetadata(recording, nodes, performance.timeOrigin) };
}

function namesOf(names: Readonly<Record<string, object>>): Map<TensorInfo, string> {
  const given = new Map<TensorInfo, string>();
  for (const [name, tensor] of Object.entries(names)) {
    if (!isTensor(tensor)) throw new ValueError(`names.${name} is a tensor, not ${describe(tensor)}`);
    given.set(tensor, name);
  }
  return given;
}
