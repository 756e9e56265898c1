/** Reads values back from event files: the bytes that the store left on disk. */
import { closeSync, readSync } from "node:fs";
import type { FileHandle } from "node:fs/promises";
import { pb } from "../../proto/index.ts";
import { openFile, openHandle } from "../logdir/open-file.ts";
import type { RecordRef } from "../store/record-series.ts";
import { getOrInsert } from "../util/get-or-insert.ts";
import { eventExcess } from "./decode-limits.ts";

/** Records that are read at a time, and their bytes together, unless one alone has more. */
const WINDOW_RECORDS = 32;
const WINDOW_BYTES = 1 << 24;

/** Where an event file is. */
export interface FilePlace {
  readonly path: string;
  /** Folder free of links in which it must really be; null where links may lead anywhere. */
  readonly root: string | null;
  /** Its number on the disk when it was read; null while that is not known. */
  readonly inode: number | null;
}

/** Of an event file by its number; undefined when there is no such file any more. */
export type FileOf = (file: number) => FilePlace | undefined;

/**
 * What `take` makes of the events that hold the given values, in their order. A value whose file is gone or changed gives
 * null: what was read before is known, but its bytes are not there any more. Events are let go of as soon as they were
 * taken from, so that only what was made of them stands in memory.
 *
 * @throws what `take` throws
 */
export async function readValues<T>(
  refs: readonly RecordRef[],
  fileOf: FileOf,
  take: (event: pb.Event, ref: RecordRef) => T | null,
): Promise<(T | null)[]> {
  const handles = new Map<number, Promise<FileHandle | null>>();
  const handleOf = (file: number) =>
    getOrInsert(handles, file, async () => {
      const place = fileOf(file);
      return place === undefined ? null : openAgain(place).catch(() => null);
    });
  const taken: (T | null)[] = [];
  try {
    for (const window of windows(refs)) {
      const events = await Promise.all(window.map(async (ref) => readEvent(await handleOf(ref.file), ref)));
      for (const [i, event] of events.entries()) taken.push(event && take(event, window[i]!));
    }
    return taken;
  } finally {
    for (const handle of handles.values()) await (await handle)?.close();
  }
}

function* windows(refs: readonly RecordRef[]): Generator<readonly RecordRef[]> {
  for (let from = 0; from < refs.length; ) {
    let to = from;
    for (let bytes = 0; to < refs.length && to - from < WINDOW_RECORDS; to++) {
      bytes += refs[to]!.length;
      if (bytes > WINDOW_BYTES && to > from) break;
    }
    yield refs.slice(from, to);
    from = to;
  }
}

/** Null when another file has come in its place. */
async function openAgain({ path, root, inode }: FilePlace): Promise<FileHandle | null> {
  const handle = await openHandle(path, root);
  if (inode === null || (await handle.stat()).ino === inode) return handle;
  await handle.close();
  return null;
}

async function readEvent(handle: FileHandle | null, ref: RecordRef): Promise<pb.Event | null> {
  if (!handle) return null;
  const bytes = Buffer.allocUnsafe(ref.length);
  const { bytesRead } = await handle.read(bytes, 0, ref.length, ref.offset);
  return bytesRead < ref.length ? null : decode(bytes, ref);
}

function decode(bytes: Uint8Array, { wall }: RecordRef): pb.Event | null {
  // It was looked at when it was found, but the file may have changed.
  if (eventExcess(bytes) !== null) return null;
  try {
    const event = pb.Event.decode(bytes);
    // Where another file has come in its place, bytes there may happen to be an event as well.
    return Object.is(event.wallTime, wall) ? event : null;
  } catch {
    return null;
  }
}

/** Reads values one after the other, and waits for each: for programs that have nothing else to do. */
export class RecordReader {
  readonly #fileOf: FileOf;
  #file: number | null = null;
  #fd: number | null = null;

  constructor(fileOf: FileOf) {
    this.#fileOf = fileOf;
  }

  /** The event that holds a value; null when its file is gone or changed. */
  read(ref: RecordRef): pb.Event | null {
    const { file, offset, length } = ref;
    if (file !== this.#file) this.#open(file);
    const bytes = Buffer.allocUnsafe(length);
    const whole = this.#fd !== null && readSync(this.#fd, bytes, 0, length, offset) === length;
    return whole ? decode(bytes, ref) : null;
  }

  /** The values of a series are in few files: the last one stays open. */
  #open(file: number): void {
    this.close();
    this.#file = file;
    const place = this.#fileOf(file);
    if (place === undefined) return;
    try {
      const { fd, stats } = openFile(place.path, place.root);
      this.#fd = fd;
      if (place.inode !== null && stats.ino !== place.inode) this.close();
    } catch {
      this.#fd = null;
    }
  }

  close(): void {
    if (this.#fd !== null) closeSync(this.#fd);
    this.#fd = null;
    this.#file = null;
  }
}
