/** What writers send is checked before it is written: whole records, each with matching CRCs, and nothing else. */
import { pb } from "../../proto/codec.ts";
import { readRecord } from "../../proto/tfrecord.ts";

/** Bytes that are no records, in words. */
export class RecordsError extends RangeError {
  override name = "RecordsError";
}

const WORDS = {
  truncated: "ends inside a record; only whole ones are taken",
  "bad-length": "has a length that does not match its CRC",
  "bad-data": "has data that do not match their CRC",
};

/** Throws RecordsError unless `bytes` are whole records. */
export function checkRecords(bytes: Uint8Array): void {
  for (let offset = 0; offset < bytes.length; ) {
    const found = readRecord(bytes, offset);
    if (found.kind !== "record") throw new RecordsError(`the record at byte ${offset} ${WORDS[found.kind]}`);
    offset = found.end;
  }
}

/** Throws RecordsError unless the first record is the one that every event file starts with. */
export function checkFileStart(bytes: Uint8Array): void {
  const first = readRecord(bytes);
  if (first.kind === "record" && versionOf(first.data)?.startsWith("brain.Event:")) return;
  throw new RecordsError("a new file starts with an event that has a file_version");
}

function versionOf(data: Uint8Array): string | null | undefined {
  try {
    return pb.Event.decode(data).fileVersion;
  } catch {
    return undefined;
  }
}
