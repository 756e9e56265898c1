/** Which writer and step `summary`'s functions use: the one whose `asDefault` runs, else the one set for all. */
import { checkStep } from "./checks.ts";
import { createScope } from "./scope.ts";
import type { SummaryWriter } from "./writer.ts";

const scope = createScope<SummaryWriter>();
let writerForAll: SummaryWriter | undefined;
let stepForAll: number | bigint | undefined;

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
