/**
 * How often runs are read anew: at once, and then only after some times as long as it took, so that a large run which keeps
 * needing it (two writers that append to the same tags) leaves time for all others.
 */

/** Reading anew takes at most one part in so many of the time. */
const SHARE = 5;
/** However long it took, it is tried again after so long. */
const LONGEST_MILLIS = 60_000;

interface Pause {
  until: number;
  timer: NodeJS.Timeout | null;
}

export class RereadPauses {
  readonly #pauses = new Map<string, Pause>();

  /** Whether a run may be read anew now. Else `later` is called as soon as it may. */
  mayStart(run: string, later: () => void): boolean {
    const pause = this.#pauses.get(run);
    if (!pause) return true;
    if (pause.timer) return false;
    const wait = pause.until - performance.now();
    if (wait <= 0) {
      this.#pauses.delete(run);
      return true;
    }
    pause.timer = setTimeout(() => {
      this.#pauses.delete(run);
      later();
    }, wait);
    return false;
  }

  /** Reading a run anew, begun then (as performance.now() has it), ended or was given up. */
  ended(run: string, begun: number): void {
    const now = performance.now();
    const timer = this.#pauses.get(run)?.timer ?? null;
    this.#pauses.set(run, { until: now + Math.min(LONGEST_MILLIS, (now - begun) * (SHARE - 1)), timer });
  }

  forget(run: string): void {
    clearTimeout(this.#pauses.get(run)?.timer ?? undefined);
    this.#pauses.delete(run);
  }

  close(): void {
    for (const { timer } of this.#pauses.values()) clearTimeout(timer ?? undefined);
    this.#pauses.clear();
  }
}
