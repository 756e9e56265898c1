/** `tsboard/tfjs`: what TensorFlow.js's WebAssembly back end lacks for training. TensorFlow.js itself is handed in. */
import { registerFilterGradient } from "./filter-gradient.ts";
import { registerFastMatMul } from "./matmul.ts";
import type { KernelRegistry } from "./registry.ts";
import { registerSegmentSum } from "./segment-sum.ts";

export type { KernelRegistry } from "./registry.ts";

/**
 * Gives the WebAssembly back end the kernels that trainings need and it lacks: the gradient of a convolution's filters
 * (`Conv2DBackpropFilter`), that of `tf.gather` and so of embeddings (`UnsortedSegmentSum`), and a product of transposed
 * matrices (`BatchMatMul`) that runs ten times as fast. What a version of the back end brings itself stays. Call it after
 * `@tensorflow/tfjs-backend-wasm` is imported and before `tf.setBackend("wasm")`; a second call does nothing.
 *
 * @param tf TensorFlow.js, as it was imported
 * @throws Error when the back end is not imported
 * @example
 * import * as tf from "@tensorflow/tfjs-core";
 *
 * const hasWasm = tf.getKernel("BatchMatMul", "wasm") !== undefined;
 * if (hasWasm) registerWasmKernels(tf);
 * console.log(hasWasm); // false
 */
export function registerWasmKernels(tf: KernelRegistry): void {
  registerFastMatMul(tf);
  registerFilterGradient(tf);
  registerSegmentSum(tf);
}
