/** Frames that announce whatever length, with its right CRC. */
import { HEADER_BYTES } from "../../proto/index.ts";
import { maskedCrc } from "../../proto/masked-crc.ts";

/** What a frame begins with: a length, whatever it is, and its right CRC. */
export function frameStart(length: bigint): Buffer {
  const start = Buffer.alloc(HEADER_BYTES);
  start.writeBigUInt64LE(length);
  start.writeUInt32LE(maskedCrc(start.subarray(0, 8)), 8);
  return start;
}
