/**
 * The scan of an open event file from an offset on: whole records become batches; a torn tail waits for the rest; a
 * damaged record is passed over and a damaged length ends the file, both said in words.
 */
import { readSync } from "node:fs";
import { FRAME_BYTES, HEADER_BYTES, readRecord } from "../../proto/index.ts";
import type { FileBatch, FileEnd, FileState, Print, SeriesHead } from "./batch.ts";
import type { BatchBuilder, RecordRow } from "./batch-builder.ts";
import { eventExcess } from "./decode-limits.ts";
import { type DecodedEvent, type DecodedValue, decodeEvent } from "./event-values.ts";
import { NO_PRINT, PRINT_BYTES, printOf } from "./fingerprint.ts";
import { type PointPacker, widePoint } from "./point-packer.ts";
import { type ProblemList, reason } from "./problems.ts";
import { type Scanner, ScanStatus } from "./scanner.ts";
import type { MetadataPool } from "./series-metadata.ts";
import { type TagKind, tagKind, UNFIT } from "./tag-kind.ts";

/** Rows other than points that a batch holds before it is handed over. */
const MAX_PENDING = 4096;

/** What the reader of a file works with. */
export interface ReadContext {
  readonly scanner: Scanner;
  /** Whether the data's CRC is verified; the length's always is. */
  readonly checksum: boolean;
  /** Metadata of all series so far. */
  readonly pool: MetadataPool;
  /** Packs the points of batches. */
  readonly packer: Pick<PointPacker, "fits" | "pack">;
  /** Sends what was emitted with its slab, so that the packer has room again. */
  readonly post: () => void;
  readonly emit: (batch: FileBatch) => void;
  /** How long a turn may take, milliseconds, where others wait for the thread. Default: as long as its bytes take. */
  readonly turnMillis?: number;
  /** Told of each event that the scan did not decode by itself, before its values are taken. */
  readonly observe?: (event: DecodedEvent) => void;
}

/** Tags of a run whose first value was seen, and what their values are taken for. */
export type KnownTags = Map<string, TagKind>;

/** A record is read into memory, and what is decoded of it stands beside it. */
const MOST_RECORD_BYTES = 1 << 29;

/** Bytes that one turn reads at most, so that a large file does not keep small ones waiting. */
const TURN_BYTES = 1 << 28;

/** Hands over what was found since the last time; `end` at the end of a read. */
export function handOver(
  { scanner, packer, pool, post, emit }: ReadContext,
  batch: BatchBuilder,
  end: FileEnd | { readonly offset: number },
): void {
  const { points, tags } = scanner;
  if (!packer.fits(points)) post();
  const packed = packer.pack(points, tags, batch.isFirst);
  emit(batch.take(packed, points.earliest, end.offset, "state" in end ? end : null, pool));
  scanner.clear();
}

export interface FileScanOptions {
  readonly fd: number;
  /** Start of the first record. */
  readonly offset: number;
  /** The file's size: what is appended from now on is for the next read, which will be told of it. */
  readonly size: number;
  readonly known: KnownTags;
  readonly batch: BatchBuilder;
  readonly problems: ProblemList;
  readonly context: ReadContext;
}

export class FileScan {
  /** Start of the next record. */
  offset: number;
  readonly size: number;
  /** The first bytes that were scanned, and the last before the offset: as they were then, whatever happens to the file. */
  head: Print = NO_PRINT;
  tail: Print = NO_PRINT;
  readonly #fd: number;
  readonly #known: KnownTags;
  readonly #batch: BatchBuilder;
  readonly #problems: ProblemList;
  readonly #context: ReadContext;
  /** When the turn is over. */
  #until = Number.POSITIVE_INFINITY;

  constructor({ fd, offset, size, known, batch, problems, context }: FileScanOptions) {
    this.offset = offset;
    this.size = size;
    this.#fd = fd;
    this.#known = known;
    this.#batch = batch;
    this.#problems = problems;
    this.#context = context;
  }

  /** Scans to the file's end, or as far as a turn allows. Throws what the system says when it cannot be read. */
  run(): FileState {
    this.#mark(true);
    try {
      return this.#readChunks();
    } finally {
      this.#mark(false);
    }
  }

  /** Tells the scanner what the tags of the run are, or takes that back. */
  #mark(known: boolean): void {
    const { scanner } = this.#context;
    for (const [tag, kind] of this.#known) scanner.setKind(tag, known ? kind : null);
  }

