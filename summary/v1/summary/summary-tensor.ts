/** Summaries in the graph: what they are called, which collections they go to, and what they come to. */
import { describe } from "../../checks.ts";
import { TagError, ValueError } from "../../errors.ts";
import type { Attrs } from "../../graph/attrs.ts";
import { withoutSlash } from "../../graph/names.ts";
import { addToCollections } from "../collecting.ts";
import { type TensorInput, toTensor } from "../constant.ts";
import type { Value } from "../dense.ts";
import { getDefaultGraph } from "../graph.ts";
import { GraphKeys } from "../graph-keys.ts";
import { type Argument, apply } from "../op.ts";
import { type Feed, Tensor } from "../operation.ts";
import { type FunctionOptions, func } from "../ops/array.ts";

/**
 * A tensor that is a serialised Summary, as `addSummary` takes it.
 *
 * @example
 * const curve: v1.summary.SummaryTensor = v1.summary.scalar("loss", 0.5);
 * console.log(curve.eval() instanceof Uint8Array); // true
 */
export class SummaryTensor extends Tensor {
  /**
   * The Summary, encoded.
   *
   * @param feed values of the tensors that it shows, as far as they are not computed here
   * @throws ValueError when one is missing or cannot be shown, ShapeError when one does not fit
   */
  override eval(feed: Feed = []): Uint8Array {
    const value = super.eval(feed);
    if (value instanceof Uint8Array) return value;
    throw new ValueError(`${this.name} is a serialised Summary, not ${describe(value)}`);
  }
}

/**
 * Where a summary belongs.
 *
 * @example
 * const options: v1.summary.CollectionOptions = { collections: ["validation"] };
 * v1.summary.text("note", "seldom", options);
 * console.log(v1.summary.mergeAll("validation").op.inputs.length); // 1
 */
export interface CollectionOptions {
  /** Keys of the collections that the summary is in. Default SUMMARIES, which `mergeAll` merges. */
  readonly collections?: readonly string[] | undefined;
}

/**
 * What summaries have in common.
 *
 * @example
 * const options: v1.summary.SummaryOptions = { family: "layer1" };
 * console.log(v1.summary.scalar("loss", 0.5, options).name); // layer1/loss:0
 */
export interface SummaryOptions extends CollectionOptions {
  /** Comes first in the tag, so that summaries of one family stand together on the page. Default none. */
  readonly family?: string | undefined;
}

/**
 * What a summary shows: a tensor, or a function that gives its value whenever the summary is evaluated.
 *
 * @example
 * const shown: v1.summary.SummaryInput[] = [0.5, v1.constant(0.5), () => Math.random()];
 * console.log(shown.map((input, i) => v1.summary.scalar(`loss${i}`, input).name)); // loss0:0,loss1:0,loss2:0
 */
export type SummaryInput = TensorInput | (() => Value);

/** A summary's operation: what is special to its kind. */
export interface SummaryDefinition {
  readonly op: string;
  /** What TensorFlow calls the input with the tag. Default `tag`. */
  readonly tagArgument?: string;
  /** The inputs after the tag, made inside the summary's own scope; the first is what it shows. */
  inputs(): readonly [shown: Argument, ...others: Argument[]];
  attrs?(shown: Tensor): Attrs;
}

/**
 * Adds a summary to the graph. Its tag is its name with the name scopes around it, and so is unique.
 *
 * @throws GraphError when the name is illegal
 */
export function makeSummary(
  name: string,
  definition: SummaryDefinition,
  options: SummaryOptions,
): SummaryTensor {
  const { op, tagArgument = "tag" } = definition;
  const { collections = [GraphKeys.SUMMARIES] } = options;
  const family = options.family === undefined ? "" : `${cleanTag(options.family)}/`;
  return getDefaultGraph().nameScope(`${family}${cleanTag(name)}`, (scope) => {
    const tag = `${family}${withoutSlash(scope)}`;
    const inputs: readonly Argument[] = [[tagArgument, tag, "string"], ...definition.inputs()];
    const operation = apply(op, { name: scope }, inputs, (_tag, shown) => ({
      attrs: shown && definition.attrs?.(shown),
      outputs: [{ dtype: "string", shape: [] }],
    }));
    return collect(new SummaryTensor(operation, 0), collections);
  });
}

/** Puts the summary into the collections. */
export function collect(summary: SummaryTensor, collections: readonly string[]): SummaryTensor {
  addToCollections(collections, summary);
  return summary;
}

/** The tensor that a summary shows; a function becomes one. Called inside the summary's scope. */
export function shownTensor(input: SummaryInput, options: FunctionOptions): Tensor {
  return isSource(input) ? func(input, options) : toTensor(input, { name: options.name });
}

function isSource(input: SummaryInput): input is () => Value {
  return typeof input === "function";
}

/** A tag in which everything that names do not take is an underscore. */
function cleanTag(name: string): string {
  if (typeof name !== "string")
    throw new TagError(`a summary's name must be a string, not ${describe(name)}`);
  return name.replace(/[^-/\p{L}\p{N}_.]/gu, "_").replace(/^\/+/, "");
}
