/** One number a step: the scalars dashboard. */
import { attr } from "../../graph/attrs.ts";
import {
  makeSummary,
  type SummaryInput,
  type SummaryOptions,
  type SummaryTensor,
  shownTensor,
} from "./summary-tensor.ts";

/**
 * Adds a summary of a number, kept as a 32-bit float.
 *
 * @param tensor without dimensions; or a function of the program that gives the number
 * @throws GraphError when the name is illegal
 * @example
 * const loss = v1.reduceMean(v1.placeholder("float32", [null]), { name: "mean" });
 * const curve = v1.summary.scalar("loss", loss);
 * const events = new v1.summary.FileWriter("runs/v1");
 * events.addSummary(curve.eval([[loss, 0.25]]), 1);
 * await events.close();
 */
export function scalar(name: string, tensor: SummaryInput, options: SummaryOptions = {}): SummaryTensor {
  return makeSummary(
    name,
    {
      op: "ScalarSummary",
      tagArgument: "tags",
      inputs: () => [["values", shownTensor(tensor, { name: "values", shape: [] })]],
      attrs: ({ dtype }) => ({ T: attr.type(dtype) }),
    },
    options,
  );
}
