/**
 * A model's configuration as Keras 3 writes it (`model.to_json()`), which is what the graphs dashboard draws, made from
 * TensorFlow.js's, which is Keras 2's. Stock TensorBoard (tensorboard/plugins/graph/keras_util.py) finds no edges in
 * that one. Where its reading of Keras 3's would lose edges too, our configuration says the same in other words:
 *
 * - What comes out of a model in the model is named by the layer that it comes out of, at any depth; stock follows a
 *   model's name to its output once, and into other models not at all.
 * - The inputs of a model in a model are names alone: of lists of name and indices, stock connects one input at most,
 *   and none where the outer model is Sequential.
 */
import { ValueError } from "../errors.ts";
import { type Json, type Layer, parseLayer, type Tensor, tensorsIn, toObject } from "./layer-config.ts";

/** What TensorFlow.js's layers compute in unless they say. */
const FLOAT_TYPE = "float32";

/**
 * @param json what `model.toJSON()` gives: an object, or its text
 * @throws ValueError when it is no model's configuration
 */
export function kerasConfig(json: unknown): object {
  const parsed: unknown = typeof json === "string" ? JSON.parse(json) : json;
  const model = parseLayer(parsed);
  if (model.layers === undefined) throw new ValueError(`a model has layers, but ${model.name} has none`);
  return { ...toObject(parsed), ...modelOf(model, "outermost") };
}

function modelOf(model: Layer, place: "outermost" | "nested"): Json {
  const { name, className, config, layers = [] } = model;
  if (className === "Sequential")
    return { class_name: className, config: { name, layers: [...inputOf(layers), ...layers.map(layerOf)] } };
  const inputs = tensorsIn(config.input_layers);
  const outputs = tensorsIn(config.output_layers).map((tensor) => sourceOf(tensor, layers));
  return {
    class_name: "Functional",
    config: {
      name,
      layers: layers.map((layer) => ({ ...layerOf(layer), ...inboundOf(layer, layers) })),
      input_layers: place === "nested" ? inputs.map(([layer]) => layer) : flatIfOne(inputs),
      output_layers: flatIfOne(outputs),
    },
  };
}

function layerOf(layer: Layer): Json {
  const { name, className, config } = layer;
  if (layer.layers !== undefined) return { ...modelOf(layer, "nested"), name };
  const { batch_input_shape: batchShape, dtype, ...others } = config;
  const about = className === "InputLayer" ? { batch_shape: batchShape } : {};
  return { class_name: className, config: { ...about, dtype: dtype ?? FLOAT_TYPE, ...others }, name };
}

/** The layer before the first of a Sequential, which TensorFlow.js keeps to itself under this name. */
function inputOf([first]: readonly Layer[]): Json[] {
  const { batch_input_shape: batchShape, dtype = FLOAT_TYPE } = first?.config ?? {};
  if (first === undefined || first.className === "InputLayer" || !Array.isArray(batchShape)) return [];
  const name = `${first.name}_input`;
  return [{ class_name: "InputLayer", config: { batch_shape: batchShape, dtype, name }, name }];
}

function inboundOf({ calls = [] }: Layer, layers: readonly Layer[]): Json {
  const nodes = calls.map((tensors) => {
    const inputs = tensors.map((tensor) => kerasTensor(sourceOf(tensor, layers)));
    return { args: inputs.length === 1 ? inputs : [inputs], kwargs: {} };
  });
  return { inbound_nodes: nodes };
}

function kerasTensor(tensor: Tensor): Json {
  return { class_name: "__keras_tensor__", config: { dtype: FLOAT_TYPE, keras_history: tensor } };
}

/** The same tensor by the layer that is no model: within models by its path, such as `encoder/dense`. */
function sourceOf(tensor: Tensor, layers: readonly Layer[]): Tensor {
  const [name, , output] = tensor;
  const layer = layers.find((one) => one.name === name);
  const ends = layer === undefined ? [] : outputsOf(layer);
  const end = ends[output] ?? ends.at(-1);
  if (end === undefined) return tensor;
  const [path, call, index] = sourceOf(end, layer?.layers ?? []);
  return [`${name}/${path}`, call, index];
}

/** Within a model; none where the layer is no model. */
function outputsOf({ className, config, layers = [] }: Layer): Tensor[] {
  if (className !== "Sequential") return tensorsIn(config.output_layers);
  return layers.slice(-1).map(({ name }) => [name, 0, 0]);
}

/** One tensor stands there itself, several in a list. */
function flatIfOne(tensors: readonly Tensor[]): Tensor | readonly Tensor[] {
  const [only] = tensors;
  return only !== undefined && tensors.length === 1 ? only : tensors;
}
