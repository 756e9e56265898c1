/**
 * Values other than scalars of one tag in one run: where each stands on disk, in order of step. The bytes stay in
 * the event file until they are asked for.
 */
import { UNFIT } from "../ingest/tag-kind.ts";
import { NO_RESTARTS, Restarts } from "./restarts.ts";
import { search } from "./search.ts";

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
  /** Blobs in the value; -1 where it is not of its tag's kind (UNFIT in tag-kind.ts). */
  readonly blobs: number;
}

export class RecordSeries {
  // Columns: there may be millions of values, and an object for each would take most of the memory.
  readonly #steps: (number | bigint)[] = [];
  readonly #walls: number[] = [];
  readonly #files: number[] = [];
  readonly #offsets: number[] = [];
  readonly #lengths: number[] = [];
  readonly #indices: number[] = [];
  readonly #blobs: number[] = [];
  #overtaken: RecordSeries | null = null;
  #restarts: Restarts | null = null;

  get length(): number {
    return this.#steps.length;
  }

  /** Values that a restart overtook, oldest first. */
  get overtaken(): readonly RecordRef[] {
    return this.#overtaken?.refs ?? [];
  }

  /** When values were overtaken. */
  get restarts(): Restarts {
    return this.#restarts ?? NO_RESTARTS;
  }

  /** Whether any value is of its tag's kind. */
  get hasValues(): boolean {
    return this.#blobs.some((blobs) => blobs !== UNFIT);
  }

  get refs(): readonly RecordRef[] {
    return this.#steps.map((_, row) => this.at(row));
  }

  /** The value in a row, in order of step. */
  at(row: number): RecordRef {
    return {
      step: this.#steps[row]!,
      wall: this.#walls[row]!,
      file: this.#files[row]!,
      offset: this.#offsets[row]!,
      length: this.#lengths[row]!,
      index: this.#indices[row]!,
      blobs: this.#blobs[row]!,
    };
  }

  /** Rows whose steps are in a range, ends included, as [first, end). */
  range(from: number | bigint, to: number | bigint): [number, number] {
    const rowWhere = (reached: (step: number | bigint) => boolean) =>
      search(this.length, (row) => reached(this.#steps[row]!));
    return [rowWhere((step) => step >= from), rowWhere((step) => step > to)];
  }

  /** The value that stands in a file at an offset, whether it was overtaken or not. */
  find(file: number, offset: number, index: number): RecordRef | undefined {
    let row = this.#offsets.indexOf(offset);
    while (row >= 0 && (this.#files[row] !== file || this.#indices[row] !== index))
      row = this.#offsets.indexOf(offset, row + 1);
    return row >= 0 ? this.at(row) : this.#overtaken?.find(file, offset, index);
  }

  /** Appends a value; as in a scalar series, it preempts those with steps from its own on. */
  append(ref: RecordRef): void {
    let keep = this.length;
    while (keep > 0 && this.#steps[keep - 1]! >= ref.step) keep--;
    if (keep < this.length) this.#overtake(keep);
    this.#push(ref);
  }

  #push({ step, wall, file, offset, length, index, blobs }: RecordRef): void {
    this.#steps.push(step);
    this.#walls.push(wall);
    this.#files.push(file);
    this.#offsets.push(offset);
    this.#lengths.push(length);
    this.#indices.push(index);
    this.#blobs.push(blobs);
  }

  #overtake(keep: number): void {
    this.#restarts ??= new Restarts();
    this.#restarts.add(this.length, keep);
    this.#overtaken ??= new RecordSeries();
    for (let row = keep; row < this.length; row++) this.#overtaken.#push(this.at(row));
    const columns = [
      this.#steps,
      this.#walls,
      this.#files,
      this.#offsets,
      this.#lengths,
      this.#indices,
      this.#blobs,
    ];
    for (const column of columns) column.length = keep;
  }
}
