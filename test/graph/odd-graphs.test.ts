/** Graphs unlike anybody's: drawn, or said why, and nothing grows beyond what there is of them. */
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { type Graph, GraphError, openGraph, openStep } from "../../graph/index.ts";
import { linearExpression } from "../../graph/linear-expression.ts";
import { DataType, encodeShape, pb } from "../../proto/index.ts";

/** A field of a message: its number, and bytes. */
function field(number: number, bytes: Uint8Array): Buffer {
  const length: number[] = [];
  for (let left = bytes.length; ; left >>>= 7) {
    length.push(left > 0x7f ? (left & 0x7f) | 0x80 : left);
    if (left <= 0x7f) break;
  }
  return Buffer.concat([Buffer.from([(number << 3) | 2, ...length]), bytes]);
}

const names = (scope: { readonly children: readonly { readonly name: string }[] } | undefined) =>
  scope?.children.map(({ name }) => name);

describe("a graph", () => {
  test("that is empty has an empty root", () => {
    const graph = openGraph({});
    expect(graph.scope("")).toMatchObject({ type: "META", cardinality: 0, children: [], edges: [] });
    expect(graph.node("x")).toBeUndefined();
  });

  test("of circles is drawn", () => {
    const graph = openGraph({
      node: [
        { name: "a", op: "Merge", input: ["b", "a"] },
        { name: "b", op: "NextIteration", input: ["a"] },
      ],
    });
    expect(graph.scope("")?.edges.map(({ from, to }) => [from, to])).toEqual([
      ["a", "b"],
      ["b", "a"],
    ]);
  });

  test("with inputs that are not there says which", () => {
    const graph = openGraph({ node: [{ name: "a", op: "Relu", input: ["gone:1", "^away"] }] });
    expect(graph.scope("")?.edges).toEqual([]);
    expect(graph.node("a")?.inputs).toEqual([
      { node: "gone", missing: true, output: 1, dtype: null, shape: null, reference: false },
    ]);
  });

  test("with several nodes of a name has one box, the last one's, with the edges of all", () => {
    const graph = openGraph({
      node: [
        { name: "x", op: "Placeholder" },
        { name: "y", op: "Placeholder" },
        { name: "a", op: "Relu", input: ["x"] },
        { name: "a", op: "Tanh", input: ["y"] },
      ],
    });
    expect(names(graph.scope(""))).toEqual(["x", "y", "a"]);
    expect(graph.node("a")?.op).toBe("Tanh");
    expect(graph.scope("")?.edges.map(({ from }) => from)).toEqual(["x", "y"]);
  });

  test("whose constant asks for strings that it has not says its type and shape, and makes none", () => {
    const tensor = {
      dtype: DataType.DT_STRING,
      tensorShape: encodeShape([1e9, 3]),
      tensorContent: Buffer.from("abc"),
    };
    const graph = openGraph({ node: [{ name: "c", op: "Const", attr: { value: { tensor } } }] });
    expect(graph.node("c")?.attributes).toMatchObject([
      { name: "value", value: expect.stringMatching(/^DT_STRING .{3,20}$/) },
    ]);
  });

  test("with an attribute in an attribute, thousands deep, says that it is none", () => {
    let inner: Uint8Array = new Uint8Array();
    for (let depth = 0; depth < 3000; depth++) {
      // A function's attribute that is a function again: func (10) with attr (2), an entry with a value (2).
      const entry = field(2, inner);
      inner = field(10, field(2, entry));
    }
    const value = Buffer.concat([field(1, Buffer.from("f")), field(2, inner)]);
    const node = Buffer.concat([field(1, Buffer.from("n")), field(2, Buffer.from("Odd")), field(5, value)]);
    const graph = openGraph(field(1, node));
    expect(names(graph.scope(""))).toEqual(["n"]);
    expect(() => graph.node("n")).toThrow(GraphError);
  });

  test("with several functions of a name has one box of it", () => {
    const one = { signature: { name: "f" }, nodeDef: [] };
    const [single, twice] = [[one], [one, one]].map((functions) =>
      openGraph({ node: [], library: { function: functions } }).scope(""),
    );
    expect(twice?.children).toHaveLength(1);
    expect(twice?.cardinality).toBe(single?.cardinality);
  });

  test("with names of ten thousand letters is searched, opened and shown", () => {
    const long = `s/${"n".repeat(10_000)}`;
    const graph = openGraph({
      node: [
        { name: long, op: "NoOp" },
        { name: "z", op: "Relu", input: [long] },
      ],
    });
    expect(names(graph.scope("s"))).toEqual([long]);
    expect(graph.search({ text: "nnnn" }).hits.map(({ name }) => name)).toEqual([long]);
    // The browser's own engine would take for ever.
    expect(graph.search({ text: "^s/(n|n)+$", regex: true }, linearExpression).total).toBe(1);
    expect(graph.search({ text: "(n+)+x$", regex: true }, linearExpression).total).toBe(0);
    expect(() => graph.search({ text: "n", regex: true })).toThrow("nothing that runs expressions");
  });

  test("is searched for attributes by an expression, of their names and of what they say", () => {
    const graph = openGraph({
      node: [
        {
          name: "a",
          op: "Conv2D",
          attr: { strides: { list: { i: [1, 2, 2, 1] } }, padding: { s: Buffer.from("SAME") } },
        },
        {
          name: "b",
          op: "Conv2D",
          attr: { strides: { list: { i: [1, 1, 1, 1] } }, padding: { s: Buffer.from("VALID") } },
        },
      ],
    });
    const found = (text: string) =>
      graph
        .search({ text, regex: true, where: "attribute" }, linearExpression)
        .hits.map(({ name, where }) => [name, where]);
    expect(found("^.*VAL(ID|UE).*$")).toEqual([["b", "padding"]]);
    expect(found("2, *2")).toEqual([["a", "strides"]]);
    expect(found("^pad+ing$")).toEqual([
      ["a", "padding"],
      ["b", "padding"],
    ]);
    expect(found("^Conv2D$")).toEqual([]);
  });

  test("nested a thousand deep can be walked to its end", () => {
    const path = Array.from({ length: 1000 }, (_, i) => `s${i}`);
    const graph = openGraph({ node: [{ name: [...path, "op"].join("/"), op: "Relu" }] });
    expect(names(graph.scope(path.join("/")))).toEqual([[...path, "op"].join("/")]);
    expect(graph.scope("")).toMatchObject({ cardinality: 1 });
  });

  test("nested deeper keeps the rest of the path in one name", () => {
    const name = "d/".repeat(5000);
    const graph = openGraph({
      node: [
        { name, op: "Relu" },
        { name: `${name}e`, op: "Tanh" },
      ],
    });
    const deepest = "d/".repeat(1200).slice(0, -1);
    expect(graph.scope(deepest)?.children.map(({ op }) => op)).toEqual(["Relu", "Tanh"]);
    expect(graph.node(`${name}e`)?.op).toBe("Tanh");
  });

  test("with a million attributes lists a thousand, and says how many more", () => {
    const head = new TextEncoder().encode("\n\u0001a\u0012\u0004Relu");
    const bytes = new Uint8Array(head.length + 11 * 1_000_000);
    bytes.set(head);
    for (let i = 0, at = head.length; i < 1_000_000; i++, at += 11) {
      const letters = [i & 0x7f, (i >> 7) & 0x7f, (i >> 14) & 0x7f];
      bytes.set([0x2a, 9, 0x0a, 3, ...letters, 0x12, 2, 0x18, 1], at);
    }
    const graph = openGraph(Buffer.concat([lengthDelimited(bytes.length), bytes]));
    const found = graph.node("a")!;
    expect(found.attributes).toHaveLength(1000);
    expect(found.attributes_left_out).toBe(999_000);
  });

  test("whose functions call themselves can be opened as deep as one likes", () => {
    const f = {
      signature: { name: "f", inputArg: [{ name: "x", type: 1 }], outputArg: [{ name: "y", type: 1 }] },
      nodeDef: [{ name: "again", op: "f", input: ["x"] }],
    };
    const graph = openGraph({ node: [{ name: "call", op: "f" }], library: { function: [f] } });
    expect(graph.scope("")?.children.find(({ name }) => name === "call")).toMatchObject({
      type: "META",
      function: "__function_library__f",
    });
    const deep = `call${"/again".repeat(50)}`;
    const own = "(__function_library__f)";
    expect(names(graph.scope(deep))).toEqual([own, "x", "again"].map((inner) => `${deep}/${inner}`));
  });

  test("that branches has each branch as a scope in the call", () => {
    const body = (name: string, op: string) => ({
      signature: { name, inputArg: [{ name: "x", type: 1 }] },
      nodeDef: [{ name: "only", op, input: ["x"] }],
    });
    const graph = openGraph({
      node: [
        {
          name: "scope/if",
          op: "If",
          attr: { then_branch: { func: { name: "yes" } }, else_branch: { func: { name: "no" } } },
        },
      ],
      library: { function: [body("yes", "Relu"), body("no", "Tanh")] },
    });
    expect(names(graph.scope("scope/if"))).toEqual(["scope/if/then_branch", "scope/if/else_branch"]);
    expect(names(graph.scope("scope/if/else_branch"))).toContain("scope/if/else_branch/only");
    expect(graph.node("scope/if/else_branch/only")).toMatchObject({
      op: "Tanh",
      inputs: [{ node: "scope/if/else_branch/x", dtype: "DT_FLOAT" }],
    });
  });

  test("cut anywhere is opened or refused in words", () => {
    const bytes = pb.GraphDef.encode(SMALL).finish();
    for (let end = 0; end < bytes.length; end++) {
      try {
        openGraph(bytes.slice(0, end)).scope("");
      } catch (error) {
        expect(error).toBeInstanceOf(GraphError);
        expect(String(error)).toMatch(/is not a GraphDef: at byte \d+ of \d+, after \d nodes/);
      }
    }
  });
});

