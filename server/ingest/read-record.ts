/** Reads values back from event files: the bytes that the store left on disk. */
import { type FileHandle, open } from "node:fs/promises";
import { pb } from "../../proto/index.ts";
import type { RecordRef } from "../store/record-series.ts";
import { getOrInsert } from "../util/get-or-insert.ts";

/**
 * The events that hold the given values, in their order. A value whose file is gone or changed gives null: what
 * was read before is known, but its bytes are not there any more.
 *
 * @param pathOf path of an event file by its number
 */
export async function readEvents(
  refs: readonly RecordRef[],
  pathOf: (file: number) => string | undefined,
): Promise<(pb.Event | null)[]> {
  const handles = new Map<number, Promise<FileHandle | null>>();
  const handleOf = (file: number) =>
    getOrInsert(handles, file, async () => {
      const path = pathOf(file);
      return path === undefined ? null : open(path, "r").catch(() => null);
    });
  try {
    return await Promise.all(refs.map(async (ref) => readEvent(await handleOf(ref.file), ref)));
  } finally {
    for (const handle of handles.values()) await (await handle)?.close();
  }
}

async function readEvent(handle: FileHandle | null, { offset, length }: RecordRef): Promise<pb.Event | null> {
  if (!handle) return null;
  const bytes = Buffer.allocUnsafe(length);
  const { bytesRead } = await handle.read(bytes, 0, length, offset);
  if (bytesRead < length) return null;
  try {
    return pb.Event.decode(bytes);
  } catch {
    return null;
  }
}
