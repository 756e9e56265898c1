/** Which writer and step `summary`'s functions use: the one whose `asDefault` runs, else the one set for all. */
import { checkStep } from "./checks.ts";
import type { SummaryWriter } from "./writer.ts";

/** Keeps the writer of the function that runs. */
export interface WriterScope {
  current(): SummaryWriter | undefined;
  run<Result>(writer: SummaryWriter, fn: () => Result): Result;
}

/** Follows calls but no awaits: what is possible without help of the platform. */
function stackScope(): WriterScope {
  const stack: SummaryWriter[] = [];
  return {
    current: () => stack.at(-1),
    run(writer, fn) {
      stack.push(writer);
      try {
        return fn();
      } finally {
        stack.pop();
      }
    },
  };
}

let scope = stackScope();
let writerForAll: SummaryWriter | undefined;
let stepForAll: number | bigint | undefined;

/** Replaces how the current writer is kept; for platforms that can follow awaits. */
export function setWriterScope(next: WriterScope): void {
  scope = next;
}

export function currentWriter(): SummaryWriter | undefined {
  return scope.current() ?? writerForAll;
}

export function runWithWriter<Result>(writer: SummaryWriter, fn: () => Result): Result {
  return scope.run(writer, fn);
}

export function setDefaultWriter(writer: SummaryWriter | undefined): void {
  writerForAll = writer;
}

export function getStep(): number | bigint | undefined {
  return stepForAll;
}

/** Throws {@link StepError} when it is no step. */
export function setStep(step: number | bigint | undefined): void {
  stepForAll = step === undefined ? undefined : checkStep(step);
}
