/**
 * The graph of a model of TensorFlow.js's layers, without running it: a node for each call of a layer, with its settings and
 * the shape of what it gives; its weights beside it. Models in models are scopes, which a second call has anew; weights are
 * there once.
 */
import type { pb } from "../../proto/codec.ts";
import { type Layer, parseLayer, tensorsIn } from "../callback/layer-config.ts";
import type { LayerLike, ModelLike } from "../callback/model.ts";
import { ValueError } from "../errors.ts";
import { type Attrs, attr, attrOf } from "./attrs.ts";
import { isDType } from "./dtype.ts";
import { UniqueNames } from "./names.ts";
import type { PartialShape } from "./shape.ts";

type NodeDef = pb.NodeDef.$Properties;

/** What has layers. */
type Container = Pick<LayerLike, "layers">;

/** A tensor as nodes take it in. */
type Input = string;

/** @throws ValueError when it is no model that can be described */
export function layersGraph(model: ModelLike): pb.GraphDef.$Properties {
  const json = model.toJSON(undefined, false);
  const config = parseLayer(typeof json === "string" ? JSON.parse(json) : json);
  if (config.layers === undefined) throw new ValueError(`a model has layers, but ${config.name} has none`);
  const graph = new LayersGraph();
  graph.addModel(config, model, "", undefined);
  return { node: graph.nodes };
}

class LayersGraph {
  readonly nodes: NodeDef[] = [];
  private readonly names = new UniqueNames();
  /** Of weights that have a node, by layer. */
  private readonly weights = new Map<LayerLike, readonly Input[]>();

  /**
   * @param scope of its layers
   * @param inputs undefined: it has its own
   * @returns its outputs
   */
  addModel(config: Layer, model: Container, scope: string, inputs: readonly Input[] | undefined): Input[] {
    return config.className === "Sequential"
      ? this.addSequential(config, model, scope, inputs)
      : this.addFunctional(config, model, scope, inputs);
  }

  private addSequential(
    config: Layer,
    model: Container,
    scope: string,
    given: readonly Input[] | undefined,
  ): Input[] {
    const [first] = config.layers ?? [];
    let inputs = given ?? [];
    if (
      given === undefined &&
      first !== undefined &&
      first.className !== "InputLayer" &&
      first.layers === undefined
    )
      inputs = [this.addInput(join(scope, `${first.name}_input`), first)];
    for (const layer of config.layers ?? []) {
      const isOwnInput = given === undefined && layer === first && inputs.length === 0;
      inputs = this.addCall(layer, layerOf(model, layer), scope, isOwnInput ? undefined : inputs, 0, model);
    }
    return [...inputs];
  }

  private addFunctional(
    config: Layer,
    model: Container,
    scope: string,
    given: readonly Input[] | undefined,
  ): Input[] {
    const { layers = [] } = config;
    const tensors = new Map<string, Input>();
    if (given !== undefined)
      for (const [i, [layer, call, output]] of tensorsIn(config.config.input_layers).entries())
        tensors.set(key(layer, call, output), given[i] ?? "");
    let waiting = layers.flatMap((layer) => {
      const calls =
        layer.className === "InputLayer" || layer.calls?.length === 0 ? [[]] : (layer.calls ?? []);
      return calls.map((taken, call) => ({ layer, taken, call }));
    });
    while (waiting.length > 0) {
      const ready = waiting.filter(({ taken }) => taken.every((tensor) => tensors.has(key(...tensor))));
      if (ready.length === 0)
        throw new ValueError(
          `layer ${waiting[0]?.layer.name} takes tensors that no layer of ${config.name} gives`,
        );
      for (const { layer, taken, call } of ready) {
        if (layer.className === "InputLayer" && tensors.has(key(layer.name, call, 0))) continue;
        const inputs = taken.map((tensor) => tensors.get(key(...tensor)) ?? "");
        const outputs = this.addCall(layer, layerOf(model, layer), scope, inputs, call, model);
        // Calls of models count from 1: the first is that with which they were made (`getConfig` in `container.ts`).
        const number = layer.layers === undefined ? call : call + 1;
        for (const [i, output] of outputs.entries()) tensors.set(key(layer.name, number, i), output);
      }
      waiting = waiting.filter((one) => !ready.includes(one));
    }
    return tensorsIn(config.config.output_layers).map((tensor) => tensors.get(key(...tensor)) ?? "");
  }

