/**
 * One event file, read from where the last read ended. Whole records become batches; a torn tail waits for the
 * rest; a damaged record is passed over and a damaged length ends the file, both said in words.
 */
import { closeSync, fstatSync, openSync, readSync } from "node:fs";
import { FRAME_BYTES, HEADER_BYTES, readRecord } from "../../proto/index.ts";
import type { FileBatch, FileState } from "./batch.ts";
import { BatchBuilder } from "./batch-builder.ts";
import { type DecodedEvent, type DecodedValue, decodeEvent } from "./event-values.ts";
import { type PointPacker, widePoint } from "./point-packer.ts";
import { ProblemList, reason } from "./problems.ts";
import { type Scanner, ScanStatus } from "./scanner.ts";

/** Rows other than points that a batch holds before it is handed over. */
const MAX_PENDING = 4096;

/** What the reader of a file works with. */
export interface ReadContext {
  readonly scanner: Scanner;
  /** Whether the data's CRC is verified; the length's always is. */
  readonly checksum: boolean;
  /** Packs the points of batches. */
  readonly packer: PointPacker;
  /** Sends what was emitted with its slab, so that the packer has room again. */
  readonly post: () => void;
  readonly emit: (batch: FileBatch) => void;
}

/** Tags of a run whose first value was seen, and whether their values are scalars that go into columns. */
export type KnownTags = Map<string, boolean>;

export class EventFile {
  readonly #path: string;
  readonly #known: KnownTags;
  readonly #batch: BatchBuilder;
  readonly #problems = new ProblemList();
  /** Start of the next record. */
  #offset = 0;
  /** Size and inode when the file was last opened. */
  #size = 0;
  #inode: number | undefined;

  /**
   * @param id the loader's number of the file, given back in every batch
   * @param known the run's tags, shared by the files of a run: the first value of a tag in any of them counts
   */
  constructor(id: number, path: string, known: KnownTags) {
    this.#path = path;
    this.#known = known;
    this.#batch = new BatchBuilder(id);
  }

  /** Reads all whole records from the offset to the file's end. The last batch has `end` set. Never throws. */
  read(context: ReadContext): void {
    let fd: number;
    try {
      fd = openSync(this.#path, "r");
    } catch (error) {
      this.#problems.suspect(null, reason("cannot be opened; what was read before is kept", error));
      this.#finish(context, isMissing(error) ? "gone" : "unreadable", 0);
      return;
    }
    try {
      const { size, ino, mtimeMs } = fstatSync(fd);
      this.#noticeReplacement(size, ino);
      this.#problems.reconsider();
      this.#finish(context, this.#readFrom(fd, context), mtimeMs);
    } catch (error) {
      this.#problems.suspect(
        this.#offset,
        reason("cannot be read from here; what came before is kept", error),
      );
      this.#finish(context, "unreadable", 0);
    } finally {
      closeSync(fd);
    }
  }

