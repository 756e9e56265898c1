/** Code that is fetched when it is first wanted, and again when that failed and somebody asks once more. */
import { type ReadonlySignal, signal } from "@preact/signals";
import { describeError } from "../app/api.ts";

export interface Late<T> {
  /** Null until it is here. */
  readonly value: ReadonlySignal<T | null>;
  /** Why it could not be had, in words; null while nothing is wrong. */
  readonly problem: ReadonlySignal<string | null>;
  /** Fetches it, unless it is here or on its way. */
  want(): void;
}

export function late<T>(load: () => Promise<T>): Late<T> {
  const value = signal<T | null>(null);
  const problem = signal<string | null>(null);
  let coming = false;
  return {
    value,
    problem,
    want() {
      if (coming) return;
      coming = true;
      problem.value = null;
      load().then(
        (loaded) => {
          value.value = loaded;
        },
        (reason: unknown) => {
          coming = false;
          problem.value = describeError(reason);
        },
      );
    },
  };
}
