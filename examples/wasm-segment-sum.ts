/**
 * The kernel that the wasm back end lacks for the gradient of `tf.gather`, and so for embeddings: UnsortedSegmentSum,
 * which adds each row of x to the row of the result that its segment id names. Wasm's ScatterNd does just that.
 */

import * as tf from "@tensorflow/tfjs-core";

/** Registers the kernel. Call it once the back end is loaded; a version that brings its own keeps it. */
export function registerSegmentSum(): void {
  const scatter = tf.getKernel(tf.ScatterNd, "wasm");
  if (!scatter) throw new Error("tfjs-backend-wasm has no ScatterNd kernel");
  if (tf.getKernel(tf.UnsortedSegmentSum, "wasm")) return;
  tf.registerKernel({
    ...scatter,
    kernelName: tf.UnsortedSegmentSum,
    kernelFunc: ({ inputs, attrs, backend }) => {
      const [x, segmentIds] = [inputs.x!, inputs.segmentIds!];
      const indices = { ...segmentIds, shape: [...segmentIds.shape, 1] };
      const shape = [Number(attrs?.numSegments), ...x.shape.slice(segmentIds.shape.length)];
      return scatter.kernelFunc({ inputs: { indices, updates: x }, attrs: { shape }, backend });
    },
  });
}
