/**
 * `v1.summary`: summaries as nodes of the graph, and the writer that takes what they come to.
 *
 * @example
 * const loss = v1.placeholder("float32", [], { name: "loss" });
 * v1.summary.scalar("loss", loss);
 * const merged = v1.summary.mergeAll();
 * const events = new v1.summary.FileWriter("runs/v1", v1.getDefaultGraph());
 * events.addSummary(merged.eval([[loss, 0.25]]), 1);
 * await events.close();
 */
export * from "./browser.ts";
export { FileWriter } from "./file-writer.ts";
