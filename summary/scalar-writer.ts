/** A writer of scalars only: a page that logs nothing else loads a quarter of the other's code. */
import { checkOptions } from "./check-options.ts";
import { scalar } from "./kinds/scalar.ts";
import { namingErrors } from "./name-errors.ts";
import type { WriterOptions } from "./options.ts";
import { type RecordCondition, recordsNow } from "./record-if.ts";
import { ScalarRecorder } from "./scalar-recorder.ts";
import type { Sink } from "./sink.ts";
import type { SummaryMethods } from "./writer.ts";
import { type Lifecycle, WRITER_OPTIONS, WriterCore } from "./writer-core.ts";

/**
 * Writes scalars into one run's event file. Every {@link SummaryWriter} is one, too.
 *
 * @example
 * function logEpoch(log: ScalarWriter, epoch: number, loss: number) {
 *   log.scalar("loss", loss, { step: epoch });
 * }
 * logEpoch(writer, 0, 0.5);
 */
export interface ScalarWriter extends Pick<SummaryMethods, "scalar">, AsyncDisposable {
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
}

/**
 * A writer on any sink that writes scalars only. In a web page it costs a fraction of {@link createWriter}, which has the
 * code of every kind of summary; the file is the same.
 *
 * @throws ValueError when an option is out of range or not known
 * @example
 * const sink = new MemorySink();
 * const losses = createScalarWriter(sink, { flushMillis: 100 });
 * losses.scalar("loss", 0.5, { step: 0 });
 * await losses.close();
 */
export function createScalarWriter(sink: Sink, options: WriterOptions = {}): ScalarWriter {
  return openScalarWriter(sink, options);
}

/** The same, with what the platform adds. */
export function openScalarWriter(sink: Sink, options: WriterOptions, lifecycle?: Lifecycle): ScalarWriter {
  checkOptions(options, WRITER_OPTIONS, () => "createScalarWriter");
  const core = new WriterCore(ScalarRecorder, sink, options, lifecycle);
  const write = (...args: Parameters<SummaryMethods["scalar"]>): boolean =>
    recordsNow(core.recordIf) && scalar(core.recorder, ...args);
  return Object.assign(core, { scalar: namingErrors("scalar", write) });
}