function lengthDelimited(length: number): Uint8Array {
  const bytes = [0x0a];
  let rest = length;
  for (; rest > 0x7f; rest >>>= 7) bytes.push((rest & 0x7f) | 0x80);
  return Uint8Array.from([...bytes, rest]);
}

const SMALL: pb.GraphDef.$Properties = {
  node: [
    {
      name: "x",
      op: "Placeholder",
      attr: { dtype: { type: 1 }, _output_shapes: { list: { shape: [{ dim: [{ size: 3 }] }] } } },
    },
    { name: "s/y", op: "Relu", input: ["x:0"], device: "/device:CPU:0" },
  ],
  library: {
    function: [{ signature: { name: "f" }, nodeDef: [{ name: "z", op: "NoOp" }], ret: { a: "z:b:0" } }],
  },
};

describe("a step", () => {
  test("of other nodes has a table, and nothing in the graph", () => {
    const nodeStats = [
      { nodeName: "other", allStartMicros: 10, allEndRelMicros: 5, timelineLabel: "other = Foo(a)" },
    ];
    const step = openStep(
      pb.RunMetadata.encode({ stepStats: { devStats: [{ device: "/device:CPU:0", nodeStats }] } }).finish(),
    );
    const graph = openGraph(SMALL);
    expect(graph.scope("", step)?.stats).toBeNull();
    expect(graph.table(step).columns).toEqual({
      name: ["other"],
      op: ["Foo"],
      count: [1],
      total_micros: [5],
      self_micros: [5],
      bytes: [0],
      peak_bytes: [null],
      in_graph: [false],
    });
  });

  test("in which a node runs very often, and keeps what it allocates, has it at the peak", () => {
    const count = 150_000;
    const nodeStats = Array.from({ length: count }, (_, i) => ({
      nodeName: "s/y",
      allStartMicros: 10 + i,
      allEndRelMicros: 1,
      output: [
        {
          slot: 0,
          tensorDescription: {
            allocationDescription: { requestedBytes: 4, allocatorName: "cpu", ptr: i + 1 },
          },
        },
      ],
      memory: [{ allocatorName: "cpu", allocationRecords: [{ allocMicros: 10 + i, allocBytes: 4 }] }],
    }));
    // One that was freed after its node says that the log has every allocation.
    const freed = [
      { allocMicros: 1, allocBytes: 4 },
      { allocMicros: 1_000_000, allocBytes: -4 },
    ];
    const last = {
      nodeName: "x",
      allStartMicros: 1,
      allEndRelMicros: 1,
      memory: [{ allocatorName: "cpu", allocationRecords: freed }],
    };
    const devStats = [{ device: "/device:CPU:0", nodeStats: [...nodeStats, last] }];
    const step = openStep(pb.RunMetadata.encode({ stepStats: { devStats } }).finish());
    expect(openGraph(SMALL).memory(step).devices).toMatchObject([
      {
        peak: { bytes: 4 * (count + 1) },
        at_peak: [
          { name: "s/y", bytes: 4 * count, from_micros: 9, to_micros: null },
          { name: "x", bytes: 4 },
        ],
      },
    ]);
  });

  test("without statistics is empty", () => {
    const graph = openGraph(SMALL);
    const step = openStep(new Uint8Array());
    expect(graph.timeline(step)).toMatchObject({ lanes: [], names: [], span_micros: 0 });
    expect(graph.table(step)).toMatchObject({ columns: { name: [] }, total_micros: 0, peak_bytes: null });
    expect(graph.memory(step)).toEqual({ devices: [] });
  });

  test("whose bytes are something else is refused in words", () => {
    expect(() => openStep(Uint8Array.of(0x0a, 0x05, 0x01))).toThrow(/is not a RunMetadata: at byte 2 of 3/);
  });
});

