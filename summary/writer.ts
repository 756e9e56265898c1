/** A writer: the kinds of summaries as methods, over a queue, over a sink. */
import { checkOptions, type OptionNames } from "./check-options.ts";
import { checkStep, describe } from "./checks.ts";
import { getStep, runWithWriter, setDefaultWriter } from "./default-writer.ts";
import { EventFileError, ValueError, WriterClosedError } from "./errors.ts";
import * as kinds from "./kinds/index.ts";
import type { WriterOptions } from "./options.ts";
import { checkCondition, type RecordCondition, recordsNow } from "./record-if.ts";
import { RecordQueue } from "./record-queue.ts";
import { Recorder } from "./recorder.ts";
import type { Sink } from "./sink.ts";
import type { TensorFlowLike } from "./trace/tensorflow.ts";
import { type StepTraceOptions, TraceLog } from "./trace/write-trace.ts";
import { VERSION } from "./version.ts";

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
export interface SummaryWriter extends SummaryMethods, StepTracer, AsyncDisposable {
  /** The file's path, or another sink's name. */
  readonly path: string;
  /** Step of summaries that name none. Default undefined: the one of `summary.setStep`. Setting it may throw StepError. */
  step: number | bigint | undefined;
  /**
   * Whether summaries are written. Where they are not, the kinds compute and check nothing and return false.
   * Default true. Setting it to something else than a boolean or a function throws ValueError.
   */
  recordIf: RecordCondition;
  /**
   * Writes what is buffered; resolves when readers can see it. A failing file is told to `onError`; the
   * promise rejects only with `throwOnError`.
   */
  flush(): Promise<void>;
  /** The same before it returns, for loops that never await. Does nothing where the sink cannot. */
  flushSync(): void;
  /** Flushes and closes; a second call does nothing. What is written afterwards throws WriterClosedError. */
  close(): Promise<void>;
  /** Whether `close` was called. */
  readonly closed: boolean;
  /** Calls `fn` with this as the writer of `summary`'s functions, through its awaits too; returns its result. */
  asDefault<Result>(fn: () => Result): Result;
  /** Makes this the writer of `summary`'s functions wherever `asDefault` names no other. */
  setAsDefault(): void;
}

/** What a platform adds to a writer's life. */
export interface Lifecycle {
  /** Told of the writers that are open; in Node, so that they write what they hold when the process ends. */
  opened(queue: RecordQueue): void;
  closed(queue: RecordQueue): void;
  /** Resolves when what is written beside the event file is; `flush` and `close` wait for it. */
  settled?(): Promise<void>;
}

export const WRITER_OPTIONS: OptionNames<WriterOptions> = {
  flushMillis: true,
  flushBytes: true,
  whenFull: true,
  clock: true,
  onError: true,
  throwOnError: true,
};
const DEFAULT_FLUSH_BYTES = 1 << 20;
const DEFAULT_FLUSH_MILLIS = 2000;

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
  const core = new WriterCore(sink, options, lifecycle);
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

function bindKinds(core: WriterCore): SummaryMethods {
  const { recorder } = core;
  const bound = Object.entries(kinds).map(([name, kind]) => {
    const write: (recorder: Recorder, ...args: never[]) => boolean = kind;
    return [name, (...args: never[]) => recordsNow(core.recordIf) && write(recorder, ...args)];
  });
  // One function for each kind, with its arguments, as the type says; Object.fromEntries cannot express it.
  return Object.fromEntries(bound) as SummaryMethods;
}

/** A writer's life and its file's: all but the kinds. */
class WriterCore {
  readonly recorder: Recorder;
  private readonly sink: Sink;
  private readonly queue: RecordQueue;
  private readonly lifecycle: Lifecycle | undefined;
  private readonly throwOnError: boolean;
  private readonly report: (error: EventFileError) => void;
  private defaultStep: number | bigint | undefined;
  private condition: RecordCondition = true;
  private closing: Promise<void> | undefined;

  constructor(sink: Sink, options: WriterOptions, lifecycle: Lifecycle | undefined) {
    const clock = options.clock ?? Date.now;
    this.sink = sink;
    this.lifecycle = lifecycle;
    this.throwOnError = options.throwOnError ?? false;
    this.report = reporterOf(options);
    this.queue = new RecordQueue(sink, {
      flushBytes: checkLimit("flushBytes", options.flushBytes ?? DEFAULT_FLUSH_BYTES),
      flushMillis: checkLimit("flushMillis", options.flushMillis ?? DEFAULT_FLUSH_MILLIS),
      whenFull: options.whenFull ?? "block",
      clock,
      onTrouble: (cause) => this.report(this.errorOf(cause)),
    });
    this.recorder = new Recorder(this.queue, {
      clock,
      defaultStep: () => this.defaultStep ?? getStep(),
      check: () => this.check(),
      warn: (message) => console.warn(`tsboard: ${message}`),
    });
    const sourceMetadata = { writer: `tsboard/${VERSION}` };
    this.recorder.event({ fileVersion: "brain.Event:2", sourceMetadata }, 0);
    lifecycle?.opened(this.queue);
  }

  get path(): string {
    return this.sink.name;
  }

  get step(): number | bigint | undefined {
    return this.defaultStep;
  }

  set step(step: number | bigint | undefined) {
    this.defaultStep = step === undefined ? undefined : checkStep(step);
  }

  get recordIf(): RecordCondition {
    return this.condition;
  }

  set recordIf(condition: RecordCondition) {
    this.condition = checkCondition(condition);
  }

  get closed(): boolean {
    return this.closing !== undefined;
  }

  async flush(): Promise<void> {
    if (this.closing !== undefined) return this.closing;
    await Promise.all([this.queue.flush(), this.lifecycle?.settled?.()]);
    this.throwIfFailing();
  }

  flushSync(): void {
    this.queue.flushSync();
    this.throwIfFailing();
  }

  close(): Promise<void> {
    this.closing ??= this.finish();
    return this.closing;
  }

  [Symbol.asyncDispose](): Promise<void> {
    return this.close();
  }

  private async finish(): Promise<void> {
    await Promise.all([this.queue.close(), this.lifecycle?.settled?.()]);
    this.lifecycle?.closed(this.queue);
    this.throwIfFailing();
  }

  private check(): void {
    if (this.closed) throw new WriterClosedError(this.path);
    this.throwIfFailing();
  }

  private throwIfFailing(): void {
    const { failing } = this.queue;
    if (this.throwOnError && failing !== undefined) throw this.errorOf(failing.cause);
  }

  private errorOf(cause: unknown): EventFileError {
    return new EventFileError(this.path, cause, this.queue.counts, this.outlook(cause));
  }

  private outlook(cause: unknown): string {
    const { ended, failing } = this.queue;
    if (ended) return "the writer is closed";
    if (cause !== undefined && failing === undefined) return "by now it is written again";
    return this.throwOnError ? "stopping" : "the training goes on, writing is tried again";
  }
}

/** What is told of errors: the one who asked, else the console unless they are thrown anyway. */
export function reporterOf({
  onError,
  throwOnError = false,
}: WriterOptions): (error: EventFileError) => void {
  return onError ?? (throwOnError ? () => {} : warn);
}

function warn(error: EventFileError): void {
  console.error(`tsboard: ${error.message}`);
}

function checkLimit(name: string, value: number): number {
  if (typeof value === "number" && value >= 0) return value;
  throw new ValueError(`${name} must be a number of 0 or more, not ${describe(value)}`);
}
