/**
 * Values other than scalars of one tag in one run: where each stands on disk, in order of step. The bytes stay in
 * the event file until they are asked for.
 */

/** Where a value is. */
export interface RecordRef {
  readonly step: number | bigint;
  /** Seconds since the epoch. */
  readonly wall: number;
  /** Number of the event file. */
  readonly file: number;
  /** Byte offset of the record's data in the file, and its length. */
  readonly offset: number;
  readonly length: number;
  /** Which value of the event's summary. */
  readonly index: number;
  /** Strings or blobs in the value. */
  readonly blobs: number;
}

export class RecordSeries {
  #live: RecordRef[] = [];
  readonly #overtaken: RecordRef[] = [];

  get length(): number {
    return this.#live.length;
  }

  /** Values that a restart overtook, oldest first. */
  get overtaken(): readonly RecordRef[] {
    return this.#overtaken;
  }

  get refs(): readonly RecordRef[] {
    return this.#live;
  }

  /** Appends a value; as in a scalar series, it preempts those with steps from its own on. */
  append(ref: RecordRef): void {
    let keep = this.#live.length;
    while (keep > 0 && this.#live[keep - 1]!.step >= ref.step) keep--;
    if (keep < this.#live.length) this.#overtaken.push(...this.#live.splice(keep));
    this.#live.push(ref);
  }
}