/** Names that share scopes, repeat, and end in numbers. */
const name = fc
  .array(fc.constantFrom("a", "b", "c_1", "c_2", "c_3", "c_4", "c_5", "(b)", ""), {
    minLength: 1,
    maxLength: 4,
  })
  .map((parts) => parts.join("/"));
const input = fc
  .tuple(fc.constantFrom("", "^"), name, fc.constantFrom("", ":0", ":1", ":out:0"))
  .map((parts) => parts.join(""));
const node = fc.record({
  name,
  op: fc.constantFrom("Relu", "Const", "NoOp", "ScalarSummary", "f", "Assign", ""),
  input: fc.array(input, { maxLength: 4 }),
});
const graphs = fc.record({
  node: fc.array(node, { maxLength: 40 }),
  library: fc.record({
    function: fc.array(
      fc.record({
        signature: fc.record({ name: fc.constantFrom("f", "g") }),
        nodeDef: fc.array(node, { maxLength: 5 }),
      }),
      { maxLength: 2 },
    ),
  }),
});

function everything(graph: Graph): string[] {
  const seen: string[] = [];
  const stack = [""];
  for (let scope = stack.pop(); scope !== undefined; scope = stack.pop()) {
    const found = graph.scope(scope)!;
    for (const child of found.children) {
      seen.push(child.name);
      if (child.type !== "OP" && child.function === null) stack.push(child.name);
      else expect(graph.node(child.name), child.name).toBeDefined();
    }
  }
  return seen;
}

