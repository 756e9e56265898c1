/** A writer: the kinds of summaries as methods, over a queue, over a sink. */
import { checkOptions } from "./check-options.ts";
import { runWithWriter, setDefaultWriter } from "./default-writer.ts";
import * as kinds from "./kinds/index.ts";
import { namingErrors } from "./name-errors.ts";
import type { WriterOptions } from "./options.ts";
import { recordsNow } from "./record-if.ts";
import { Recorder } from "./recorder.ts";
import type { ScalarWriter } from "./scalar-writer.ts";
import type { Sink } from "./sink.ts";
import type { TensorFlowLike } from "./trace/tensorflow.ts";
import { type StepTraceOptions, TraceLog } from "./trace/write-trace.ts";
import { type Lifecycle, WRITER_OPTIONS, WriterCore } from "./writer-core.ts";

type Method<Kind> = Kind extends (recorder: Recorder, ...args: infer Args) => infer Result
  ? (...args: Args) => Result
  : never;

/**
 * A method for every kind of summary.
 *
 * @example
 * const logAccuracy = (log: SummaryMethods, accuracy: number) => log.scalar("accuracy", accuracy, { step: 1 });
 * logAccuracy(writer, 0.9);
 * logAccuracy(summary, 0.9);
 */
export type SummaryMethods = { readonly [Name in keyof typeof kinds]: Method<(typeof kinds)[Name]> };

/**
 * Runs a step of TensorFlow.js and writes what it did.
 *
 * @example
 * import * as tf from "@tensorflow/tfjs-core";
 * import "@tensorflow/tfjs-backend-cpu";
 *
 * const tracer: StepTracer = writer;
 * const nine = await tracer.trace("step 0", tf, () => tf.square(tf.scalar(3)), { step: 0 });
 * console.log(nine.dataSync()[0]); // 9
 */
export interface StepTracer {
  /**
   * Runs a step once, and writes its graph of kernels, which is the run's, and the time and memory of each under `tag`. Of
   * further steps only these are written; a graph that differs from the run's goes with them. Where nothing is recorded, the
   * step runs all the same, untraced.
   *
   * @param tag of this step, such as `step 10`
   * @param tf TensorFlow.js, as it was imported
   * @param fn the step; it is called at once, and may be asynchronous
   * @returns what the function gives
   * @throws TagError, StepError before the step runs
   * @throws TraceError when one is traced already
   * @throws ValueError when TensorFlow.js, the function, the model or a name's tensor is none
   */
  trace<Result>(
    tag: string,
    tf: TensorFlowLike,
    fn: () => Result,
    options?: StepTraceOptions,
  ): Promise<Awaited<Result>>;
}

/**
 * Writes one run's event file.
 *
 * @example
 * const log: SummaryWriter = createWriter(new MemorySink());
 * log.step = 10;
 * log.scalar("loss", 0.5);
 * await log.close();
 */
export interface SummaryWriter extends ScalarWriter, SummaryMethods, StepTracer {
  /** Calls `fn` with this as the writer of `summary`'s functions, through its awaits too; returns its result. */
  asDefault<Result>(fn: () => Result): Result;
  /** Makes this the writer of `summary`'s functions wherever `asDefault` names no other. */
  setAsDefault(): void;
}

/**
 * A writer on any sink.
 *
 * @throws ValueError when an option is out of range or not known
 * @example
 * const sink = new MemorySink();
 * const inMemory = createWriter(sink, { flushMillis: 100 });
 * inMemory.scalar("loss", 0.5, { step: 0 });
 * await inMemory.close();
 */
export function createWriter(sink: Sink, options: WriterOptions = {}): SummaryWriter {
  checkOptions(options, WRITER_OPTIONS, () => "createWriter");
  return openWriter(sink, options);
}

/** The same, with what the platform adds. */
export function openWriter(sink: Sink, options: WriterOptions, lifecycle?: Lifecycle): SummaryWriter {
  const core = new WriterCore(Recorder, sink, options, lifecycle);
  const traces = new TraceLog(core.recorder);
  const writer: SummaryWriter = Object.assign(core, bindKinds(core), {
    async trace<Result>(
      tag: string,
      tf: TensorFlowLike,
      fn: () => Result,
      options: StepTraceOptions = {},
    ): Promise<Awaited<Result>> {
      return recordsNow(core.recordIf) ? traces.trace(tag, tf, fn, options) : await fn();
    },
    asDefault: <Result>(fn: () => Result): Result => runWithWriter(writer, fn),
    setAsDefault: (): void => setDefaultWriter(writer),
  });
  return writer;
}

function bindKinds(core: WriterCore<Recorder>): SummaryMethods {
  const { recorder } = core;
  const bound = Object.entries(kinds).map(([name, kind]) => {
    const write: (recorder: Recorder, ...args: never[]) => boolean = kind;
    const method = (...args: never[]) => recordsNow(core.recordIf) && write(recorder, ...args);
    return [name, namingErrors(name, method)];
  });
  // One function for each kind, with its arguments, as the type says; Object.fromEntries cannot express it.
  return Object.fromEntries(bound) as SummaryMethods;
}
