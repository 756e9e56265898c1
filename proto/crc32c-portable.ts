/** CRC-32C in plain JavaScript, eight bytes a round: for browsers, where the native module cannot load. */

/** The reflected Castagnoli polynomial (RFC 3720, appendix B.4). */
const POLYNOMIAL = 0x82f63b78;

/** TABLES[k * 256 + b]: CRC of the byte b followed by k zero bytes. */
const TABLES = new Uint32Array(8 * 256);
for (let b = 0; b < 256; b++) {
  let crc = b;
  for (let bit = 0; bit < 8; bit++) crc = crc & 1 ? (crc >>> 1) ^ POLYNOMIAL : crc >>> 1;
  TABLES[b] = crc;
}
for (let i = 256; i < TABLES.length; i++) {
  const previous = TABLES[i - 256]!;
  TABLES[i] = (previous >>> 8) ^ TABLES[previous & 0xff]!;
}

/**
 * CRC-32C (Castagnoli) of `data` from `start` to `end`, as an unsigned 32-bit integer.
 *
 * @param before CRC of the bytes that stand before these, to go on from; default 0: none do
 */
export function crc32c(data: Uint8Array, start = 0, end: number = data.length, before = 0): number {
  const t = TABLES;
  let crc = ~before;
  let i = start;
  for (; i + 8 <= end; i += 8) {
    const low = crc ^ (data[i]! | (data[i + 1]! << 8) | (data[i + 2]! << 16) | (data[i + 3]! << 24));
    crc =
      t[1792 + (low & 0xff)]! ^
      t[1536 + ((low >>> 8) & 0xff)]! ^
      t[1280 + ((low >>> 16) & 0xff)]! ^
      t[1024 + (low >>> 24)]! ^
      t[768 + data[i + 4]!]! ^
      t[512 + data[i + 5]!]! ^
      t[256 + data[i + 6]!]! ^
      t[data[i + 7]!]!;
  }
  for (; i < end; i++) crc = (crc >>> 8) ^ t[(crc ^ data[i]!) & 0xff]!;
  return ~crc >>> 0;
}