describe("whatever the graph", () => {
  test("every box is seen once, edges are between children, and what is in a scope adds up", () => {
    fc.assert(
      fc.property(graphs, (definition) => {
        const graph = openGraph(definition);
        const seen = everything(graph);
        expect(new Set(seen).size).toBe(seen.length);
        const root = graph.scope("")!;
        expect(
          root.children.reduce(
            (sum, { cardinality, function: f }) => sum + (f === null ? cardinality : 1),
            0,
          ),
        ).toBe(root.cardinality);
        const children = new Set(root.children.map((child) => child.name));
        for (const { from, to } of root.edges)
          expect([children.has(from), children.has(to), from === to]).toEqual([true, true, false]);
        for (const one of [...root.aside.inputs, ...root.aside.outputs]) expect(children).toContain(one);
        for (const child of children)
          for (const direction of ["inputs", "outputs"] as const)
            expect(graph.trace(child, direction), child).toMatchObject({ name: child });
        expect(graph.diff(graph)).toMatchObject({ added: 0, removed: 0, changed: 0 });
      }),
    );
  });

  test("bytes that are no graph are refused in words, or opened", () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 200 }), (bytes) => {
        for (const open of [openGraph, openStep])
          try {
            open(bytes);
          } catch (error) {
            expect(error).toBeInstanceOf(GraphError);
          }
      }),
    );
  });
});
