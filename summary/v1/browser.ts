/** `v1` in a web page: all but the writer of files, for which `writer.graph` and `writer.rawSummary` stand. */
export { type AttrInput, attr } from "../graph/attrs.ts";
export type { DType } from "../graph/dtype.ts";
export type { PartialShape } from "../graph/shape.ts";
export {
  globalVariables,
  globalVariablesInitializer,
  localVariables,
  movingAverageVariables,
  trainableVariables,
  variablesInitializer,
} from "./all-variables.ts";
export {
  addToCollection,
  addToCollections,
  type CollectionItem,
  getAllCollectionKeys,
  getCollection,
  getCollectionRef,
} from "./collecting.ts";
export { type ConstantOptions, constant, type TensorInput } from "./constant.ts";
export type { Value } from "./dense.ts";
export { type GetVariableOptions, getVariable } from "./get-variable.ts";
export { type GradientsOptions, gradients } from "./gradients/gradients.ts";
export { type GradientFunction, registerGradient } from "./gradients/registry.ts";
export { Graph, getDefaultGraph, resetDefaultGraph } from "./graph.ts";
export { GraphKeys } from "./graph-keys.ts";
export {
  constantInitializer,
  glorotUniformInitializer,
  onesInitializer,
  randomNormalInitializer,
  randomUniformInitializer,
  truncatedNormalInitializer,
  zerosInitializer,
} from "./initializers.ts";
export * as nn from "./nn.ts";
export { type OpOptions, op } from "./op.ts";
export {
  type AsTensor,
  type Evaluated,
  type Feed,
  Operation,
  ScalarTensor,
  Tensor,
} from "./operation.ts";
export {
  cast,
  expandDims,
  type FillOptions,
  type FunctionOptions,
  func,
  identity,
  type Named,
  ones,
  placeholder,
  reshape,
  shape,
  stopGradient,
  type ZerosLikeOptions,
  zeros,
  zerosLike,
} from "./ops/array.ts";
export { group, noOp, tuple } from "./ops/control.ts";
export {
  abs,
  add,
  div,
  equal,
  exp,
  floor,
  greater,
  greaterEqual,
  less,
  lessEqual,
  log,
  maximum,
  minimum,
  mod,
  mul,
  neg,
  pow,
  reciprocal,
  sign,
  sqrt,
  square,
  sub,
} from "./ops/elementwise.ts";
export { addN, clipByValue, type MatMulOptions, matMul, select } from "./ops/math.ts";
export {
  type NormalOptions,
  type RandomOptions,
  randomNormal,
  randomUniform,
  truncatedNormal,
  type UniformOptions,
} from "./ops/random.ts";
export {
  argMax,
  type ReductionOptions,
  reduceMax,
  reduceMean,
  reduceProd,
  reduceSum,
} from "./ops/reductions.ts";
export { assign, assignAdd, assignSub } from "./ops/state.ts";
export { l1Regularizer, l2Regularizer } from "./regularizers.ts";
export { colocateWith, controlDependencies, device, nameScope, type OperationInput } from "./scopes.ts";
export * as summary from "./summary/browser.ts";
export { SessionLog } from "./summary/events.ts";
export * as train from "./train/index.ts";
export { Variable, type VariableOptions } from "./variable.ts";
export { getVariableScope, type VariableScopeOptions, variableScope } from "./variable-scope.ts";
export {
  AUTO_REUSE,
  type Initializer,
  type Regularizer,
  type Reuse,
  type ScopeDefaults,
  VariableScope,
} from "./variable-scopes.ts";
