/** How values are distributed at a step: the histograms and distributions dashboards. */
import { attr } from "../../graph/attrs.ts";
import {
  makeSummary,
  type SummaryInput,
  type SummaryOptions,
  type SummaryTensor,
  shownTensor,
} from "./summary-tensor.ts";

/**
 * Adds a summary of a tensor's elements, in TensorFlow 1's buckets. Evaluating it throws ValueError when one is
 * NaN or infinite.
 *
 * @param values of any shape; or a function of the program that gives them
 * @throws GraphError when the name is illegal
 * @example
 * const weights = v1.getVariable("weights", { shape: [784, 500] });
 * const spread = v1.summary.histogram("weights", weights);
 * v1.globalVariablesInitializer().run();
 * const events = new v1.summary.FileWriter("runs/v1");
 * events.addSummary(spread.eval(), 1);
 * await events.close();
 */
export function histogram(name: string, values: SummaryInput, options: SummaryOptions = {}): SummaryTensor {
  return makeSummary(
    name,
    {
      op: "HistogramSummary",
      inputs: () => [["values", shownTensor(values, { name: "values" })]],
      attrs: ({ dtype }) => ({ T: attr.type(dtype) }),
    },
    options,
  );
}
