/** Tables for tests: one block of entries, as LevelDB's format has it, with CRCs that are right whatever is in it. */
import { maskedCrc } from "../../../proto/index.ts";

type Entry = readonly [key: Uint8Array | string, value: Uint8Array];

/** @param compression byte behind every block; 1 says Snappy */
export function tableOf(entries: readonly Entry[], compression = 0): Uint8Array {
  return tableOfBlock(block(entries), compression);
}

/** A table whose one block has these bytes. */
export function tableOfBlock(content: Uint8Array, compression = 0): Uint8Array {
  const data = sealed(content, compression);
  const last = new Uint8Array(8).fill(0xff);
  const handle = Uint8Array.from([...varint(0), ...varint(content.length)]);
  const indexContent = block([[last, handle]]);
  const index = sealed(indexContent, 0);
  const footer = new Uint8Array(48);
  footer.set([...varint(0), ...varint(0), ...varint(data.length), ...varint(indexContent.length)]);
  new DataView(footer.buffer).setBigUint64(40, 0xdb4775248b80fb57n, true);
  return Uint8Array.from([...data, ...index, ...footer]);
}

export function varint(value: number): number[] {
  return value < 128 ? [value] : [(value % 128) + 128, ...varint(Math.floor(value / 128))];
}

function block(entries: readonly Entry[]): Uint8Array {
  const bytes = entries.flatMap(([key, value]) => {
    const keyBytes = typeof key === "string" ? new TextEncoder().encode(key) : key;
    return [0, ...varint(keyBytes.length), ...varint(value.length), ...keyBytes, ...value];
  });
  return Uint8Array.from([...bytes, 0, 0, 0, 0, 1, 0, 0, 0]);
}

function sealed(content: Uint8Array, compression: number): Uint8Array {
  const whole = new Uint8Array(content.length + 5);
  whole.set(content);
  whole[content.length] = compression;
  new DataView(whole.buffer).setUint32(content.length + 1, maskedCrc(whole, 0, content.length + 1), true);
  return whole;
}
