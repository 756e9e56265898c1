/** `tsboard/proto`: the wire formats, as pure functions on bytes. */
export { type BundleFiles, openBundle } from "./checkpoint/bundle.ts";
export type { Checkpoint, Variable, VariableBytes } from "./checkpoint/checkpoint.ts";
export { CheckpointError } from "./checkpoint/error.ts";
export { openSavedSlices } from "./checkpoint/saved-slices.ts";
export type { ByteSource } from "./checkpoint/source.ts";
export { pb } from "./codec.ts";
export { fromWire, toBigInt, toNumber, toWire, type WireInt64 } from "./int64.ts";
export { maskCrc, maskedCrc, unmaskCrc } from "./masked-crc.ts";
export {
  DataType,
  decodeShape,
  decodeTensor,
  decodeText,
  elementBytes,
  encodeShape,
  encodeTensor,
  type NumericArray,
  type TensorValue,
  tensorOfBytes,
} from "./tensor.ts";
export {
  encodeRecord,
  FRAME_BYTES,
  HEADER_BYTES,
  type RecordResult,
  readRecord,
  readRecords,
  sealRecord,
} from "./tfrecord.ts";
