/**
 * Whether summaries are written at all: a condition that holds for a function, as `tf.summary.record_if` has it,
 * beside the one that every writer has of its own. Where it does not hold, a summary is not even computed.
 */
import { describe } from "./checks.ts";
import { ValueError } from "./errors.ts";
import { createScope } from "./scope.ts";

/**
 * Whether summaries are written; a function is asked at every summary.
 *
 * @example
 * const everyHundred: RecordCondition = () => Number(writer.step) % 100 === 0;
 * writer.recordIf = everyHundred;
 */
export type RecordCondition = boolean | (() => boolean);

const scope = createScope<RecordCondition>();

/** Calls `fn`, in which and in whose awaits `condition` holds in place of any around it. */
export function runWithCondition<Result>(condition: RecordCondition, fn: () => Result): Result {
  return scope.run(checkCondition(condition), fn);
}

/** Whether a writer with this condition writes here and now: it and the running function's must hold. */
export function recordsNow(writers: RecordCondition): boolean {
  const functions = scope.current();
  return holds(writers) && (functions === undefined || holds(functions));
}

function holds(condition: RecordCondition): boolean {
  return typeof condition === "function" ? condition() : condition;
}

/** Throws {@link ValueError} unless it is a boolean or a function. */
export function checkCondition(condition: RecordCondition): RecordCondition {
  if (typeof condition === "boolean" || typeof condition === "function") return condition;
  throw new ValueError(`recordIf takes a boolean or a function that gives one, not ${describe(condition)}`);
}
