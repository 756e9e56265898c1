/**
 * `v1`: the workflow of TensorFlow 1. A graph of named operations is built in scopes, its variables and
 * summaries are found again in collections, and a `FileWriter` writes it all for the page.
 *
 * There is no session: what a training library computes is fed when summaries are evaluated, or loaded into
 * variables. What is only arithmetic, such as decayed learning rates and moving averages, is computed here.
 *
 * In web pages all of it works but files: `writer.graph` and `writer.rawSummary` take what `FileWriter` takes.
 *
 * @example
 * const x = v1.placeholder("float32", [null, 784], { name: "x-input" });
 * const logits = v1.variableScope("layer1", () => {
 *   const weights = v1.getVariable("weights", { shape: [784, 10] });
 *   v1.summary.histogram("weights", weights);
 *   return v1.matMul(x, weights);
 * });
 * const loss = v1.reduceMean(v1.square(logits), { name: "loss" });
 * v1.summary.scalar("loss", loss);
 * const merged = v1.summary.mergeAll();
 * v1.globalVariablesInitializer().run();
 *
 * const events = new v1.summary.FileWriter("runs/v1", v1.getDefaultGraph());
 * events.addSummary(merged.eval([[loss, 0.25]]), 1);
 * await events.close();
 */
export * from "./browser.ts";
export * as summary from "./summary/index.ts";
