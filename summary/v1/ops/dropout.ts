/** Dropout: elements are left out at random, so that none is relied on alone. */

import { describe } from "../../checks.ts";
import { ValueError } from "../../errors.ts";
import { constant, type TensorInput, toTensor } from "../constant.ts";
import { getDefaultGraph } from "../graph.ts";
import type { Tensor } from "../operation.ts";
import { type Named, shape } from "./array.ts";
import { greaterEqual, mul } from "./elementwise.ts";
import { select } from "./math.ts";
import { uniformOfShape } from "./random.ts";

/**
 * How much is left out.
 *
 * @example const options: v1.nn.DropoutOptions = { rate: 0.5, seed: 1 };
 */
export interface DropoutOptions extends Named {
  /** Share of elements that are left out, 0 to below 1. */
  readonly rate: number;
  /** The same elements each time. Default: others each time. */
  readonly seed?: number | undefined;
}

/**
 * The tensor with some elements 0, and the others so much greater that the sum stays.
 *
 * @throws ValueError when the rate is not from 0 to below 1
 * @example
 * const layer5 = v1.placeholder("float32", [null, 512]);
 * console.log(v1.nn.dropout(layer5, { rate: 0.5 }).name); // dropout/SelectV2:0
 */
export function dropout(x: TensorInput, options: DropoutOptions): Tensor {
  const { rate, seed, name = "dropout" } = options;
  if (!(rate >= 0 && rate < 1)) throw new ValueError(`a rate is from 0 to below 1, not ${describe(rate)}`);
  return getDefaultGraph().nameScope(name, () => {
    const input = toTensor(x, { name: "x" });
    if (rate === 0) return input;
    const { dtype } = input;
    const scaled = mul(input, constant(1 / (1 - rate), { dtype }), { name: "Mul" });
    const chances = uniformOfShape(shape(input), input.shape, { dtype, seed });
    const isKept = greaterEqual(chances, rate);
    return select(isKept, scaled, constant(0, { dtype }));
  });
}
