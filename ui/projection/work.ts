/**
 * Long computations as generators: each yields every few milliseconds how far it is, so that a worker can answer
 * others in between, pause it and stop it; `run` does one at once.
 */
import type { Progress, Stage } from "./types.ts";

export type Work<Result> = Generator<Progress, Result, void>;

/** What work yields that can only go on when other work is done: others should have its turn. */
export const WAITING: Progress = { stage: "neighbours", done: 0, of: 0 };

/** Runs to the end without a break. */
export function run<Result>(work: Work<Result>, onProgress?: (progress: Progress) => void): Result {
  for (;;) {
    const step = work.next();
    if (step.done) return step.value;
    onProgress?.(step.value);
  }
}

/** Goes from 0 to `of` in pieces of `size`, with a break after each. */
export function* inPieces(
  stage: Stage,
  of: number,
  size: number,
  piece: (from: number, to: number) => void,
): Work<void> {
  for (let from = 0; from < of; from += size) {
    const to = Math.min(of, from + size);
    piece(from, to);
    yield { stage, done: to, of };
  }
}
