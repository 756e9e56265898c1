/**
 * A Keras model's configuration (`model.to_json()`) as a graph of its layers: the conceptual graph. A layer is a node,
 * a nested model a scope. The rules, with their limits, are those of stock's `keras_util.py`: inputs are read as Keras 3
 * writes them, and a nested model of several inputs is not joined to what feeds it.
 */
import type { pb } from "../../proto/index.ts";
import { GraphError } from "../graph-error.ts";
import { dataTypeNamed } from "./dtype.ts";
import { at, field, type Json, list, text } from "./json.ts";

/** Where nested models are joined to the layers around them. */
interface Joints {
  /** Nodes that feed a nested model's input layers. */
  readonly inputs: Map<string, string>;
  /** Nodes whose outputs are a model's. */
  readonly outputs: Map<string, readonly string[]>;
  /** The node before, which feeds the next one in a model that is a sequence. */
  previous: string | undefined;
}

/** @throws GraphError when it is no configuration of a model or layer */
export function kerasModelToGraph(model: Json): pb.GraphDef.$Properties {
  const joints: Joints = { inputs: new Map(), outputs: new Map(), previous: undefined };
  const node: pb.NodeDef.$Properties[] = [];
  for (const [scope, layer] of layersOf(model)) {
    if (isModel(layer)) joinModel(joints, scope, layer);
    else node.push(layerNode(joints, scope, layer));
  }
  return { node };
}

/** Layers and models with the scopes that they are in, from the outside in. */
function* layersOf(layer: Json, scope = ""): Generator<[scope: string, layer: Json]> {
  yield [scope, layer];
  const inside = scoped(scope, nameOf(layer));
  for (const sublayer of list(field(configOf(layer), "layers"))) yield* layersOf(sublayer, inside);
}

function layerNode(joints: Joints, scope: string, layer: Json): pb.NodeDef.$Properties {
  const name = scoped(scope, nameOf(layer));
  const className = text(field(layer, "class_name"));
  const type = dataTypeNamed(dtypeOf(layer));
  const input = inputsOf(joints, scope, layer);
  const fed = joints.inputs.get(name);
  if (fed !== undefined) input.push(fed);
  joints.previous = name;
  return {
    name,
    input,
    attr: {
      ...(className !== undefined && { keras_class: { s: new TextEncoder().encode(className) } }),
      ...(type !== undefined && { dtype: { type } }),
    },
  };
}

function inputsOf(joints: Joints, scope: string, layer: Json): string[] {
  // A layer of a sequence says nothing of its inputs.
  if (at(layer, "inbound_nodes") == null) return joints.previous === undefined ? [] : [joints.previous];
  return inboundOf(layer).map(({ name, tensor }) => {
    const inbound = scoped(scope, name);
    const outputs = joints.outputs.get(inbound) ?? [inbound];
    return outputs[tensor] ?? outputs.at(-1)!;
  });
}

/** Notes how a nested model is joined to the layers around it. */
function joinModel(joints: Joints, scope: string, model: Json): void {
  const config = configOf(model);
  const name = scoped(scope, nameOf(model));
  const layers = list(field(config, "layers"));
  const inputLayers = list(field(config, "input_layers"));
  const outputLayers = list(field(config, "output_layers"));
  const isFunctional = inputLayers.length > 0 && outputLayers.length > 0;
  const inbound = inboundOf(model);
  if (inbound.length > 0 && isFunctional) {
    for (const [i, { name: from }] of inbound.entries()) {
      const layer = text(inputLayers[i]);
      if (layer !== undefined) joints.inputs.set(scoped(name, layer), scoped(scope, from));
    }
  } else if (inbound.length > 0) joints.previous = scoped(scope, inbound[0]!.name);
  else if (joints.previous !== undefined && isFunctional) {
    // A functional model in a sequence has one input, however its reference is wrapped.
    const layer = referencesTo(inputLayers)[0];
    if (layer !== undefined) joints.inputs.set(scoped(name, layer), joints.previous);
  }
  const outputs = isFunctional ? referencesTo(outputLayers) : layers.slice(-1).map(nameOf);
  if (outputs.length > 0)
    joints.outputs.set(
      name,
      outputs.map((output) => scoped(name, output)),
    );
}

/** Names in `["layer", 0, 0]` or in a list of such references. */
function referencesTo(references: readonly Json[]): string[] {
  const all = Array.isArray(references[0]) ? references : [references];
  return all.flatMap((reference) => text(list(reference)[0]) ?? []);
}

interface Inbound {
  /** Layer or model that feeds this one. */
  readonly name: string;
  /** Which of its outputs. */
  readonly tensor: number;
}

/** What feeds a layer: the history of each argument of its calls, as Keras 3 writes it. */
function inboundOf(layer: Json): Inbound[] {
  return list(field(layer, "inbound_nodes"))
    .flatMap((call) => list(field(call, "args")))
    .flatMap((argument) => (Array.isArray(argument) ? list(argument) : [argument]))
    .flatMap((argument) => {
      const [name, , tensor] = list(field(field(argument, "config"), "keras_history"));
      return typeof name === "string" && typeof tensor === "number" ? [{ name, tensor }] : [];
    });
}

/** The name of a layer's type, which newer versions wrap in a policy. */
function dtypeOf(layer: Json): Json {
  const dtype = field(configOf(layer), "dtype");
  return field(field(dtype, "config"), "name") ?? dtype;
}

function isModel(layer: Json): boolean {
  return at(configOf(layer), "layers") != null;
}

function configOf(layer: Json): Json {
  const config = field(layer, "config");
  if (typeof config !== "object" || config === null)
    throw new GraphError("the Keras model's JSON has a layer without a `config`");
  return config;
}

function nameOf(layer: Json): string {
  const name = text(field(configOf(layer), "name"));
  if (name === undefined) throw new GraphError("the Keras model's JSON has a layer without a `name`");
  return name;
}

function scoped(scope: string, name: string): string {
  return scope === "" ? name : `${scope}/${name}`;
}
