/** LeNet-5 as the textbook has it, in TensorFlow.js's layers: 61,706 parameters. */

import { layers, type Sequential, sequential } from "@tensorflow/tfjs-layers";

/** Classifies images [count, 28, 28, 1]; gives probabilities [count, 10]. */
export function lenet5(): Sequential {
  const activation = "relu";
  return sequential({
    name: "lenet5",
    layers: [
      // LeNet-5 reads 32 x 32 pixels, so that strokes at a digit's edge come to lie in the middle of a filter.
      layers.zeroPadding2d({ name: "pad", inputShape: [28, 28, 1], padding: 2 }),
      layers.conv2d({ name: "c1", filters: 6, kernelSize: 5, activation }), // [28, 28, 6]
      layers.maxPooling2d({ name: "s2", poolSize: 2 }), // [14, 14, 6]
      layers.conv2d({ name: "c3", filters: 16, kernelSize: 5, activation }), // [10, 10, 16]
      layers.maxPooling2d({ name: "s4", poolSize: 2 }), // [5, 5, 16]
      layers.flatten({ name: "flatten" }), // [400]
      layers.dense({ name: "f5", units: 120, activation }),
      layers.dense({ name: "f6", units: 84, activation }),
      layers.dense({ name: "output", units: 10, activation: "softmax" }),
    ],
  });
}
