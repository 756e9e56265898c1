/** A network in two parts, as Keras's example of transfer learning has it: features of images, and a head that classifies them. */

import { layers, type Sequential, sequential } from "@tensorflow/tfjs-layers";

type Layer = InstanceType<typeof layers.Layer>;

/** Digits that a head tells apart. */
export const classes = 5;

/** What finds features in images [count, 28, 28, 1]; gives [count, 800]. */
export function featureLayers(): Layer[] {
  const activation = "relu";
  return [
    layers.conv2d({ name: "conv1", inputShape: [28, 28, 1], filters: 16, kernelSize: 3, activation }), // [26, 26, 16]
    layers.maxPooling2d({ name: "pool1", poolSize: 2 }), // [13, 13, 16]
    layers.conv2d({ name: "conv2", filters: 32, kernelSize: 3, activation }), // [11, 11, 32]
    layers.maxPooling2d({ name: "pool2", poolSize: 2 }), // [5, 5, 32]
    layers.flatten({ name: "flatten" }),
  ];
}

/** A network of these features, which may be another's, and a head of its own. */
export function classifier(name: string, features: readonly Layer[]): Sequential {
  return sequential({
    name,
    layers: [
      ...features,
      layers.dense({ name: `${name}_hidden`, units: 64, activation: "relu" }),
      layers.dense({ name: `${name}_output`, units: classes, activation: "softmax" }),
    ],
  });
}
