/**
 * Graphs as stock TensorBoard shows them: what its own functions make of models and graphs (stock_graphs.py), saved in
 * stock-graphs.json. Where there is a Python with TensorFlow, that is asked whether it still says so: `vitest -u`
 * saves what it says.
 */

import { readFileSync } from "node:fs";
import { describe, expect, test } from "vitest";
import { GraphError } from "../../../../graph/graph-error.ts";
import { kerasModelToGraph } from "../../../../graph/keras/model-graph.ts";
import { mergeGraphs } from "../../../../graph/merge.ts";
import { pb } from "../../../../proto/index.ts";
import { printText } from "../../../../proto/text-format.ts";
import { withoutLargeAttrs } from "../../../../server/graphs/large-attrs.ts";
import { hasTensorBoard, hasTensorFlow, oracle } from "../../../interop/v1/tensorflow.ts";
import { isExhaustive } from "../../../tools/exhaustive.ts";

/** Graphs are encoded in base64, shown as text. */
interface Saved {
  readonly keras: Readonly<Record<string, { readonly model: unknown; readonly graph: string }>>;
  readonly merges: Readonly<Record<string, { readonly graphs: readonly string[]; readonly merged: string }>>;
  readonly limits: {
    readonly graph: string;
    readonly results: readonly { readonly bytes: number; readonly shown: string }[];
  };
}

const saved: Saved = JSON.parse(readFileSync(new URL("stock-graphs.json", import.meta.url), "utf8"));
const text = (graph: pb.GraphDef.$Properties) => printText("tensorboard.GraphDef", graph, "str");
const decode = (base64: string) => pb.GraphDef.decode(Buffer.from(base64, "base64"));

describe("a Keras model's conceptual graph", () => {
  test.each(Object.entries(saved.keras))("%s", (_name, { model, graph }) => {
    expect(text(kerasModelToGraph(model))).toBe(graph);
  });

  test("joins a functional model to the sequence that it is in, where stock fails", () => {
    const layer = (name: string, more = {}) => ({ class_name: "Dense", config: { name }, ...more });
    const part = {
      class_name: "Functional",
      config: {
        name: "part",
        layers: [layer("inside", { inbound_nodes: [] })],
        input_layers: ["inside", 0, 0],
        output_layers: ["inside", 0, 0],
      },
    };
    const { node } = kerasModelToGraph({ config: { name: "net", layers: [layer("first"), part] } });
    expect(node?.map(({ name, input }) => [name, input])).toEqual([
      ["net/first", []],
      ["net/part/inside", ["net/first"]],
    ]);
  });

  test.each([[null], [[]], [{}], [{ config: {} }], [{ config: { name: "net", layers: [3] } }]])(
    "of %j is refused in words",
    (model) => {
      expect(() => kerasModelToGraph(model)).toThrow(GraphError);
    },
  );
});

describe("graphs merged into one", () => {
  test.each(Object.entries(saved.merges))("%s", (_name, { graphs, merged }) => {
    expect(text(mergeGraphs(graphs.map(decode), "stock"))).toBe(merged);
  });

  test("are of one version", () => {
    expect(() => mergeGraphs([{ versions: { producer: 1 } }, { versions: { producer: 2 } }])).toThrow(
      GraphError,
    );
  });
});

describe("a graph without attributes of more bytes than", () => {
  const { graph, results } = saved.limits;
  test.each(results)("$bytes", ({ bytes, shown }) => {
    expect(text(withoutLargeAttrs(decode(graph), { bytes, key: "_too_large_attrs" }))).toBe(shown);
  });
});

if (isExhaustive)
  test.skipIf(!hasTensorFlow || !hasTensorBoard)("stock still shows them so", { timeout: 120_000 }, () =>
    expect(oracle("stock_graphs.py", [])).toMatchFileSnapshot("stock-graphs.json"),
  );
