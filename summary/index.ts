/// <reference lib="esnext.disposable" preserve="true" />
/** `tsboard`: event files from training code. */

export type { TrainingLogs } from "./callback/logs.ts";
export type { LayerLike, ModelLike, OptimizerLike, WeightLike } from "./callback/model.ts";
export type { CallbackOptions } from "./callback/options.ts";
export type { CallbackRun } from "./callback/runs.ts";
export type { TrainingCallback } from "./callback/training-callback.ts";
export type { EncodedImage } from "./encoded-image.ts";
export {
  type EventCounts,
  EventFileError,
  GraphError,
  ShapeError,
  StepError,
  TagError,
  TraceError,
  ValueError,
  VariableError,
  WriterClosedError,
} from "./errors.ts";
export { HttpSink, type HttpSinkOptions } from "./http-sink.ts";
export type { AudioOptions } from "./kinds/audio.ts";
export type { MarginChart, MultilineChart, ScalarCategory } from "./kinds/custom-scalars.ts";
export type { GraphDef, GraphModelLike } from "./kinds/graph.ts";
export type { HistogramBuckets, HistogramOptions } from "./kinds/histogram.ts";
export type { HParam, HParamsConfig, HParamsOptions, HParamValue, Metric } from "./kinds/hparams.ts";
export type { ImageOptions, Images } from "./kinds/image.ts";
export type { Mesh, MeshOptions } from "./kinds/mesh.ts";
export type { PrCounts, PrCurveOptions, PrPredictions } from "./kinds/pr-curve.ts";
export type { RawSummary } from "./kinds/raw-summary.ts";
export type { RunMetadata, TraceOptions } from "./kinds/run-metadata.ts";
export type { SessionLogOptions } from "./kinds/session-log.ts";
export type { TensorOptions } from "./kinds/tensor.ts";
export type { Text } from "./kinds/text.ts";
export { MemorySink } from "./memory-sink.ts";
export type { NestedNumbers } from "./nested.ts";
export { callback, type FileCallbackOptions } from "./node/callback.ts";
export { createFileWriter, type FileSummaryWriter, type FileWriterOptions } from "./node/file-writer.ts";
export { projector } from "./node/projector.ts";
export type { EventOptions, SummaryOptions, WriterOptions } from "./options.ts";
export type { PixelArray } from "./pixels.ts";
export type { ProjectorOptions } from "./projector/embedding.ts";
export type { Label, ProjectorMetadata } from "./projector/metadata-file.ts";
export type { PointImages } from "./projector/sprite.ts";
export type { Vectors } from "./projector/vectors.ts";
export type { RecordCondition } from "./record-if.ts";
export type { EventContent } from "./recorder.ts";
export { createScalarWriter, type ScalarWriter } from "./scalar-writer.ts";
export { type Sink, WriteFailure } from "./sink.ts";
export { StreamSink } from "./stream-sink.ts";
export { type Summary, summary } from "./summary.ts";
export type { Numbers, TensorLike } from "./tensor-like.ts";
export { nameScope } from "./trace/name-scope.ts";
export type { TensorFlowLike } from "./trace/tensorflow.ts";
export { type Trace, type TracingOptions, trace } from "./trace/trace.ts";
export type { StepTraceOptions } from "./trace/write-trace.ts";
export * as v1 from "./v1/index.ts";
export type { SampleArray } from "./wav.ts";
export { createWriter, type StepTracer, type SummaryMethods, type SummaryWriter } from "./writer.ts";
