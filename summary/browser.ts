/// <reference lib="esnext.disposable" preserve="true" />
/** `tsboard` in a web page: everything but files, which pages have none of. */
import { CALLBACK_OPTIONS, type CallbackOptions } from "./callback/options.ts";
import type { CallbackRun } from "./callback/runs.ts";
import { type TrainingCallback, trainingCallback } from "./callback/training-callback.ts";
import { checkOptions } from "./check-options.ts";
import { describe } from "./checks.ts";
import { ValueError } from "./errors.ts";
import type { WriterOptions } from "./options.ts";
import { unwatchPage, watchPage } from "./page-hooks.ts";
import { openScalarWriter, type ScalarWriter } from "./scalar-writer.ts";
import type { Sink } from "./sink.ts";
import { openWriter, type SummaryWriter } from "./writer.ts";
import { WRITER_OPTIONS } from "./writer-core.ts";

export {
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
export { HttpSink } from "./http-sink.ts";
// All types, those of files too: a value of that name is then an error of the type checker.
export type * from "./index.ts";
export { MemorySink } from "./memory-sink.ts";
export { WriteFailure } from "./sink.ts";
export { StreamSink } from "./stream-sink.ts";
export { summary } from "./summary.ts";
export { nameScope } from "./trace/name-scope.ts";
export { trace } from "./trace/trace.ts";
export * as v1 from "./v1/browser.ts";

const PAGE = { opened: watchPage, closed: unwatchPage };

/**
 * A writer on any sink, which sends what it holds when the page is hidden or left.
 *
 * @throws ValueError when an option is out of range
 */
export function createWriter(sink: Sink, options: WriterOptions = {}): SummaryWriter {
  checkOptions(options, WRITER_OPTIONS, () => "createWriter");
  return openWriter(sink, options, PAGE);
}

/**
 * The same for scalars only, in a fraction of the code.
 *
 * @throws ValueError when an option is out of range
 */
export function createScalarWriter(sink: Sink, options: WriterOptions = {}): ScalarWriter {
  return openScalarWriter(sink, options, PAGE);
}

/**
 * Logs a training as Keras's TensorBoard callback does; see the package's own for what it writes.
 *
 * @param open opens a run's writer when it is needed; pages have no files, so no directory is taken
 * @throws ValueError when it is no function, or an option is of another type or out of range
 */
export function callback<Writer extends SummaryWriter>(
  open: (run: CallbackRun) => Writer,
  options: CallbackOptions = {},
): TrainingCallback<Writer> {
  checkOptions(options, CALLBACK_OPTIONS, () => "callback");
  if (typeof open === "function") return trainingCallback(open, options);
  throw new ValueError(
    `a page writes no files: callback takes a function that opens a run's writer, not ${describe(open)}`,
  );
}
