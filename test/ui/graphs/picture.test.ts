/** What a picture shows of a graph: main graph, what stands aside, annotations, sections, traces. */
import { describe, expect, it } from "vitest";
import { openGraph } from "../../../graph/index.ts";
import { buildFrames, type PictureOptions } from "../../../ui/dashboards/graphs/picture/frame.ts";
import { reachedIds } from "../../../ui/dashboards/graphs/picture/trace.ts";

/** `name op input input`, a line each. */
function graphOf(text: string) {
  const node = text
    .trim()
    .split("\n")
    .map((line) => line.trim().split(/\s+/))
    .map(([name, op, ...input]) => ({ name: name!, op: op!, input }));
  return openGraph({ node });
}

const NOTHING: PictureOptions = {
  opened: new Set(),
  hiddenOps: new Set(),
  putAside: new Set(),
  putBack: new Set(),
  ungrouped: new Set(),
};

function picture(graph: ReturnType<typeof graphOf>, options: Partial<PictureOptions> = {}) {
  return buildFrames(graph.scope("")!, (name) => graph.scope(name), { ...NOTHING, ...options });
}

const LAYERS = graphOf(`
  x Placeholder
  dense/kernel Const
  dense/MatMul MatMul x dense/kernel
  dense/Relu Relu dense/MatMul
  loss Sum dense/Relu
`);
const ids = (items: readonly { readonly id: string }[]) => items.map((item) => item.id).sort();

describe("the picture of a graph", () => {
  it("shows scopes closed, then what is in them in place", () => {
    const closed = picture(LAYERS);
    expect(ids(closed.main)).toEqual(["dense", "loss", "x"]);
    expect(closed.edges.map(({ from, to }) => `${from} -> ${to}`).sort()).toEqual([
      "dense -> loss",
      "x -> dense",
    ]);
    const open = picture(LAYERS, { opened: new Set(["dense"]) }).frames.get("dense")!;
    expect(ids(open.main)).toEqual(["dense/MatMul", "dense/Relu"]);
    expect(open.ports.map(({ neighbour, side }) => `${side} ${neighbour}`).sort()).toEqual([
      "from x",
      "to loss",
    ]);
    expect(open.chips.get("dense/MatMul")).toEqual([
      expect.objectContaining({ label: "kernel", side: "input", kind: "constant" }),
    ]);
  });

  it("puts aside what is put aside by hand, and tells of it at its neighbours", () => {
    const frame = picture(LAYERS, { putAside: new Set(["x", "loss"]) });
    expect(ids(frame.main)).toEqual(["dense"]);
    expect([ids(frame.inputs), ids(frame.outputs)]).toEqual([["x"], ["loss"]]);
    expect(frame.chips.get("dense")!.map(({ target, side }) => `${side} ${target}`)).toEqual([
      "input x",
      "output loss",
    ]);
  });

  it("hides kinds of operations with their edges", () => {
    const frame = picture(LAYERS, { hiddenOps: new Set(["Placeholder"]) });
    expect(ids(frame.main)).toEqual(["dense", "loss"]);
    expect(frame.edges).toHaveLength(1);
  });

  it("cuts very many siblings into sections in the order of the data, and loses none", () => {
    const lines = Array.from({ length: 1000 }, (_, i) => `n${i}a Op${i} ${i > 0 ? `n${i - 1}a` : ""}`);
    const graph = graphOf(lines.join("\n"));
    const frame = picture(graph);
    expect(frame.main.every((item) => item.kind === "section")).toBe(true);
    expect(frame.main.reduce((sum, item) => sum + item.cardinality, 0)).toBe(1000);
    const first = picture(graph, { opened: new Set([frame.main[0]!.id]) }).frames.get(frame.main[0]!.id)!;
    expect(first.main[0]!.id).toBe("n0a");
    expect(first.ports).toEqual([expect.objectContaining({ neighbour: frame.main[1]!.id, side: "to" })]);
  });

  it("unfolds a series into its members", () => {
    const graph = graphOf(`
      x Placeholder
      ${Array.from({ length: 6 }, (_, i) => `relu_${i + 1} Relu x`).join("\n")}
      y AddN ${Array.from({ length: 6 }, (_, i) => `relu_${i + 1}`).join(" ")}
    `);
    const series = picture(graph).main.find((item) => item.kind === "series")!;
    expect(series.cardinality).toBe(6);
    const unfolded = picture(graph, { ungrouped: new Set([series.name]) });
    expect(ids(unfolded.main)).toEqual([
      "relu_1",
      "relu_2",
      "relu_3",
      "relu_4",
      "relu_5",
      "relu_6",
      "x",
      "y",
    ]);
    expect(unfolded.edges).toHaveLength(12);
  });

  it("shows what a trace reaches in open scopes, in closed ones and in sections", () => {
    const graph = graphOf(`
      x Placeholder
      z Placeholder
      dense/MatMul MatMul x
      dense/Other Neg z
      loss Sum dense/MatMul
      rest Sum dense/Other
    `);
    const open = picture(graph, { opened: new Set(["dense"]) });
    const reached = (frame: typeof open, name: string, direction: "inputs" | "outputs") =>
      [...reachedIds(frame, graph.trace(name, direction)!)].sort();
    expect(reached(open, "loss", "inputs")).toEqual(["dense", "dense/MatMul", "loss", "x"]);
    expect(reached(open, "z", "outputs")).toEqual(["dense", "dense/Other", "rest", "z"]);
    // A closed scope is passed through by what is in it, not as a whole.
    expect(reached(picture(graph), "z", "outputs")).toEqual(["dense", "rest", "z"]);
    const chain = graphOf(
      Array.from({ length: 1000 }, (_, i) => `n${i}a Op${i} ${i > 0 ? `n${i - 1}a` : ""}`).join("\n"),
    );
    const sections = picture(chain);
    const upTo = reachedIds(sections, chain.trace("n250a", "inputs")!);
    expect(ids(sections.main).filter((id) => upTo.has(id))).toEqual(ids(sections.main.slice(0, 2)));
  });
});
