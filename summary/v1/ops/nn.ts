/** What layers are made of: activations, biases, and the size of weights. */
import { attr } from "../../graph/attrs.ts";
import type { TensorInput } from "../constant.ts";
import { apply } from "../op.ts";
import type { Tensor } from "../operation.ts";
import type { Named } from "./array.ts";

/**
 * max(x, 0)
 *
 * @example
 * const layer1 = v1.nn.relu(v1.placeholder("float32", [null, 500]), { name: "activation" });
 * console.log(layer1.name); // activation:0
 */
export function relu(features: TensorInput, options: Named = {}): Tensor {
  return activation("Relu", "features", features, options);
}

/**
 * min(max(x, 0), 6)
 *
 * @example console.log(v1.nn.relu6([1, 2]).name); // Relu6:0
 */
export function relu6(features: TensorInput, options: Named = {}): Tensor {
  return activation("Relu6", "features", features, options);
}

/**
 * x where it is positive, else eˣ - 1.
 *
 * @example console.log(v1.nn.elu([1, 2]).name); // Elu:0
 */
export function elu(features: TensorInput, options: Named = {}): Tensor {
  return activation("Elu", "features", features, options);
}

/**
 * log(1 + eˣ)
 *
 * @example console.log(v1.nn.softplus([1, 2]).name); // Softplus:0
 */
export function softplus(features: TensorInput, options: Named = {}): Tensor {
  return activation("Softplus", "features", features, options);
}

/**
 * 1 / (1 + e⁻ˣ)
 *
 * @example console.log(v1.nn.sigmoid([1, 2]).name); // Sigmoid:0
 */
export function sigmoid(x: TensorInput, options: Named = {}): Tensor {
  return activation("Sigmoid", "x", x, options);
}

/**
 * (eˣ - e⁻ˣ) / (eˣ + e⁻ˣ)
 *
 * @example console.log(v1.nn.tanh([1, 2]).name); // Tanh:0
 */
export function tanh(x: TensorInput, options: Named = {}): Tensor {
  return activation("Tanh", "x", x, options);
}

/**
 * Probabilities in proportion to eˣ, along the last dimension.
 *
 * @example console.log(v1.nn.softmax([[1, 2]]).shape); // 1,2
 */
export function softmax(logits: TensorInput, options: Named = {}): Tensor {
  return activation("Softmax", "logits", logits, options);
}

/**
 * The logarithms of {@link softmax}.
 *
 * @example console.log(v1.nn.logSoftmax([[1, 2]]).name); // LogSoftmax:0
 */
export function logSoftmax(logits: TensorInput, options: Named = {}): Tensor {
  return activation("LogSoftmax", "logits", logits, options);
}

/**
 * Adds one bias to each element along the last dimension.
 *
 * @example
 * const biases = v1.getVariable("biases", { shape: [32] });
 * console.log(v1.nn.biasAdd(v1.placeholder("float32", [null, 28, 28, 32]), biases).name); // BiasAdd:0
 */
export function biasAdd(value: TensorInput, bias: TensorInput, options: Named = {}): Tensor {
  const inputs = [
    ["value", value],
    ["bias", bias],
  ] as const;
  return apply("BiasAdd", options, inputs, ({ dtype }) => ({
    attrs: { T: attr.type(dtype), data_format: attr.text("NHWC") },
  })).output;
}

/**
 * Half the sum of the squares.
 *
 * @example console.log(v1.nn.l2Loss([3, 4]).eval()); // 12.5
 */
export function l2Loss(t: TensorInput, options: Named = {}): Tensor {
  return apply("L2Loss", options, [["t", t]], ({ dtype }) => ({
    attrs: { T: attr.type(dtype) },
    outputs: [{ dtype, shape: [] }],
  })).output;
}

function activation(type: string, argument: string, input: TensorInput, options: Named): Tensor {
  return apply(type, options, [[argument, input]], ({ dtype }) => ({ attrs: { T: attr.type(dtype) } }))
    .output;
}
