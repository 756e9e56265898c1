/** Markdown at a step: the text dashboard. */
import type { CollectionOptions, SummaryInput, SummaryTensor } from "./summary-tensor.ts";
import { tensorSummary } from "./tensor.ts";

/**
 * Adds a summary of text.
 *
 * @param tensor a string, or a list or table of strings; a tensor of them, or a function of the program that
 *   gives them
 * @throws GraphError when the tensor holds something else, or the name is illegal
 * @example
 * const table = v1.summary.text("configuration", [["rate", "0.1"], ["batch", "100"]]);
 * const events = new v1.summary.FileWriter("runs/v1");
 * events.addSummary(table.eval());
 * await events.close();
 */
export function text(name: string, tensor: SummaryInput, options: CollectionOptions = {}): SummaryTensor {
  const summaryMetadata = { pluginData: { pluginName: "text" } };
  return tensorSummary(name, tensor, { ...options, summaryMetadata, dtype: "string" });
}
