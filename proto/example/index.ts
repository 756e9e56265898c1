/** Examples and SequenceExamples: to bytes, back, and to tensors by specification. Pure functions on bytes. */

export { type DecodedSequence, decodeExample, decodeSequenceExample } from "./decode.ts";
export type { DefaultValue } from "./defaults.ts";
export { encodeExample, encodeSequenceExample, type FeatureMap, type SequenceInput } from "./encode.ts";
export { ExampleError } from "./error.ts";
export {
  bytesFeature,
  type Feature,
  type FeatureInput,
  floatFeature,
  int64Feature,
  toFeature,
} from "./feature.ts";
export {
  type FeatureSpecs,
  type Parsed,
  type ParsedFeature,
  parseExample,
  parseExampleBatch,
} from "./parse.ts";
export {
  type ParsedSequence,
  type ParsedSequenceBatch,
  parseSequenceExample,
  parseSequenceExampleBatch,
  type SequenceFeatureSpecs,
  type SequenceSpecs,
} from "./parse-sequence.ts";
export {
  type FeatureSpec,
  type FixedLenFeature,
  type FixedLenSequenceFeature,
  fixedLenFeature,
  fixedLenSequenceFeature,
  type Partition,
  type RaggedFeature,
  raggedFeature,
  type SequenceFeatureSpec,
  type VarLenFeature,
  varLenFeature,
} from "./specs.ts";
export { type DenseTensor, type Nested, type RaggedTensor, type SparseTensor, toNested } from "./tensors.ts";
export { toText } from "./text.ts";
export type { FeatureDtype, ValueArrays } from "./values.ts";