  /** @returns its outputs */
  private addCall(
    config: Layer,
    layer: LayerLike | undefined,
    scope: string,
    inputs: readonly Input[] | undefined,
    call: number,
    model: Container,
  ): Input[] {
    if (config.className === "InputLayer")
      return inputs?.length ? [...inputs] : [this.addInput(join(scope, config.name), config)];
    const path = this.names.unique(join(scope, config.name));
    if (config.layers !== undefined && layer !== undefined) return this.addModel(config, layer, path, inputs);
    const weights = layer === undefined ? [] : this.weightsOf(layer, path);
    // A layer with weights is a scope with them in it.
    const name = weights.length === 0 ? path : this.names.unique(join(path, config.className));
    const shapes = layer === undefined ? [] : outputShapes(layer, model, call);
    this.nodes.push({
      name,
      op: config.className,
      input: [...(inputs ?? []), ...weights],
      attr: { ...settingsOf(config), ...(shapes.length > 0 && { _output_shapes: attr.shapes(shapes) }) },
    });
    return Array.from({ length: Math.max(1, shapes.length) }, (_, i) => (i === 0 ? name : `${name}:${i}`));
  }

  private addInput(path: string, { config }: Layer): Input {
    const name = this.names.unique(path);
    const shape = shapeIn(config.batch_input_shape);
    const dtype = isDType(config.dtype) ? config.dtype : "float32";
    this.nodes.push({
      name,
      op: "Placeholder",
      attr: { dtype: attr.type(dtype), shape: attr.shape(shape), _output_shapes: attr.shapes([shape]) },
    });
    return name;
  }

  private weightsOf(layer: LayerLike, path: string): readonly Input[] {
    const known = this.weights.get(layer);
    if (known !== undefined) return known;
    const added = layer.weights.map((weight) => {
      const own = weight.originalName ?? weight.name;
      const rest = own.startsWith(`${layer.name}/`)
        ? own.slice(layer.name.length + 1)
        : (own.split("/").at(-1) ?? own);
      const name = this.names.unique(join(path, rest));
      const dtype: unknown = Reflect.get(weight, "dtype");
      const type: Attrs = { dtype: attr.type(isDType(dtype) ? dtype : "float32") };
      const shape = attr.shape(weight.shape);
      this.nodes.push({
        name,
        op: "VariableV2",
        attr: { ...type, shape, _output_shapes: attr.shapes([weight.shape]) },
      });
      return name;
    });
    this.weights.set(layer, added);
    return added;
  }
}

function key(layer: string, call: number, output: number): string {
  return `${layer}:${call}:${output}`;
}

function join(scope: string, name: string): string {
  return scope === "" ? name : `${scope}/${name}`;
}

function layerOf(model: Container, { name }: Layer): LayerLike | undefined {
  return model.layers?.find((layer) => layer.name === name);
}

/** Of initialisers and their like, the class. */
function settingsOf({ config }: Layer): Attrs {
  const entries = Object.entries(config).flatMap(([name, value]) => {
    const setting =
      typeof value === "object" && value !== null && "class_name" in value ? value.class_name : value;
    const converted = name === "dtype" && isDType(setting) ? attr.type(setting) : attrOf(setting);
    return converted === undefined || name === "name" ? [] : [[name, converted] as const];
  });
  return Object.fromEntries(entries);
}

/**
 * Of a layer's call in a model. A layer keeps what it was called with in all models that it is part of; each model knows
 * the calls that are its own by name and number (`container.ts` of tfjs-layers).
 */
function outputShapes(layer: LayerLike, model: Container, call: number): PartialShape[] {
  const nodes: unknown = Reflect.get(layer, "inboundNodes");
  const own: unknown = Reflect.get(model, "containerNodes");
  if (!Array.isArray(nodes)) return [];
  // A Sequential that was not run yet does not know them, and has no others.
  const isKnown = own instanceof Set && own.size > 0;
  const isOwn = (index: number) => !isKnown || own.has(`${layer.name}_ib-${index}`);
  const node: unknown = nodes.filter((_, index) => isOwn(index))[call];
  const shapes: unknown =
    typeof node === "object" && node !== null ? Reflect.get(node, "outputShapes") : undefined;
  if (!Array.isArray(shapes)) return [];
  return Array.isArray(shapes[0]) ? shapes.map(shapeIn) : [shapeIn(shapes)];
}

function shapeIn(value: unknown): PartialShape {
  return Array.isArray(value) ? value.map((size) => (typeof size === "number" ? size : null)) : null;
}
