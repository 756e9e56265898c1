/** Files that people have: each is what its content says, and what is none is refused in words. */
import { readFileSync } from "node:fs";
import { gunzipSync } from "node:zlib";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { openFile } from "../../graph/files/open-file.ts";
import { runMetadataOf } from "../../graph/files/run-metadata.ts";
import { GraphError, openGraph, openStep } from "../../graph/index.ts";
import { pb } from "../../proto/index.ts";

const read = (name: string): Uint8Array => readFileSync(new URL(`./files/${name}`, import.meta.url));
const text = (content: unknown): Uint8Array => new TextEncoder().encode(JSON.stringify(content));

function graphIn(bytes: Uint8Array) {
  const opened = openFile(bytes);
  if (opened.what !== "graph") throw new Error(`it is a ${opened.format}`);
  return opened;
}

describe("a file", () => {
  it.each([
    ["graph.pb", "GraphDef"],
    ["graph.pbtxt", "GraphDef as text"],
    ["graph-model.json", "TensorFlow.js model"],
  ])("%s, as TensorFlow writes it, is a %s with the same nodes", (name, format) => {
    const opened = graphIn(read(name));
    expect(opened.format).toBe(format);
    const children = opened.graph.scope("layer")!.children.map(({ name: child, op }) => [child, op]);
    expect(children).toEqual([
      ["layer/product", "MatMul"],
      ["layer/activation", "Relu"],
    ]);
    const attributes = opened.graph.node("layer/product")!.attributes;
    expect(attributes.find((attribute) => attribute.name === "transpose_a")?.value).toBe("false");
  });

  it("a SavedModel has its graph, functions too", () => {
    const opened = graphIn(read("saved_model.pb"));
    expect(opened.format).toBe("SavedModel");
    expect(opened.graph.scope("")!.functions.length).toBeGreaterThan(0);
  });

  it("a Keras model's JSON is a graph of layers, inside TensorFlow.js's model.json too", () => {
    const json: unknown = JSON.parse(new TextDecoder().decode(read("keras.json")));
    for (const bytes of [read("keras.json"), text({ modelTopology: { model_config: json } })]) {
      const opened = graphIn(bytes);
      expect(opened.kind).toBe("conceptual");
      expect(opened.graph.scope("small")!.children.map((child) => child.label)).toEqual([
        "input_layer",
        "conv",
        "flatten",
        "dense",
      ]);
    }
  });

  it("a profiler's trace has executions by process and thread", () => {
    const opened = openFile(gunzipSync(read("step.pt.trace.json.gz")));
    if (opened.what !== "trace") throw new Error("no trace");
    const graph = openGraph({ node: [] });
    const timeline = graph.timeline(opened.step);
    expect(timeline.lanes).toEqual([
      { device: "process 7: python", thread: "main" },
      { device: "process 0", thread: "thread 7" },
    ]);
    expect(timeline.name).toHaveLength(60);
    // The convolution runs inside of the one that called it.
    expect([timeline.depth[0], timeline.depth[1]]).toEqual([0, 1]);
    const { columns } = graph.table(opened.step, "node");
    const row = columns.name.indexOf("aten::conv2d");
    expect([columns.op[row], columns.count[row]]).toEqual(["cpu_op", 20]);
    expect([columns.total_micros[row], columns.self_micros[row]]).toEqual([1600, 600]);
    // The longest first.
    expect(columns.total_micros).toEqual([...Array.from(columns.total_micros)].sort((a, b) => b - a));
  });

  it("a trace stays the same as the run metadata that is written of it", () => {
    const opened = openFile(gunzipSync(read("step.pt.trace.json.gz")));
    if (opened.what !== "trace") throw new Error("no trace");
    const written = openStep(pb.RunMetadata.encode(runMetadataOf(opened.step.columns)).finish());
    const graph = openGraph({ node: [] });
    // The executions stand by device there.
    expect(graph.timeline(written).lanes).toEqual(graph.timeline(opened.step).lanes);
    expect(graph.timeline(written).span_micros).toBe(graph.timeline(opened.step).span_micros);
    const rows = (step: typeof written) => {
      const { columns } = graph.table(step, "node");
      return columns.name
        .map((name, row) => [name, ...Object.values(columns).map((column) => column[row])])
        .sort();
    };
    expect(rows(written)).toEqual(rows(opened.step));
  });

  it("traces may begin and end events apart", () => {
    const opened = openFile(
      text([
        { ph: "B", name: "outer", pid: 1, tid: 1, ts: 0 },
        { ph: "B", name: "inner", pid: 1, tid: 1, ts: 10 },
        { ph: "E", pid: 1, tid: 1, ts: 30 },
        { ph: "E", pid: 1, tid: 1, ts: 100 },
      ]),
    );
    if (opened.what !== "trace") throw new Error("no trace");
    const { columns } = openGraph({ node: [] }).table(opened.step, "node");
    expect([columns.name, columns.total_micros]).toEqual([
      ["outer", "inner"],
      [100, 20],
    ]);
  });

  it("a trace of very many events that never end is read in one go", () => {
    const begun = Array.from({ length: 300_000 }, (_, ts) => ({
      ph: "B",
      name: "never",
      pid: 1,
      tid: 1,
      ts,
    }));
    const opened = openFile(text([...begun, { ph: "E", pid: 1, tid: 1, ts: 300_000 }]));
    if (opened.what !== "trace") throw new Error("no trace");
    const { columns } = openGraph({ node: [] }).table(opened.step, "node");
    expect([columns.count, columns.total_micros]).toEqual([[1], [1]]);
  });

  /** A message of numbered fields: numbers as varints of one byte, the rest with its length. */
  const message = (...fields: [number: number, value: number | string | Uint8Array][]): Uint8Array =>
    Uint8Array.from(
      fields.flatMap(([number, value]) => {
        if (typeof value === "number") return [number << 3, value];
        const bytes = typeof value === "string" ? new TextEncoder().encode(value) : value;
        return [(number << 3) | 2, bytes.length, ...bytes];
      }),
    );
  const statNames = message([1, 3], [2, message([1, 3], [2, "start"])]);
  const environment = message([2, "Task Environment"], [5, statNames]);
  const hostPlane = message([1, 2], [2, "/host:CPU"], [3, message([1, 1], [2, "main"])]);
  const eventFile = Uint8Array.of(9, 0, 0, 0, 0, 0, 0, 0, 1, 2, 3, 4, 9, 0, 0, 0, 0, 0, 0, 0, 0, 1, 2, 3, 4);

  it.each([
    ["a profile that TensorFlow writes", message([1, environment], [4, "host"]), "an XSpace (.xplane.pb)"],
    ["one with a plane that has a number", message([1, hostPlane]), "an XSpace (.xplane.pb)"],
    ["nodes without names", message([1, message([2, "Relu"])]), "none of its nodes has a name"],
    [
      "run metadata",
      pb.RunMetadata.encode({ stepStats: { devStats: [{ device: "/cpu:0" }] } }).finish(),
      "no GraphDef",
    ],
    ["an event file", eventFile, "this seems to be an event file"],
    ["an empty file", new Uint8Array(), "the file is empty"],
    ["other JSON", text({ a: 1 }), "the JSON is neither a Keras model"],
    ["cut JSON", new TextEncoder().encode('{"a":'), "the file is no JSON"],
    ["text that is no GraphDef", new TextEncoder().encode("hello world\n"), "as the text of a GraphDef"],
    ["a trace without durations", text({ traceEvents: [{ ph: "i" }] }), "no event with a duration"],
    ["a cut GraphDef", read("graph.pb").subarray(0, 100), "63 bytes are announced, 8 are there"],
    ["a cut SavedModel", read("saved_model.pb").subarray(0, 3000), "as a SavedModel"],
  ])("refuses %s in words", (_what, bytes, words) => {
    expect(() => openFile(bytes)).toThrow(GraphError);
    expect(() => openFile(bytes)).toThrow(words);
  });

  it("never fails in another way, whatever the bytes", () => {
    const changed = (whole: Uint8Array) =>
      fc
        .tuple(fc.nat(Math.min(600, whole.length - 1)), fc.nat(255))
        .map(([at, byte]) => whole.map((old, i) => (i === at ? byte : old)));
    const broken = fc.oneof(
      fc.uint8Array({ maxLength: 300 }),
      changed(read("graph.pb")),
      changed(read("saved_model.pb")),
    );
    fc.assert(
      fc.property(broken, (bytes) => {
        try {
          openFile(bytes);
        } catch (error) {
          expect(error).toBeInstanceOf(GraphError);
        }
      }),
    );
  });
});
