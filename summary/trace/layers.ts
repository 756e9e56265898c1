/**
 * Layers, losses, metrics and optimisers as scopes while a step is traced. tfjs-layers runs a layer with `apply`, and those
 * that are within another (cells of an RNN, what a wrapper wraps) with `call`, as its `topology.ts`, `recurrent.ts` and
 * `wrappers.ts` have it; `training.ts` has the train step.
 */
import type { ModelLike } from "../callback/model.ts";
import type { Patches } from "./patches.ts";
import type { ScopeRecord } from "./recording.ts";
import type { StepRecorder } from "./step-recorder.ts";
import { isObject, type TensorFlowLike } from "./tensorflow.ts";

/** Where layers have other layers. */
const PARTS = ["layers", "layer", "cell", "cells", "forwardLayer", "backwardLayer"];

/** With a model, its layers; else those of a TensorFlow.js that has layers of its own, when they are applied. */
export function hookLayers(
  tf: TensorFlowLike,
  model: ModelLike | undefined,
  recorder: StepRecorder,
  patches: Patches,
): void {
  const scopes = new LayerScopes(recorder, patches);
  if (model !== undefined) {
    for (const layer of partsOf(model)) scopes.watch(layer);
    scopes.watchTraining(model);
  }
  const layers: unknown = Reflect.get(tf, "layers");
  const layerClass: unknown = isObject(layers) ? Reflect.get(layers, "Layer") : undefined;
  if (typeof layerClass === "function" && isObject(layerClass.prototype))
    scopes.watchClass(layerClass.prototype);
}

class LayerScopes {
  private readonly recorder: StepRecorder;
  private readonly patches: Patches;
  private readonly watched = new Set<object>();
  private readonly entered = new Set<object>();

  constructor(recorder: StepRecorder, patches: Patches) {
    this.recorder = recorder;
    this.patches = patches;
  }

  /** A layer, and those in it. */
  watch(layer: object): void {
    if (this.watched.has(layer)) return;
    this.watched.add(layer);
    for (const method of ["apply", "call"])
      this.patches.wrap(layer, method, (self, run) => this.enter(self, run));
    for (const part of partsOf(layer)) this.watch(part);
  }

  watchClass(prototype: object): void {
    this.patches.wrap(prototype, "apply", (self, run) => {
      for (const part of partsOf(self)) this.watch(part);
      return this.enter(self, run);
    });
  }

  /** The train step of `fit`, `fitDataset` and `trainOnBatch`: what no layer does in it is loss or metric. */
  watchTraining(model: ModelLike): void {
    const { optimizer } = model;
    if (optimizer !== undefined)
      this.patches.wrap(optimizer, "minimize", (_, run) => this.recorder.inTraining(run));
    const metrics: unknown = Reflect.get(model, "metricsTensors");
    if (!Array.isArray(metrics)) return;
    for (const entry of metrics)
      if (Array.isArray(entry) && typeof entry[0] === "function")
        this.patches.wrap(entry, "0", (_, run) => this.enterBeside("metrics", run));
  }

  private enter(layer: object, run: () => unknown): unknown {
    const { recorder } = this;
    if (recorder.scope.owner === layer) return run();
    if (!this.entered.has(layer)) recorder.layers.push(layer);
    this.entered.add(layer);
    const name: unknown = Reflect.get(layer, "name");
    if (typeof name !== "string" || name === "") return run();
    const parent = beside(recorder.scope);
    return recorder.within(recorder.child("named", name, { owner: layer, parent }), run);
  }

  private enterBeside(name: string, run: () => unknown): unknown {
    const { recorder } = this;
    return recorder.within(recorder.child("named", name, { parent: beside(recorder.scope) }), run);
  }
}

/** Layers of a model are not part of its loss, though they are called while it is computed. */
function beside(scope: ScopeRecord): ScopeRecord {
  return scope.kind === "loss" && scope.parent !== null ? scope.parent : scope;
}

/**
 * What layers call their weights, by the names that the variables have: TensorFlow.js adds a number where there was another
 * of the name in the process.
 */
export function weightNames(layers: readonly object[]): Map<string, string> {
  const names = new Map<string, string>();
  for (const weight of layers.flatMap((layer) => readPart(layer, "weights") ?? [])) {
    if (!isObject(weight) || !("originalName" in weight) || !("name" in weight)) continue;
    names.set(String(weight.name), String(weight.originalName));
  }
  return names;
}

function partsOf(whole: object): object[] {
  return PARTS.flatMap((name) => {
    // Some are getters that throw where a model is not built.
    const part: unknown = name in whole ? readPart(whole, name) : undefined;
    return (Array.isArray(part) ? part : [part]).filter(isObject);
  });
}

function readPart(whole: object, name: string): unknown {
  try {
    return Reflect.get(whole, name);
  } catch {
    return undefined;
  }
}
