/** A tensor as it is, with what says which dashboard it is for. */
import { pb } from "../../../proto/codec.ts";
import { attr } from "../../graph/attrs.ts";
import type { DType } from "../../graph/dtype.ts";
import { constant } from "../constant.ts";
import {
  makeSummary,
  type SummaryInput,
  type SummaryOptions,
  type SummaryTensor,
  shownTensor,
} from "./summary-tensor.ts";

/**
 * What is said of a tensor beside its value.
 *
 * @example
 * const options: v1.summary.TensorOptions = { displayName: "Weights", summaryDescription: "of *layer 1*" };
 * console.log(v1.summary.tensorSummary("weights", [1, 2], options).name); // weights:0
 */
export interface TensorOptions extends SummaryOptions {
  /** What the tensor must hold, or a function gives. Default: what it holds; floats of a function. */
  readonly dtype?: DType | undefined;
  /** Markdown, shown with the tag. Default none. */
  readonly summaryDescription?: string | undefined;
  /** Title in place of the tag. Default: the tag. */
  readonly displayName?: string | undefined;
  /** Takes the place of both, and names the dashboard. Default: no dashboard. */
  readonly summaryMetadata?: pb.SummaryMetadata.$Properties | undefined;
}

/**
 * Adds a summary that holds a tensor.
 *
 * @param tensor of any type and shape; or a function of the program that gives floats
 * @throws GraphError when the name is illegal
 * @example
 * const codes = v1.summary.tensorSummary("codes", v1.placeholder("float32", [null, 2]));
 * console.log(codes.op.op); // TensorSummaryV2
 */
export function tensorSummary(
  name: string,
  tensor: SummaryInput,
  options: TensorOptions = {},
): SummaryTensor {
  const { dtype: wanted, summaryDescription, displayName, summaryMetadata } = options;
  const described = {
    ...(displayName && { displayName }),
    ...(summaryDescription && { summaryDescription }),
  };
  const metadata = pb.SummaryMetadata.encode(summaryMetadata ?? described).finish();
  return makeSummary(
    name,
    {
      op: "TensorSummaryV2",
      inputs: () => [
        ["tensor", shownTensor(tensor, { name: "tensor", dtype: wanted }), wanted],
        [
          "serialized_summary_metadata",
          constant(metadata, { dtype: "string", name: "serialized_summary_metadata" }),
          "string",
        ],
      ],
      attrs: ({ dtype }) => ({ T: attr.type(dtype) }),
    },
    options,
  );
}
