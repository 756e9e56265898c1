/** A Keras model's configuration: the graphs dashboard draws it as the conceptual graph. */
import { encodeTensor } from "../../proto/tensor.ts";
import { checkOptions, EVENT_OPTIONS } from "../check-options.ts";
import { describe } from "../checks.ts";
import { ValueError } from "../errors.ts";
import type { EventOptions } from "../options.ts";
import type { Plugin, Recorder } from "../recorder.ts";

const KERAS_MODEL: Plugin = { name: "graph_keras_model", content: new TextEncoder().encode("1") };
const DEFAULTS: EventOptions = {};

/**
 * Writes a model's configuration.
 *
 * @param tag Keras's own callback takes `keras`
 * @param model what `model.to_json()` gives in Keras: an object with `class_name` and `config`, or its JSON
 * @param options `step` is 0 by default
 * @returns whether it was kept
 * @throws ValueError when it is no such object, or text that is not the JSON of one
 * @throws TagError, StepError
 * @example
 * const dense = { class_name: "Dense", config: { name: "hidden", units: 10, batch_input_shape: [null, 4] } };
 * writer.kerasModel("keras", { class_name: "Sequential", config: { name: "net", layers: [dense] } });
 */
export function kerasModel(
  recorder: Recorder,
  tag: string,
  model: object | string,
  options: EventOptions = DEFAULTS,
): boolean {
  checkOptions(options, EVENT_OPTIONS, () => `Keras model "${tag}"`);
  const json = typeof model === "string" ? model : JSON.stringify(model);
  if (!isConfiguration(json))
    throw new ValueError(`a model's configuration is an object with a \`config\`, not ${describe(model)}`);
  return recorder.tensor(tag, KERAS_MODEL, encodeTensor([json], []), { step: 0, ...options });
}

function isConfiguration(json: string): boolean {
  try {
    const value: unknown = JSON.parse(json);
    return typeof value === "object" && value !== null && "config" in value;
  } catch {
    return false;
  }
}