  #readChunks(): FileState {
    const { scanner } = this.#context;
    let held = 0; // bytes in the input; the first of them is at #offset
    const turn = this.offset + TURN_BYTES;
    this.#until = performance.now() + (this.#context.turnMillis ?? Number.POSITIVE_INFINITY);
    for (;;) {
      if (this.offset >= turn) return "more";
      const length = Math.min(scanner.inputBytes, this.size - this.offset) - held;
      const read = length > 0 ? readSync(this.#fd, scanner.input, held, length, this.offset + held) : 0;
      if (read === 0) return "reading";
      held += read;
      const base = this.offset;
      const state = this.#scan(base, held);
      this.#notePrints(scanner.input, base);
      if (state !== "next") return state;
      const consumed = this.offset - base;
      scanner.input.copyWithin(0, consumed, held);
      held -= consumed;
      if (held === scanner.inputBytes) {
        if (!this.#readLongRecord()) return "reading";
        held = 0;
      }
    }
  }

  /** @param base where the bytes start of which those before the offset were scanned */
  #notePrints(bytes: Uint8Array, base: number): void {
    const consumed = this.offset - base;
    if (consumed === 0) return;
    if (this.head.length === 0) this.head = printOf(bytes, base, Math.min(PRINT_BYTES, consumed));
    this.tail = printOf(bytes, base, consumed);
  }

  /** Scans the input's records and moves the offset behind the last whole one. */
  #scan(base: number, held: number): FileState | "next" {
    const { scanner, checksum } = this.#context;
    for (;;) {
      const status = scanner.scan(this.offset - base, held, checksum);
      this.#takeFresh();
      const record = base + scanner.payloadStart - HEADER_BYTES;
      this.offset = base + scanner.position;
      if (status === ScanStatus.NeedMore) return "next";
      if (status === ScanStatus.BadLength)
        return this.#badLength(scanner.input.subarray(scanner.position, held));
      if (status === ScanStatus.TooLong) return this.#tooLong(scanner.input.subarray(scanner.position));
      if (status === ScanStatus.BadData && this.#badData(record) === "wait") return "reading";
      if (status === ScanStatus.Other) {
        this.#accept(scanner.payload, record, true);
        if (performance.now() > this.#until) return "more";
      }
      if (status === ScanStatus.Full || this.#batch.pending >= MAX_PENDING) this.#hand();
    }
  }

  /** A record longer than the scanner's input is read by itself. False when the file does not hold all of it. */
  #readLongRecord(): boolean {
    const length = Number(lengthOf(this.#context.scanner.input));
    const start = this.offset;
    if (length > this.size - start - FRAME_BYTES) return false;
    if (length > MOST_RECORD_BYTES) {
      this.#problems.add(
        start,
        `this record has ${length} bytes, and ${MOST_RECORD_BYTES} are read at most; it was passed over, all others are kept`,
      );
      this.offset = start + FRAME_BYTES + length;
      return true;
    }
    const frame = Buffer.allocUnsafe(FRAME_BYTES + length);
    for (let got = 0; got < frame.length; ) {
      const read = readSync(this.#fd, frame, got, frame.length - got, start + got);
      if (read === 0) return false;
      got += read;
    }
    const result = readRecord(frame, 0, this.#context.checksum);
    this.offset = start + frame.length;
    if (result.kind !== "record") return this.#badData(start) === "passed";
    this.#notePrints(frame, start);
    this.#accept(result.data, start, false);
    return true;
  }

  /** Takes the series that the scan found by itself. */
  #takeFresh(): void {
    const heads = this.#context.scanner.takeFresh();
    if (heads.length === 0) return;
    for (const { tag } of heads) this.#known.set(tag, "scalar");
    this.#batch.heads(heads);
  }

  /**
   * Takes a record that the scan did not decode.
   *
   * @param at offset of its frame
   * @param scanned whether it is in the scanner's input
   */
  #accept(data: Uint8Array, at: number, scanned: boolean): void {
    const excess = eventExcess(data);
    if (excess !== null) {
      this.#problems.add(at, `this record ${excess}; it was passed over, all others are kept`);
      return;
    }
    let event: DecodedEvent;
    try {
      event = decodeEvent(data);
    } catch (error) {
      this.#problems.add(at, reason("this record is not an Event; it was passed over", error));
      return;
    }
    const { step, wall } = event;
    if (!Number.isFinite(wall)) {
      this.#problems.add(at, `the event of step ${step} has no wall time (${wall}); it was passed over`);
      return;
    }
    this.#context.observe?.(event);
    this.#batch.sawWallTime(wall);
    const fresh: SeriesHead[] = [];
    for (const value of event.values) {
      const { tag, index } = value;
      const kind = this.#known.get(tag) ?? this.#introduce(value, fresh);
      const record = { tag, index, step, wall, offset: at + HEADER_BYTES, length: data.length };
      const tooLarge = value.excess();
      if (tooLarge !== null)
        this.#problems.add(at, `the value of tag "${shortened(tag)}" ${tooLarge}; it is not shown`);
      if (kind !== "scalar")
        this.#batch.record({ ...record, blobs: tooLarge === null ? value.blobs(kind) : UNFIT });
      else if (value.scalar === null) this.#unfit(record);
      else {
        this.#point(event, value, value.scalar);
        if (value.double) this.#batch.record({ ...record, blobs: 0 });
      }
    }
    if (!scanned) return;
    const { scanner, observe } = this.#context;
    if (fresh.length > 0) scanner.learn(fresh);
    // Whoever observes is told of all events.
    else if (event.values.length === 0 && !observe) scanner.learnPlain();
  }

  /** The first value of a tag says what the tag is. */
  #introduce(value: DecodedValue, fresh: SeriesHead[]): TagKind {
    const metadata = this.#context.pool.intern(value.metadata());
    const head = { tag: value.tag, metadata };
    const kind = tagKind(metadata);
    this.#known.set(value.tag, kind);
    this.#batch.heads([head]);
    this.#context.scanner.setKind(value.tag, kind);
    if (kind === "scalar") fresh.push(head);
    return kind;
  }

  /** A value that is no scalar where one should be overtakes the points before it, not those after it. */
  #unfit(record: Omit<RecordRow, "blobs">): void {
    this.#hand();
    this.#batch.record({ ...record, blobs: UNFIT });
    this.#hand();
  }

