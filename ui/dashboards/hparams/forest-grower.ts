/**
 * Grows the forest that says what is important, in slices of a few milliseconds. While trainings go on the question changes
 * all the time: a forest that grows is let grow, and the next begins a while after.
 */
import { type ReadonlySignal, signal } from "@preact/signals";
import { forestImportance } from "../../../values/forest.ts";
import type { Question } from "./forest-question.ts";

/** What a forest found. */
export interface Grown {
  /** Of what it makes of them, by the id of the hyperparameter's column. */
  readonly shares: ReadonlyMap<string, number>;
  /** Part of the variance of rows that it has not seen. */
  readonly explained: number;
}

/** Fewer rows tell nothing. */
export const LEAST_ROWS = 5;
/** Of the main thread at a time, ms. */
const SLICE_MS = 8;
/** Before a forest begins, ms: what it is about is drawn first. */
const DRAWN_MS = 250;
/** Between the beginnings of two forests about the same rows, ms. */
const PAUSE_MS = 5000;

export class ForestGrower {
  readonly #grown = signal<Grown | null>(null);
  #about = "";
  #next: Question | null = null;
  #growing = false;
  #startedAt = 0;
  #timer: ReturnType<typeof setTimeout> | undefined;

  /** Null until there is an answer about what was asked last. */
  get grown(): ReadonlySignal<Grown | null> {
    return this.#grown;
  }

  /** @param about of which rows, columns and target: a question about others gives up what is under way */
  ask(question: Question | null, about: string): void {
    if (about !== this.#about) {
      this.dispose();
      this.#about = about;
      this.#grown.value = null;
    }
    const isTold = question !== null && question.target.length >= LEAST_ROWS;
    this.#next = isTold ? question : null;
    if (isTold) this.#pump();
    else this.#grown.value = null;
  }

  dispose(): void {
    clearTimeout(this.#timer);
    this.#growing = false;
    this.#next = null;
  }

  #pump(): void {
    const question = this.#next;
    if (this.#growing || question === null) return;
    clearTimeout(this.#timer);
    const wait = this.#grown.peek() === null ? 0 : this.#startedAt + PAUSE_MS - performance.now();
    if (wait > 0) {
      this.#timer = setTimeout(() => this.#pump(), wait);
      return;
    }
    this.#next = null;
    this.#growing = true;
    this.#startedAt = performance.now();
    this.#grow(question, forestImportance(question.features, question.target), DRAWN_MS);
  }

  #grow(question: Question, work: ReturnType<typeof forestImportance>, delay = 0): void {
    this.#timer = setTimeout(() => {
      for (const until = performance.now() + SLICE_MS; performance.now() < until; ) {
        const step = work.next();
        if (!step.done) continue;
        const { shares, explained } = step.value;
        this.#growing = false;
        this.#grown.value = {
          shares: new Map(question.columns.map(({ id }, i) => [id, shares[i]!])),
          explained,
        };
        this.#pump();
        return;
      }
      this.#grow(question, work);
    }, delay);
  }
}
