/** What TensorFlow.js tells callbacks: losses and metrics by name, as numbers or on the device still. */
import { describe } from "../checks.ts";
import { ValueError } from "../errors.ts";

/**
 * Losses and metrics by name, those of validation with `val_` before it; numbers, or tensors without dimensions.
 *
 * @example
 * const logs: TrainingLogs = { loss: 0.3, acc: 0.9, val_loss: 0.4, val_acc: 0.85 };
 * const board = callback("runs/logs", { writeGraph: false });
 * await board.onEpochEnd(0, logs);
 * await board.onTrainEnd();
 */
export type TrainingLogs = Readonly<Record<string, number | { data(): Promise<ArrayLike<unknown>> }>>;

/** Names and numbers. */
export type Metrics = readonly (readonly [name: string, value: number])[];

/** What TensorFlow.js adds to the results of a batch. */
const NO_METRICS = new Set(["batch", "size"]);
const VALIDATION = "val_";

/** TensorFlow.js's own metrics that Keras calls by another name; losses and the others are called alike. */
const KERAS_NAMES: Readonly<Record<string, string>> = {
  acc: "accuracy",
  ce: "crossentropy",
  binaryAccuracy: "binary_accuracy",
  categoricalAccuracy: "categorical_accuracy",
  sparseCategoricalAccuracy: "sparse_categorical_accuracy",
  binaryCrossentropy: "binary_crossentropy",
  categoricalCrossentropy: "categorical_crossentropy",
  sparseCategoricalCrossentropy: "sparse_categorical_crossentropy",
  meanSquaredError: "mean_squared_error",
  meanAbsoluteError: "mean_absolute_error",
  meanAbsolutePercentageError: "mean_absolute_percentage_error",
};

/**
 * The metrics among logs, under Keras's names, read from the device where they are there still.
 *
 * @throws ValueError when one is no number
 */
export function metricsOf(logs: TrainingLogs): Promise<Metrics> {
  const entries = Object.entries(logs).filter(([name]) => !NO_METRICS.has(name));
  return Promise.all(
    entries.map(async ([name, value]) => [kerasName(name), await numberOf(name, value)] as const),
  );
}

/** Training's and validation's, the latter without their prefix. */
export function byRun(metrics: Metrics): { train: Metrics; validation: Metrics } {
  const isValidation = (name: string) => name.startsWith(VALIDATION);
  return {
    train: metrics.filter(([name]) => !isValidation(name)),
    validation: metrics
      .filter(([name]) => isValidation(name))
      .map(([name, value]) => [name.slice(VALIDATION.length), value]),
  };
}

/** Of a model with several outputs the output's name comes first: `digit_acc`. */
function kerasName(name: string): string {
  const known = Object.keys(KERAS_NAMES).find((metric) => name === metric || name.endsWith(`_${metric}`));
  return known === undefined ? name : name.slice(0, -known.length) + KERAS_NAMES[known];
}

async function numberOf(name: string, value: TrainingLogs[string]): Promise<number> {
  const isOnDevice = typeof value === "object" && value !== null && "data" in value;
  const number: unknown = isOnDevice ? (await value.data())[0] : value;
  if (typeof number === "number") return number;
  throw new ValueError(`metric "${name}" is a number, not ${describe(number)}`);
}
