/**
 * `v1.nn`: what layers and losses are made of.
 *
 * @example
 * const x = v1.placeholder("float32", [null, 784], { name: "x-input" });
 * const layer1 = v1.variableScope("layer1", () => {
 *   const weights = v1.getVariable("weights", { shape: [784, 500] });
 *   return v1.nn.relu(v1.matMul(x, weights));
 * });
 * console.log(layer1.name, layer1.shape); // layer1/Relu:0 ,500
 */
export {
  avgPool,
  conv2d,
  maxPool,
  type Padding,
  type PoolOptions,
  type WindowOptions,
} from "./ops/convolution.ts";
export {
  type CrossEntropyInputs,
  softmaxCrossEntropyWithLogits,
  sparseSoftmaxCrossEntropyWithLogits,
} from "./ops/cross-entropy.ts";
export { type DropoutOptions, dropout } from "./ops/dropout.ts";
export { biasAdd, elu, l2Loss, logSoftmax, relu, relu6, sigmoid, softmax, softplus, tanh } from "./ops/nn.ts";
