/**
 * The gradient of a convolution with respect to its filters for the wasm back end, which has none: the patches that
 * every filter saw, laid out as a matrix, times the gradients of what it made of them (im2col and matMul).
 */

import type { BackendWasm } from "@tensorflow/tfjs-backend-wasm";
import * as tf from "@tensorflow/tfjs-core";

/** Adds wasm's Conv2DBackpropFilter kernel, for tensors [batch, height, width, channels]. Call it before `tf.setBackend`. */
export function registerFilterGradient(): void {
  if (tf.getKernel(tf.Conv2DBackpropFilter, "wasm")) return;
  const matMul = tf.getKernel(tf.BatchMatMul, "wasm");
  if (!matMul) throw new Error("tfjs-backend-wasm has no BatchMatMul kernel");
  tf.registerKernel({
    kernelName: tf.Conv2DBackpropFilter,
    backendName: "wasm",
    kernelFunc: ({ inputs, attrs, backend: given }) => {
      // Kernels get their own back end, typed {} by tfjs-core because it does not know them; and attributes likewise.
      const backend = given as BackendWasm;
      const { strides, pad, dimRoundingMode, filterShape } = attrs as unknown as tf.Conv2DBackpropFilterAttrs;
      const [x, dy] = [inputs.x!, inputs.dy!];
      const shape = x.shape as [number, number, number, number];
      const info = tf.backend_util.computeConv2DInfo(shape, filterShape, strides, 1, pad, dimRoundingMode);
      const columns = info.batchSize * info.outHeight * info.outWidth;
      const rows = info.filterHeight * info.filterWidth * info.inChannels;
      const patches = backend.makeOutput([rows, columns], "float32");
      // After what allocates: a heap that grows leaves its views behind.
      fillPatches(backend.typedArrayFromHeap(patches), backend.typedArrayFromHeap(x), info);
      const gradients = { dataId: dy.dataId, dtype: dy.dtype, shape: [columns, info.outChannels] };
      const product = matMul.kernelFunc({
        inputs: { a: patches, b: gradients },
        attrs: { transposeA: false, transposeB: false },
        backend,
      });
      backend.disposeData(patches.dataId);
      const [result] = Array.isArray(product) ? product : [product];
      return { ...result!, shape: [...filterShape] };
    },
  });
}

/** A row for every place in a filter, a column for every place where it was laid; nothing lies outside of the image. */
function fillPatches(
  patches: tf.backend_util.TypedArray,
  images: tf.backend_util.TypedArray,
  info: tf.backend_util.Conv2DInfo,
): void {
  const { inHeight, inWidth, inChannels, outHeight, outWidth, strideHeight, strideWidth } = info;
  const { top, left } = info.padInfo;
  const step = strideWidth * inChannels;
  let at = 0;
  for (let i = 0; i < info.filterHeight; i++)
    for (let j = 0; j < info.filterWidth; j++) {
      // Columns from here to there lie within the image.
      const from = Math.min(outWidth, Math.max(0, Math.ceil((left - j) / strideWidth)));
      const to = Math.max(from, Math.min(outWidth, Math.ceil((inWidth + left - j) / strideWidth)));
      for (let channel = 0; channel < inChannels; channel++)
        for (let image = 0; image < info.batchSize; image++)
          for (let row = 0; row < outHeight; row++, at += outWidth) {
            const y = row * strideHeight + i - top;
            if (y < 0 || y >= inHeight) {
              patches.fill(0, at, at + outWidth);
              continue;
            }
            if (from > 0) patches.fill(0, at, at + from);
            const start = ((image * inHeight + y) * inWidth + j - left) * inChannels + channel;
            for (let column = from; column < to; column++)
              patches[at + column] = images[start + column * step]!;
            if (to < outWidth) patches.fill(0, at + to, at + outWidth);
          }
    }
}
