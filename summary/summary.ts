/** `summary`: the kinds as functions of the default writer, as `tf.summary` has them. */
import { currentWriter, getStep, setDefaultWriter, setStep } from "./default-writer.ts";
import * as kinds from "./kinds/index.ts";
import { type RecordCondition, recordsNow, runWithCondition } from "./record-if.ts";
import type { TensorFlowLike } from "./trace/tensorflow.ts";
import type { StepTraceOptions } from "./trace/write-trace.ts";
import type { StepTracer, SummaryMethods, SummaryWriter } from "./writer.ts";

/**
 * The kinds on the default writer, and what is set for all of them.
 *
 * @example
 * function train(log: Summary) {
 *   log.scalar("loss", 0.5, { step: 0 });
 * }
 * writer.asDefault(() => train(summary));
 */
export interface Summary extends SummaryMethods, StepTracer {
  /** Step of summaries that name none, for writers that have none of their own; undefined takes it away. */
  setStep(step: number | bigint | undefined): void;
  getStep(): number | bigint | undefined;
  /** The writer in use here, if any. */
  currentWriter(): SummaryWriter | undefined;
  /** Takes back `writer.setAsDefault()`. */
  clearDefault(): void;
  /**
   * Calls `fn`; in it and through its awaits summaries are written only where `condition` holds, on any writer and
   * in place of a condition around it. Returns its result. Throws ValueError when the condition is none.
   */
  recordIf<Result>(condition: RecordCondition, fn: () => Result): Result;
  /** Whether a summary would be written here: there is a writer, and neither its condition nor the function's forbids it. */
  shouldRecord(): boolean;
}

/**
 * Every kind of summary on the default writer: `summary.scalar("loss", 0.5, { step })`. Where there is no
 * default writer (see `asDefault` and `setAsDefault`), nothing happens and the functions return false.
 *
 * @example
 * writer.asDefault(() => {
 *   for (let step = 0; step < 10; step++) {
 *     summary.setStep(step);
 *     summary.recordIf(step % 2 === 0, () => summary.scalar("loss", 1 / (step + 1)));
 *   }
 * });
 * console.log(summary.scalar("loss", 0.5)); // false
 */
export const summary: Summary = {
  ...onDefaultWriter(),
  async trace<Result>(
    tag: string,
    tf: TensorFlowLike,
    fn: () => Result,
    options?: StepTraceOptions,
  ): Promise<Awaited<Result>> {
    const writer = currentWriter();
    return writer === undefined ? await fn() : writer.trace(tag, tf, fn, options);
  },
  setStep,
  getStep,
  currentWriter,
  clearDefault: () => setDefaultWriter(undefined),
  recordIf: runWithCondition,
  shouldRecord() {
    const writer = currentWriter();
    return writer !== undefined && recordsNow(writer.recordIf);
  },
};

function onDefaultWriter(): SummaryMethods {
  const names = Object.keys(kinds) as (keyof SummaryMethods)[];
  const functions = names.map((name) => [
    name,
    (...args: never[]) => {
      const writer = currentWriter();
      if (writer === undefined) return false;
      const method: (...args: never[]) => boolean = writer[name];
      return method(...args);
    },
  ]);
  // A function of each kind's own arguments, as the type says; Object.fromEntries cannot express it.
  return Object.fromEntries(functions) as SummaryMethods;
}
