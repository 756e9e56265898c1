/** What a web page that builds a graph does with `v1`, for v1.test.ts, which bundles it and calls `graphBytes`. */
import { createWriter, MemorySink, v1 } from "tsboard";

/** The bytes of an event file with a graph and what its summaries come to. */
async function graphBytes(): Promise<number[]> {
  const x = v1.placeholder("float32", [null, 4], { name: "x-input" });
  const logits = v1.variableScope("layer1", () => {
    const weights = v1.getVariable("weights", { shape: [4, 2], initializer: v1.constantInitializer(0.5) });
    v1.summary.histogram("weights", weights);
    return v1.matMul(x, weights);
  });
  const loss = v1.nn.l2Loss(logits, { name: "loss" });
  v1.summary.scalar("loss", loss);
  v1.summary.image("x", v1.reshape(x, [-1, 2, 2, 1]));
  const merged = v1.summary.mergeAll();
  new v1.train.GradientDescentOptimizer(0.1).minimize(loss);
  v1.globalVariablesInitializer().run();

  const sink = new MemorySink();
  const writer = createWriter(sink, { clock: () => 1_700_000_000_000 });
  writer.graph(v1.getDefaultGraph().asGraphDef(), { step: 0 });
  writer.rawSummary(
    merged.eval([
      [x, [0, 0.25, 0.5, 1]],
      [loss, 0.75],
    ]),
    { step: 1 },
  );
  await writer.close();
  return Array.from(new Uint8Array(await sink.blob().arrayBuffer()));
}

export type GraphBytes = typeof graphBytes;
Object.assign(globalThis, { graphBytes });