  /** A file that shrank, or that is another file now, is read from its start. */
  #noticeReplacement(size: number, inode: number): void {
    const replaced = this.#inode !== undefined && (inode !== this.#inode || size < this.#offset);
    this.#inode = inode;
    this.#size = size;
    if (!replaced) return;
    this.#offset = 0;
    this.#problems.clear();
    this.#batch.restart();
  }

  #finish(context: ReadContext, state: FileState, modified: number): void {
    const problems = this.#problems.list();
    this.#hand(context, { offset: this.#offset, size: this.#size, modified, state, problems });
  }

  /** Hands over what was found since the last time. */
  #hand({ scanner, packer, post, emit }: ReadContext, end: FileBatch["end"] = null): void {
    const { points, tags } = scanner;
    if (!packer.fits(points)) post();
    emit(this.#batch.take(packer.pack(points, tags), points.earliest, end));
    scanner.clear();
  }

  #readFrom(fd: number, context: ReadContext): FileState {
    const mark = (scalar: boolean) => {
      for (const [tag, known] of this.#known)
        if (known) context.scanner.setScalar(context.scanner.intern(tag), scalar);
    };
    mark(true);
    try {
      return this.#readChunks(fd, context);
    } finally {
      mark(false);
    }
  }

  #readChunks(fd: number, context: ReadContext): FileState {
    const { scanner } = context;
    let held = 0; // bytes in the input; the first of them is at #offset
    for (;;) {
      const read = readSync(fd, scanner.input, held, scanner.inputBytes - held, this.#offset + held);
      if (read === 0) return "reading";
      held += read;
      this.#size = Math.max(this.#size, this.#offset + held);
      const base = this.#offset;
      const state = this.#scan(base, held, context);
      if (state !== "more") return state;
      const consumed = this.#offset - base;
      scanner.input.copyWithin(0, consumed, held);
      held -= consumed;
      if (held === scanner.inputBytes) {
        if (!this.#readLongRecord(fd, context)) return "reading";
        held = 0;
      }
    }
  }

  /** Scans the input's records and moves the offset behind the last whole one. */
  #scan(base: number, held: number, context: ReadContext): FileState | "more" {
    const { scanner } = context;
    for (;;) {
      const status = scanner.scan(this.#offset - base, held, context.checksum);
      const record = base + scanner.payloadStart - HEADER_BYTES;
      this.#offset = base + scanner.position;
      if (status === ScanStatus.NeedMore) return "more";
      if (status === ScanStatus.BadLength)
        return this.#badLength(scanner.input.subarray(scanner.position, held));
      if (status === ScanStatus.BadData && this.#badData(record) === "wait") return "reading";
      if (status === ScanStatus.Other) this.#accept(scanner.payload, record, context);
      if (status === ScanStatus.Full || this.#batch.pending >= MAX_PENDING) this.#hand(context);
    }
  }

  /** A record longer than the scanner's input is read by itself. False when the file does not hold all of it. */
  #readLongRecord(fd: number, context: ReadContext): boolean {
    const { input } = context.scanner;
    const length = Number(new DataView(input.buffer, input.byteOffset, HEADER_BYTES).getBigUint64(0, true));
    const start = this.#offset;
    if (start + FRAME_BYTES + length > fstatSync(fd).size) return false;
    const frame = Buffer.allocUnsafe(FRAME_BYTES + length);
    for (let got = 0; got < frame.length; ) {
      const read = readSync(fd, frame, got, frame.length - got, start + got);
      if (read === 0) return false;
      got += read;
    }
    const result = readRecord(frame, 0, context.checksum);
    this.#offset = start + frame.length;
    if (result.kind !== "record") return this.#badData(start) === "passed";
    this.#accept(result.data, start, context);
    return true;
  }

  /** Takes a record that the scan did not decode; `at` is the offset of its frame. */
  #accept(data: Uint8Array, at: number, context: ReadContext): void {
    let event: DecodedEvent;
    try {
      event = decodeEvent(data);
    } catch (error) {
      this.#problems.add(at, reason("this record is not an Event; it was passed over", error));
      return;
    }
    if (Number.isNaN(event.wall)) {
      this.#problems.add(at, `the event of step ${event.step} has no wall time (NaN); it was passed over`);
      return;
    }
    this.#batch.sawWallTime(event.wall);
    for (const value of event.values) {
      if (!this.#known.has(value.tag)) this.#introduce(value, context.scanner);
      if (value.scalar !== null && this.#known.get(value.tag))
        this.#point(event, value, value.scalar, context);
      else {
        const { tag, index, blobs } = value;
        const { step, wall } = event;
        this.#batch.record({ tag, index, blobs, step, wall, offset: at + HEADER_BYTES, length: data.length });
      }
    }
  }

  /** The first value of a tag says what the tag is. */
  #introduce(value: DecodedValue, scanner: Scanner): void {
    const metadata = value.metadata();
    const scalar = metadata.plugin === "scalars";
    this.#known.set(value.tag, scalar);
    this.#batch.head({ tag: value.tag, metadata });
    if (scalar) scanner.setScalar(scanner.intern(value.tag), true);
  }

  #point({ step, wall }: DecodedEvent, { tag }: DecodedValue, value: number, context: ReadContext): void {
    const { scanner, emit } = context;
    if (typeof step === "bigint") {
      this.#hand(context);
      emit(this.#batch.take({ points: widePoint(tag, step, wall, value), blocks: null }, wall, null));
      return;
    }
    if (!scanner.hasRoom) this.#hand(context);
    scanner.push(scanner.intern(tag), step, wall, value);
  }

  /**
   * A record whose data does not match its CRC. As the file's very last one it may still be on its way to the
   * disk: it is kept for the next read. Anywhere else it is passed over.
   */
  #badData(at: number): "passed" | "wait" {
    if (this.#offset < this.#size) {
      this.#problems.add(
        at,
        "this record's data does not match its CRC; it was passed over, all others are kept",
      );
      return "passed";
    }
    this.#offset = at;
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
    const toEnd = this.#offset + rest.length >= this.#size;
    if (toEnd && rest.every((byte) => byte === 0)) return "reading";
    const lost = this.#size - this.#offset;
    const message = `the record's length does not match its CRC, so the ${lost} bytes from here on cannot be read; all events before are kept`;
    this.#problems.suspect(this.#offset, message);
    return "dead";
  }
}

function isMissing(error: unknown): boolean {
  return error instanceof Error && "code" in error && error.code === "ENOENT";
}
