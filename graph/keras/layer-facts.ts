/** What a Keras model's layers cost, as far as their configuration and the shapes of what goes in tell. */
import type { pb } from "../../proto/index.ts";
import { layerFlops } from "./flops.ts";
import { at, field, type Json, list, text } from "./json.ts";
import { layerParameters } from "./parameters.ts";
import { LayerConfig, type LayerShape, outputShape } from "./shapes.ts";

export interface LayerFacts {
  readonly parameters: number | null;
  /** Of one example. */
  readonly flops: number | null;
}

/**
 * By full names of layers.
 *
 * @param graph what `kerasModelToGraph` made of the model: it knows what feeds which layer
 */
export function layerFacts(model: Json, graph: pb.GraphDef.$Properties): Map<string, LayerFacts> {
  const layers = new Map<string, Json>();
  collect(model, "", layers);
  const shapes = new Shapes(layers, graph);
  return new Map(
    [...layers].map(([name, layer]) => {
      const config = new LayerConfig(layer);
      const inputs = shapes.inputs(name);
      const input = config.builtFor ?? inputs[0] ?? null;
      const output = shapes.output(name);
      // A layer that is shared is called again and again.
      const calls = Math.max(1, list(field(layer, "inbound_nodes")).length);
      const of = input ?? (config.className === "InputLayer" ? output : null);
      const flops = of && output && layerFlops(config, { input: of, inputs: inputs.length / calls, output });
      return [
        name,
        { parameters: layerParameters(config, input), flops: flops === null ? null : flops * calls },
      ];
    }),
  );
}

function collect(layer: Json, scope: string, layers: Map<string, Json>): void {
  const config = field(layer, "config");
  const name = `${scope}${text(field(config, "name")) ?? ""}`;
  const inner = at(config, "layers");
  if (inner == null) layers.set(name, layer);
  else for (const one of list(inner)) collect(one, `${name}/`, layers);
}

/** Shapes of layers' outputs, worked out from the inputs on. */
class Shapes {
  readonly #layers: ReadonlyMap<string, Json>;
  readonly #feeds: ReadonlyMap<string, readonly string[]>;
  readonly #known = new Map<string, LayerShape | null>();

  constructor(layers: ReadonlyMap<string, Json>, { node }: pb.GraphDef.$Properties) {
    this.#layers = layers;
    this.#feeds = new Map((node ?? []).map(({ name, input }) => [name ?? "", input ?? []]));
  }

  inputs(name: string): (LayerShape | null)[] {
    return (this.#feeds.get(name) ?? []).map((from) => this.output(from));
  }

  output(name: string): LayerShape | null {
    // Without recursion: a model may be thousands of layers deep. What is waiting counts as not known, also in a circle.
    const waiting = [name];
    for (let at = waiting.at(-1); at !== undefined; at = waiting.at(-1)) {
      const feeds = this.#feeds.get(at) ?? [];
      const missing = this.#known.has(at) ? [] : feeds.filter((from) => !this.#known.has(from));
      if (!this.#known.has(at)) this.#known.set(at, null);
      if (missing.length > 0) {
        for (const layer of missing) waiting.push(layer);
        continue;
      }
      waiting.pop();
      const layer = this.#layers.get(at);
      const inputs = feeds.map((from) => this.#known.get(from) ?? null);
      if (layer !== undefined && this.#known.get(at) === null)
        this.#known.set(at, outputShape(new LayerConfig(layer), inputs));
    }
    return this.#known.get(name) ?? null;
  }
}
