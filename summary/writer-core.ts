/** A writer's life and its file's: all but the kinds of summaries. */
import type { OptionNames } from "./check-options.ts";
import { checkStep, describe } from "./checks.ts";
import { getStep } from "./default-writer.ts";
import { EventFileError, ValueError, WriterClosedError } from "./errors.ts";
import type { WriterOptions } from "./options.ts";
import { checkCondition, type RecordCondition } from "./record-if.ts";
import { RecordQueue } from "./record-queue.ts";
import type { RecorderOptions, ScalarRecorder } from "./scalar-recorder.ts";
import type { Sink } from "./sink.ts";
import { VERSION } from "./version.ts";

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

/** @template R what the kinds write to */
export class WriterCore<R extends ScalarRecorder> {
  readonly recorder: R;
  private readonly sink: Sink;
  private readonly queue: RecordQueue;
  private readonly lifecycle: Lifecycle | undefined;
  private readonly throwOnError: boolean;
  private readonly report: (error: EventFileError) => void;
  private defaultStep: number | bigint | undefined;
  private condition: RecordCondition = true;
  private closing: Promise<void> | undefined;

  constructor(
    make: new (queue: RecordQueue, options: RecorderOptions) => R,
    sink: Sink,
    options: WriterOptions,
    lifecycle: Lifecycle | undefined,
  ) {
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
    this.recorder = new make(this.queue, {
      clock,
      defaultStep: () => this.defaultStep ?? getStep(),
      check: () => this.check(),
      warn: (message) => console.warn(`tsboard: ${message}`),
    });
    this.recorder.version(`tsboard/${VERSION}`);
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
