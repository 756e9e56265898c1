/** How each operation's gradient is made, by the operation's name. */
import type { Operation, Tensor } from "../operation.ts";
import { arrayGradients } from "./array.ts";
import { convolutionGradients } from "./convolution.ts";
import { mathGradients } from "./math.ts";
import { nnGradients } from "./nn.ts";

/**
 * Adds the operations that give the gradients of an operation's inputs from those of its outputs; null for
 * inputs that have none.
 *
 * @example
 * const twice: v1.GradientFunction = (_op, gradient) => [v1.mul(gradient, 2)];
 * v1.registerGradient("Twice", twice);
 */
export type GradientFunction = (op: Operation, ...gradients: Tensor[]) => readonly (Tensor | null)[];

/** Through these flows none. */
const NONE =
  "ArgMax Assign AssignAdd AssignSub Const Equal Fill Greater Less OneHot Rank Shape StopGradient ZerosLike";

/** Null: no gradient flows through. */
const known = new Map<string, GradientFunction | null>([
  ...Object.entries(mathGradients),
  ...Object.entries(nnGradients),
  ...Object.entries(convolutionGradients),
  ...Object.entries(arrayGradients),
  ...NONE.split(" ").map((type) => [type, null] as const),
]);

/**
 * Says how the gradient of an operation is made, for those that are not known here.
 *
 * @param type the operation's name
 * @param gradient null where none flows through it
 * @example
 * v1.registerGradient("LRN", (op, gradient) => [v1.op("LRNGrad", { inputs: [gradient, op.outputs[0]!] }).output]);
 * const x = v1.getVariable("x", { shape: [1, 8] });
 * const norm = v1.op("LRN", { inputs: [x], outputs: [{ shape: [1, 8] }] }).output;
 * console.log(v1.gradients([norm], [x])[0]?.name); // gradients/LRN_grad/LRNGrad:0
 */
export function registerGradient(type: string, gradient: GradientFunction | null): void {
  known.set(type, gradient);
}

/** Undefined where nobody has said it. */
export function gradientFunction(type: string): GradientFunction | null | undefined {
  return known.get(type);
}
