/**
 * Conceptual graphs of models whose Keras configuration stock TensorBoard reads wrongly or not at all: models one after
 * the other, with several inputs, or within a Sequential. Ours says the same so that stock finds every edge.
 */
import { input, type LayersModel, layers, model, sequential } from "@tensorflow/tfjs-layers";
import { beforeAll, describe, expect, test } from "vitest";
import { pickBackend } from "../../../examples/backend.ts";
import { kerasConfig } from "../../../summary/callback/model-config.ts";
import { hasTensorBoard, oracle } from "../v1/tensorflow.ts";
import { type DescribedGraph, graphOf } from "./described-graph.ts";
import { call } from "./models.ts";

const dense = (name: string, units = 2) => layers.dense({ name, units });
const twos = (name: string) => input({ name, shape: [2] });

/** A model of one dense layer. */
function small(name: string): LayersModel {
  const given = twos(`${name}_in`);
  return model({ name, inputs: given, outputs: call(dense(`${name}_out`), given) });
}

/** What a Sequential's first layer wants to know. */
const first = (name: string) => layers.dense({ name, units: 2, inputShape: [2] });

/** A model, and where each node's inputs come from. */
interface Case {
  readonly make: () => LayersModel;
  readonly inputs: Readonly<Record<string, readonly string[]>>;
}

const cases: Readonly<Record<string, Case>> = {
  "a model after a model": {
    make() {
      const x = twos("x");
      return model({ name: "m", inputs: x, outputs: call(small("b"), call(small("a"), x)) });
    },
    inputs: {
      "m/x": [],
      "m/a/a_in": ["m/x"],
      "m/a/a_out": ["m/a/a_in"],
      "m/b/b_in": ["m/a/a_out"],
      "m/b/b_out": ["m/b/b_in"],
    },
  },
  "a Sequential after a Sequential": {
    make() {
      const x = twos("x");
      const [a, b] = ["a", "b"].map((name) => sequential({ name, layers: [first(`${name}1`)] }));
      return model({ name: "m", inputs: x, outputs: call(b!, call(a!, x)) });
    },
    inputs: {
      "m/x": [],
      "m/a/a1_input": ["m/x"],
      "m/a/a1": ["m/a/a1_input"],
      "m/b/b1_input": ["m/a/a1"],
      "m/b/b1": ["m/b/b1_input"],
    },
  },
  "a model that is the end of a model": {
    make() {
      const y = twos("y");
      const outer = model({ name: "outer", inputs: y, outputs: call(small("inner"), y) });
      const x = twos("x");
      return model({ name: "m", inputs: x, outputs: call(dense("end"), call(outer, x)) });
    },
    inputs: {
      "m/x": [],
      "m/outer/y": ["m/x"],
      "m/outer/inner/inner_in": ["m/outer/y"],
      "m/outer/inner/inner_out": ["m/outer/inner/inner_in"],
      "m/end": ["m/outer/inner/inner_out"],
    },
  },
  "two inputs and two outputs of a model in a model": {
    make() {
      const [a, b] = [twos("a"), twos("b")];
      const sum = call(layers.add({ name: "sum" }), [a, b]);
      const both = model({ name: "both", inputs: [a, b], outputs: [sum, call(dense("twice"), sum)] });
      const [x, y] = [twos("x"), twos("y")];
      const outputs = both.apply([x, y]) as (typeof x)[];
      const ends = outputs.map((output, i) => call(dense(`end${i}`), output));
      return model({ name: "m", inputs: [x, y], outputs: ends });
    },
    inputs: {
      "m/x": [],
      "m/y": [],
      "m/both/a": ["m/x"],
      "m/both/b": ["m/y"],
      "m/both/sum": ["m/both/a", "m/both/b"],
      "m/both/twice": ["m/both/sum"],
      "m/end0": ["m/both/sum"],
      "m/end1": ["m/both/twice"],
    },
  },
  "a model within a Sequential": {
    make: () => sequential({ name: "s", layers: [first("begin"), small("a"), dense("end")] }),
    inputs: {
      "s/begin_input": [],
      "s/begin": ["s/begin_input"],
      "s/a/a_in": ["s/begin"],
      "s/a/a_out": ["s/a/a_in"],
      "s/end": ["s/a/a_out"],
    },
  },
  "a model at the start of a Sequential": {
    make: () => sequential({ name: "s", layers: [small("a"), dense("end")] }),
    inputs: { "s/a/a_in": [], "s/a/a_out": ["s/a/a_in"], "s/end": ["s/a/a_out"] },
  },
  "an input layer of one's own": {
    make: () =>
      sequential({
        name: "s",
        layers: [layers.inputLayer({ name: "given", inputShape: [2] }), dense("end")],
      }),
    inputs: { "s/given": [], "s/end": ["s/given"] },
  },
};

const configs: Record<string, object> = {};

beforeAll(async () => {
  await pickBackend("cpu");
  for (const [name, { make }] of Object.entries(cases)) configs[name] = kerasConfig(make().toJSON());
});

const inputsOf = (graph: DescribedGraph | undefined) =>
  Object.fromEntries(Object.entries(graph ?? {}).map(([name, { inputs }]) => [name, inputs]));

test.each(Object.entries(cases))("%s", (name, { inputs }) => {
  expect(inputsOf(graphOf(configs[name]))).toEqual(inputs);
});

describe.skipIf(!hasTensorBoard)("stock TensorBoard", () => {
  test("reads the same", { timeout: 60_000 }, () => {
    const graphs: Record<string, DescribedGraph> = JSON.parse(
      oracle("keras_callback.py", ["graphs"], JSON.stringify(configs)),
    );
    for (const [name, { inputs }] of Object.entries(cases))
      expect(inputsOf(graphs[name]), name).toEqual(inputs);
  });
});