  #point({ step, wall }: DecodedEvent, { tag }: DecodedValue, value: number): void {
    const { scanner, pool, emit } = this.#context;
    if (typeof step === "bigint") {
      this.#hand();
      const points = { points: widePoint(tag, step, wall, value), blocks: null };
      emit(this.#batch.take(points, wall, this.offset, null, pool));
      return;
    }
    if (!scanner.hasRoom) this.#hand();
    scanner.push(scanner.intern(tag), step, wall, value);
  }

  /**
   * A record whose data does not match its CRC. As the file's very last one it may still be on its way to the
   * disk: it is kept for the next read. Anywhere else it is passed over.
   */
  #badData(at: number): "passed" | "wait" {
    if (this.offset < this.size) {
      this.#problems.add(
        at,
        "this record's data does not match its CRC; it was passed over, all others are kept",
      );
      return "passed";
    }
    this.offset = at;
    this.#problems.suspect(
      at,
      "the last record's data does not match its CRC; it is read again when the file grows",
    );
    return "wait";
  }

  /**
   * A length that does not match its CRC: no later frame can be found. Zeros up to the file's end are space that
   * a file system shows before the bytes in it, so they are waited for.
   */
  #badLength(rest: Uint8Array): FileState {
    const toEnd = this.offset + rest.length >= this.size;
    if (toEnd && rest.every((byte) => byte === 0)) return "reading";
    const lost = this.size - this.offset;
    const packed = this.offset === 0 ? packerOf(rest) : undefined;
    const message =
      packed !== undefined
        ? `this file is packed with ${packed}: unpack it to see what is in it`
        : `the record's length does not match its CRC, so the ${lost} bytes from here on cannot be read; all events before are kept`;
    this.#problems.suspect(this.offset, message);
    return "dead";
  }

  /** A length that no event has, as its CRC says it was written: there is nothing to wait for. */
  #tooLong(frame: Uint8Array): FileState {
    this.#problems.suspect(
      this.offset,
      `the record's length is ${lengthOf(frame)} bytes, which no event can have, so what follows cannot be read; all events before are kept`,
    );
    return "dead";
  }

  #hand(): void {
    handOver(this.#context, this.#batch, this);
  }
}

/** What a file that begins so was packed with; undefined for one that was not. */
function packerOf(start: Uint8Array): string | undefined {
  const [first, second] = start;
  if (first === 0x1f && second === 0x8b) return "gzip (gunzip unpacks it)";
  if (first === 0x50 && second === 0x4b) return "zip";
  return first === 0x28 && second === 0xb5 && start[2] === 0x2f && start[3] === 0xfd ? "zstd" : undefined;
}

/** Of a tag of any length so much that people know it. */
function shortened(tag: string): string {
  return tag.length > 100 ? `${tag.slice(0, 100)}…` : tag;
}

/** The length that a frame begins with. */
function lengthOf(frame: Uint8Array): bigint {
  return new DataView(frame.buffer, frame.byteOffset, HEADER_BYTES).getBigUint64(0, true);
}
