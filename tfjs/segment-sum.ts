/**
 * The kernel that the wasm back end lacks for the gradient of `tf.gather`, and so for embeddings: UnsortedSegmentSum,
 * which adds each row of x to the row of the result that its segment id names. Wasm's ScatterNd does just that.
 */
import { type KernelRegistry, wasmKernel } from "./registry.ts";

const NAME = "UnsortedSegmentSum";

/** Registers the kernel, unless the back end brings its own. */
export function registerSegmentSum(tf: KernelRegistry): void {
  const scatter = wasmKernel(tf, "ScatterNd");
  if (tf.getKernel(NAME, "wasm")) return;
  tf.registerKernel({
    ...scatter,
    kernelName: NAME,
    kernelFunc: ({ inputs, attrs, backend }) => {
      const [x, segmentIds] = [inputs.x!, inputs.segmentIds!];
      const indices = { ...segmentIds, shape: [...segmentIds.shape, 1] };
      const shape = [Number(attrs?.numSegments), ...x.shape.slice(segmentIds.shape.length)];
      return scatter.kernelFunc({ inputs: { indices, updates: x }, attrs: { shape }, backend });
    },
  });
}
