/**
 * What tracing uses of TensorFlow.js, by the shape of its interface: the caller hands TensorFlow.js in, and nothing of it is
 * imported here. Facts are from tfjs-core 4.22, `engine.ts` and `tensor.ts`.
 */
import { describe } from "../checks.ts";
import { ValueError } from "../errors.ts";

/**
 * TensorFlow.js as the caller imported it: `@tensorflow/tfjs-core`, or a package that has all of it, such as
 * `@tensorflow/tfjs-node`.
 *
 * @example
 * import * as tf from "@tensorflow/tfjs-core";
 *
 * const given: TensorFlowLike = tf;
 * console.log(given === tf); // true
 */
export interface TensorFlowLike {
  /** The engine through which all kernels run. */
  engine(): object;
}

/** A tensor, or what kernels know of one. */
export interface TensorInfo {
  /** Stands for the data in the back end; clones and reshaped tensors share it. */
  readonly dataId: object;
  readonly shape: readonly number[];
  readonly dtype: string;
  /** Of tensors, not of what kernels pass among themselves. */
  readonly id?: number;
}

/** A `tf.Variable`. */
export interface VariableInfo extends TensorInfo {
  readonly id: number;
  /** A number where the caller gave none. */
  readonly name: string;
  assign(value: unknown): void;
}

/** A kernel's call; without a name it is that of a function with a gradient of its own (`tf.customGrad`). */
export interface KernelCall {
  readonly kernelName?: string;
  readonly inputs: object;
  readonly attrs?: object;
}

/** What one call has on the tape, for backpropagation. */
export interface TapeNode {
  gradient?: (dys: unknown) => Record<string, () => unknown>;
}

/** What a back end for GPUs has of a tensor's data: values on the CPU, or a texture or buffer on the GPU, or both. */
export interface BackEndData {
  readonly values?: unknown;
  readonly texture?: unknown;
  readonly resource?: unknown;
}

interface BackEndStore {
  has(dataId: object): boolean;
  get(dataId: object): BackEndData;
}

export interface BackEnd {
  /** Runs the function at once; resolves when the device has told how long its work took. */
  time?(work: () => void): Promise<{ readonly kernelMs?: unknown }>;
  timerAvailable?(): boolean;
  /** Of tfjs-node and tfjs-node-gpu. */
  readonly isUsingGpuDevice?: boolean;
  /** Of WebGL. */
  readonly texData?: BackEndStore;
  /** Of WebGPU. */
  readonly tensorMap?: BackEndStore;
}

/** The methods that tracing stands in front of while it is on. */
export interface EngineMethods {
  runKernelFunc(call: KernelCall): unknown;
  addTapeNode(kernel: string, inputs: object, outputs: readonly TensorInfo[], ...rest: unknown[]): void;
  gradients(...args: unknown[]): unknown;
  startScope(name?: string): void;
  endScope(result?: unknown): void;
  makeTensor(values: unknown, shape: readonly number[], dtype?: string, backEnd?: unknown): TensorInfo;
  /** Counts a tensor, and its data if it is new. */
  trackTensor(tensor: TensorInfo, backEnd?: unknown): void;
  /** Called when data is gone from a back end. */
  removeDataId(dataId: object, backEnd: unknown): void;
  /** One more tensor for data that is there; without a back end it is what `variable.assign` does. */
  incRef(tensor: TensorInfo, backEnd: unknown): void;
}

export interface Engine extends EngineMethods {
  readonly backendName: string;
  readonly backend: BackEnd;
  readonly state: {
    /** Bytes of all tensors, clones counted as often as they are there. */
    readonly numBytes: number;
    readonly registeredVariables: Readonly<Record<string, unknown>>;
    readonly tensorInfo: {
      has(dataId: object): boolean;
      get(dataId: object): { readonly bytes: number } | undefined;
    };
    readonly activeTape?: TapeNode[] | null;
  };
}

const METHODS: readonly (keyof EngineMethods)[] = [
  "runKernelFunc",
  "addTapeNode",
  "gradients",
  "startScope",
  "endScope",
  "makeTensor",
  "trackTensor",
  "removeDataId",
  "incRef",
];

/** @throws ValueError when it is not TensorFlow.js, or a version that is built otherwise */
export function engineOf(tf: TensorFlowLike): Engine {
  const engine = isObject(tf) && typeof tf.engine === "function" ? tf.engine() : undefined;
  if (engine === undefined)
    throw new ValueError(
      `tracing takes TensorFlow.js itself, as \`import * as tf\` gives it, not ${describe(tf)}`,
    );
  if (!isEngine(engine))
    throw new ValueError(
      "this version of TensorFlow.js cannot be traced: its engine is not that of version 3 or 4",
    );
  return engine;
}

function isEngine(engine: object): engine is Engine {
  const has = METHODS.every((name) => typeof Reflect.get(engine, name) === "function");
  const state: unknown = Reflect.get(engine, "state");
  return has && isObject(state) && isObject(Reflect.get(state, "registeredVariables"));
}

export function isObject(value: unknown): value is object {
  return typeof value === "object" && value !== null;
}

/** Whether it is a tensor, or what stands for one between kernels. */
export function isTensor(value: unknown): value is TensorInfo {
  return (
    isObject(value) && "dataId" in value && isObject(value.dataId) && "shape" in value && "dtype" in value
  );
}

export function isVariable(value: unknown): value is VariableInfo {
  return isTensor(value) && "assign" in value && typeof value.assign === "function" && "name" in value;
}

/** All tensors in a kernel's inputs, in their order; some are lists, some are left out, some are pictures or video. */
export function tensorsIn(inputs: object): TensorInfo[] {
  return Object.values(inputs).flat().filter(isTensor);
}
