/**
 * The gradient of a convolution with respect to its filters for the wasm back end, which has none: the patches that
 * every filter saw, laid out as a matrix, times the gradients of what it made of them (im2col and matMul).
 */
import { type Conv2DInfo, type KernelRegistry, one, type WasmBackend, wasmKernel } from "./registry.ts";

const NAME = "Conv2DBackpropFilter";

/** Adds the kernel for tensors [batch, height, width, channels], unless the back end brings its own. */
export function registerFilterGradient(tf: KernelRegistry): void {
  if (tf.getKernel(NAME, "wasm")) return;
  const matMul = wasmKernel(tf, "BatchMatMul");
  tf.registerKernel({
    kernelName: NAME,
    backendName: "wasm",
    kernelFunc: ({ inputs, attrs, backend: given }) => {
      // Kernels get their own back end and attributes, which tfjs-core does not know.
      const backend = given as WasmBackend;
      const { strides, pad, dimRoundingMode, filterShape } = attrs as Record<string, never>;
      const shape: readonly number[] = filterShape!;
      const [x, dy] = [inputs.x!, inputs.dy!];
      const info = tf.backend_util.computeConv2DInfo(
        x.shape as never,
        filterShape!,
        strides!,
        1 as never,
        pad!,
        dimRoundingMode!,
      );
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
      return { ...one(product), shape: [...shape] };
    },
  });
}

/** A row for every place in a filter, a column for every place where it was laid; nothing lies outside of the image. */
function fillPatches(patches: Float32Array, images: Float32Array, info: Conv2DInfo): void {
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
