/** Vectors are held once: no projection makes a copy of them, and what it needs beside them is given back. */
import { expect, onTestFinished, test } from "vitest";
import { ProjectionSession } from "../../../ui/projection/session.ts";
import { run } from "../../../ui/projection/work.ts";
import { clusters } from "./points.ts";

test("one projection after the other needs less than the vectors beside them", () => {
  const memories = new Set<WebAssembly.Memory>();
  const memory = WebAssembly.Memory.prototype;
  const { grow } = memory;
  memory.grow = function (this: WebAssembly.Memory, pages: number) {
    memories.add(this);
    return grow.call(this, pages);
  };
  onTestFinished(() => {
    memory.grow = grow;
  });
  const vectors = clusters(4000, 400, 12);
  const bytes = vectors.data.byteLength;
  /** Of each memory in the order in which they were first needed, for each byte of vectors. */
  const taken = () => Array.from(memories, ({ buffer }) => buffer.byteLength / bytes);
  const session = new ProjectionSession();
  run(session.load({ vectors }));
  // What they lay in is the session's, and given back.
  expect(vectors.data.length).toBe(0);
  expect(taken()).toEqual([expect.closeTo(1, 1)]);
  run(session.prepare({ normalise: "none", metric: "euclidean" }));
  run(session.pca({}));
  run(session.neighbours({ k: 15, engine: "approximate" }));
  const layOut = (seed: number) => {
    const umap = run(session.umap({ epochs: 3, engine: "typed-arrays", seed }));
    run(session.tsne({ iterations: 3, perplexity: 10, seed }));
    run(session.trust({ positions: umap }));
    run(session.clusters({ of: "vectors" }));
  };
  layOut(1);
  const [first, ...others] = taken();
  expect(first).toBeLessThan(2);
  // Those of layouts, which go with them.
  for (const own of others) expect(own).toBeLessThan(1);
  layOut(2);
  expect(taken()[0]).toBe(first);
});
