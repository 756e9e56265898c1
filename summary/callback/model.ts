/**
 * A model of TensorFlow.js's layers, known by the shape of its interface, so that none of TensorFlow.js is needed here.
 */
import type { NumericArray } from "../../proto/tensor.ts";
import { describe } from "../checks.ts";
import { ValueError } from "../errors.ts";

/**
 * What is used of a weight; those of TensorFlow.js's layers have it.
 *
 * @example
 * const data = async () => Float32Array.of(0.1, 0.2);
 * const bias: WeightLike = { name: "hidden/bias", shape: [2], read: () => ({ data }) };
 * console.log((await bias.read().data()).length); // 2
 */
export interface WeightLike {
  /** Layer and weight, such as `hidden/kernel`; TensorFlow.js adds a number where two would have the same. */
  readonly name: string;
  /** The same without such a number. Default: the name. */
  readonly originalName?: string;
  readonly shape: readonly (number | null)[];
  /** Its value now; read from the device when `data` is called. */
  read(): { data(): Promise<NumericArray | readonly string[]> };
}

/**
 * What is used of a layer; those of TensorFlow.js have it.
 *
 * @example
 * const flatten: LayerLike = { name: "flatten", weights: [], getClassName: () => "Flatten" };
 * console.log(flatten.getClassName()); // Flatten
 */
export interface LayerLike {
  readonly name: string;
  readonly weights: readonly WeightLike[];
  /** As Keras calls it, such as `Dense`. */
  getClassName(): string;
  /** Of a model that is a layer of another. */
  readonly layers?: readonly LayerLike[];
}

/**
 * What is used of a model that is trained; `tf.LayersModel` and `tf.Sequential` have it.
 *
 * @example
 * const model: ModelLike = {
 *   name: "empty",
 *   layers: [],
 *   getClassName: () => "Model",
 *   toJSON: () => ({ class_name: "Model", config: { name: "empty", layers: [] } }),
 * };
 * const board = callback("runs/empty", { model, writeGraph: false });
 * await board.onEpochEnd(0, { loss: 0.5 });
 * await board.onTrainEnd();
 */
export interface ModelLike {
  readonly name: string;
  readonly layers: readonly LayerLike[];
  /** Undefined until the model is compiled. */
  readonly optimizer?: OptimizerLike | undefined;
  /** `Sequential`, or a class with a graph of layers. */
  getClassName(): string;
  /** The configuration as TensorFlow.js saves it: an object with `class_name` and `config`, or its JSON. */
  toJSON(unused?: unknown, returnString?: boolean): unknown;
}

/**
 * What is used of an optimiser; those of TensorFlow.js have it.
 *
 * @example
 * const optimizer: OptimizerLike = { iterations: 100, getConfig: () => ({ learningRate: 0.01 }) };
 * console.log(optimizer.iterations); // 100
 */
export interface OptimizerLike {
  /** Steps that it has taken. */
  readonly iterations?: number;
  /** Has a `learningRate` where the optimiser has one. */
  getConfig(): object;
}

/** @throws ValueError when it is no model of TensorFlow.js's layers */
export function checkModel(model: ModelLike): ModelLike {
  const is = (value: unknown): value is object => typeof value === "object" && value !== null;
  if (is(model) && Array.isArray(model.layers) && typeof model.toJSON === "function") return model;
  throw new ValueError(`\`model\` is a model of TensorFlow.js's layers, not ${describe(model)}`);
}

/** A Sequential of TensorFlow.js trains a model that it keeps in itself, and that is the one that callbacks are told. */
export function isInside(model: ModelLike, sequential: ModelLike): boolean {
  return Reflect.get(sequential, "model") === model;
}

/** Undefined where the optimiser is not known, or has none. */
export function learningRateOf({ optimizer }: ModelLike): number | undefined {
  // The property of the same name is protected, and a tensor in some; the configuration has it in all of them.
  const rate: unknown = optimizer && Reflect.get(optimizer.getConfig(), "learningRate");
  return typeof rate === "number" ? rate : undefined;
}

/** All values of a weight; undefined where they are text, as in lookup tables. */
export async function readWeight(weight: WeightLike): Promise<NumericArray | undefined> {
  const values = await weight.read().data();
  return ArrayBuffer.isView(values) ? values : undefined;
}
