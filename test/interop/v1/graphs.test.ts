/**
 * Graphs of `v1` beside those that TensorFlow 1's interface builds from the same program (v1_graphs.py), saved
 * in graphs.json. Where there is a Python with TensorFlow, that is asked whether it still builds these:
 * `vitest -u` saves what it says.
 */

import { readFileSync } from "node:fs";
import { gunzipSync } from "node:zlib";
import { describe, expect, test } from "vitest";
import { pb } from "../../../proto/index.ts";
import { v1 } from "../../../summary/index.ts";
import { isExhaustive } from "../../tools/exhaustive.ts";
import { nodesByName } from "./graph-nodes.ts";
import { graphs } from "./graphs.ts";
import { hasTensorFlow, oracle } from "./tensorflow.ts";

/** GraphDefs in gzip and base64, by case. */
type Saved = Readonly<Record<string, string>>;

const saved: Saved = JSON.parse(readFileSync(new URL("./graphs.json", import.meta.url), "utf8"));

describe("a graph has the nodes that TensorFlow gives it", () => {
  test.each(Object.entries(graphs))("%s", (name, build) => {
    const graph = new v1.Graph();
    graph.asDefault(build);
    const ours = nodesByName(pb.GraphDef.decode(pb.GraphDef.encode(graph.asGraphDef()).finish()));
    const theirs = withoutLeftovers(nodesByName(pb.GraphDef.decode(unpack(saved[name] ?? ""))));
    expect(Object.keys(ours).sort()).toEqual(Object.keys(theirs).sort());
    for (const [node, definition] of Object.entries(theirs)) expect(ours[node], node).toEqual(definition);
  });

  test("every saved graph is built", () => {
    expect(Object.keys(graphs).sort()).toEqual(Object.keys(saved).sort());
  });
});

if (isExhaustive)
  test.skipIf(!hasTensorFlow)("TensorFlow still builds these graphs", { timeout: 120_000 }, async () => {
    await expect(oracle("v1_graphs.py", [])).toMatchFileSnapshot("graphs.json");
  });

function unpack(packed: string): Uint8Array {
  return gunzipSync(Buffer.from(packed, "base64"));
}

/** Without what TensorFlow 2 computes while it builds a sum's gradient, and leaves behind in the graph, unused. */
function withoutLeftovers(nodes: Readonly<Record<string, unknown>>): Readonly<Record<string, unknown>> {
  const isLeftover = (name: string) => /(Sum|Mean)(_\d+)?_grad\/(Maximum|floordiv)(\/[xy])?$/.test(name);
  return Object.fromEntries(Object.entries(nodes).filter(([name]) => !isLeftover(name)));
}
