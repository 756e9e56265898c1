/**
 * A faster transposed matrix product for the wasm back end.
 *
 * tfjs-backend-wasm gives a product to XNNPACK only where neither operand is transposed (BatchMatMul.cc); the
 * gradient of `matMul(x, w)` with respect to w is `matMul(x, dy, true)`, which runs in a plain loop: 24 ms instead
 * of 2.5 ms for [784, 100] x [100, 500], and so most of a training step. Transposing first costs a fraction of that.
 */

import type { BackendWasm } from "@tensorflow/tfjs-backend-wasm";
import * as tf from "@tensorflow/tfjs-core";

/** Replaces wasm's BatchMatMul kernel by one that transposes its operands first. Call it before `tf.setBackend`. */
export function registerFastMatMul(): void {
  const matMul = kernel(tf.BatchMatMul);
  const transpose = kernel(tf.Transpose);
  tf.unregisterKernel(tf.BatchMatMul, "wasm");
  tf.registerKernel({
    ...matMul,
    kernelFunc: ({ inputs, attrs, backend }) => {
      const temporary: tf.TensorInfo[] = [];
      const plain = (x: tf.TensorInfo, transposed: boolean): tf.TensorInfo => {
        if (!transposed) return x;
        const axes = x.shape.map((_, axis) => axis);
        const perm = [...axes.slice(0, -2), axes.length - 1, axes.length - 2];
        const result = one(transpose.kernelFunc({ inputs: { x }, attrs: { perm }, backend }));
        temporary.push(result);
        return result;
      };
      const a = plain(inputs.a!, attrs?.transposeA === true);
      const b = plain(inputs.b!, attrs?.transposeB === true);
      const product = one(
        matMul.kernelFunc({ inputs: { a, b }, attrs: { transposeA: false, transposeB: false }, backend }),
      );
      // Kernels get their own back end, typed {} by tfjs-core because it does not know them.
      for (const x of temporary) (backend as BackendWasm).disposeData(x.dataId);
      return product;
    },
  });
}

function kernel(name: string): tf.KernelConfig {
  const config = tf.getKernel(name, "wasm");
  if (!config) throw new Error(`tfjs-backend-wasm has no ${name} kernel`);
  return config;
}

function one(result: tf.TensorInfo | tf.TensorInfo[]): tf.TensorInfo {
  return Array.isArray(result) ? result[0]! : result;
}
