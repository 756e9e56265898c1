/** Counts what the tags of a file, or of a run, hold. */
import { getOrInsert } from "../../util/get-or-insert.ts";
import type { TagReport } from "./report.ts";
import { type Step, StepHistory } from "./step-history.ts";

/** Counts the values of one tag. */
export class TagTally {
  readonly tag: string;
  /** Values that are not of the tag's kind. */
  misfits = 0;
  readonly #steps = new StepHistory();
  #firstWall = Number.POSITIVE_INFINITY;
  #lastWall = Number.NEGATIVE_INFINITY;
  #nan = 0;
  #infinite = 0;

  constructor(tag: string) {
    this.tag = tag;
  }

  add(step: Step, wall: number): void {
    this.#steps.add(step);
    if (wall < this.#firstWall) this.#firstWall = wall;
    if (wall > this.#lastWall) this.#lastWall = wall;
  }

  addScalar(step: Step, wall: number, value: number): void {
    this.add(step, wall);
    if (Number.isFinite(value)) return;
    if (Number.isNaN(value)) this.#nan++;
    else this.#infinite++;
  }

  report(kind: string): TagReport {
    const steps = this.#steps;
    const { distinct, overtaken } = steps.summary();
    return {
      kind,
      tag: this.tag,
      values: steps.count,
      first_step: steps.first,
      last_step: steps.last,
      min_step: steps.min,
      max_step: steps.max,
      steps: distinct,
      duplicate_steps: steps.count - distinct,
      steps_back: steps.back,
      out_of_order: steps.backPairs,
      overtaken,
      first_wall_time: this.#firstWall,
      last_wall_time: this.#lastWall,
      nan: this.#nan,
      infinite: this.#infinite,
      misfits: this.misfits,
    };
  }
}

/** The tallies of a file or a run: by tag, and of events that have none. */
export class Tally {
  readonly #tags = new Map<string, TagTally>();
  readonly #events = new Map<string, { readonly kind: string; readonly tally: TagTally }>();

  of(tag: string): TagTally {
    return getOrInsert(this.#tags, tag, () => new TagTally(tag));
  }

  ofEvents(kind: string, tag: string): TagTally {
    return getOrInsert(this.#events, `${kind} ${tag}`, () => ({ kind, tally: new TagTally(tag) })).tally;
  }

  /** By kind, then by tag. */
  report(kindOf: (tag: string) => string): TagReport[] {
    const tags = [...this.#tags.values()].map((tally) => tally.report(kindOf(tally.tag)));
    const events = [...this.#events.values()].map(({ kind, tally }) => tally.report(kind));
    return [...tags, ...events].sort((a, b) => compare(a.kind, b.kind) || compare(a.tag, b.tag));
  }
}

const compare = (a: string, b: string): number => (a < b ? -1 : a > b ? 1 : 0);
