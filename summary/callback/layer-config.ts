/** A model's configuration as TensorFlow.js writes it (`model.toJSON()`): layers, and which tensors each call takes. */
import { describe } from "../checks.ts";
import { ValueError } from "../errors.ts";

export type Json = Readonly<Record<string, unknown>>;

/** A layer, or a model, as TensorFlow.js writes it. */
export interface Layer {
  readonly name: string;
  readonly className: string;
  readonly config: Json;
  /** Of a model. */
  readonly layers: readonly Layer[] | undefined;
  /** A list for every call of the layer, of the tensors that go in; undefined in a Sequential. */
  readonly calls: readonly (readonly Tensor[])[] | undefined;
}

/** One of the outputs of a layer's call. */
export type Tensor = readonly [layer: string, call: number, output: number];

/** @throws ValueError when it is none */
export function parseLayer(value: unknown): Layer {
  const { class_name: className, config: given, inbound_nodes: calls } = toObject(value);
  const config = toObject(given);
  const { name, layers } = config;
  if (typeof className !== "string" || typeof name !== "string")
    throw new ValueError(`a layer's configuration has a class and a name, not ${describe(className)}`);
  return {
    name,
    className,
    config,
    layers: Array.isArray(layers) ? layers.map(parseLayer) : undefined,
    calls: Array.isArray(calls) ? calls.map(tensorsIn) : undefined,
  };
}

export function tensorsIn(value: unknown): Tensor[] {
  const list: unknown[] = Array.isArray(value) ? value : [];
  return list.map((item) => {
    const [layer, call, output]: unknown[] = Array.isArray(item) ? item : [];
    if (typeof layer === "string" && typeof call === "number" && typeof output === "number")
      return [layer, call, output];
    throw new ValueError(`a tensor of a model is [layer, call, output], not ${JSON.stringify(item)}`);
  });
}

export function toObject(value: unknown): Json {
  if (typeof value === "object" && value !== null && !Array.isArray(value)) return { ...value };
  throw new ValueError(`a model's configuration is made of objects, not ${describe(value)}`);
}
