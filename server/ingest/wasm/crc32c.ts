/** CRC-32C of linear memory, sixteen bytes a round (slicing-by-16), and its TFRecord mask. */

const POLYNOMIAL: u32 = 0x82f63b78; // reflected Castagnoli

/** Bytes of an entry of `heads`: a mask of sixteen bytes, what to turn over in them, and the rest of the first state. */
const HEAD: usize = 40;
/** For a first round of fewer than sixteen bytes: those before it count as zeros, which change nothing. */
const heads: usize = memory.data(16 * 40, 16);

/** How far from the end of what is checked a byte's own part in the checksum is known. */
export const REACH: u32 = 176;

/** tables[k * 256 + b]: CRC of the byte b followed by k zero bytes. */
const tables: usize = memory.data(176 * 256 * 4, 16);

export function initCrc32c(): void {
  for (let b: u32 = 0; b < 256; b++) {
    let crc = b;
    for (let bit = 0; bit < 8; bit++) crc = crc & 1 ? (crc >> 1) ^ POLYNOMIAL : crc >> 1;
    store<u32>(tables + (b << 2), crc);
  }
  for (let i: u32 = 256; i < REACH * 256; i++) {
    const previous = load<u32>(tables + ((i - 256) << 2));
    store<u32>(tables + (i << 2), (previous >> 8) ^ load<u32>(tables + ((previous & 0xff) << 2)));
  }
  for (let bytes: u32 = 1; bytes < 16; bytes++) {
    const head = heads + <usize>bytes * HEAD;
    for (let i: u32 = 16 - bytes; i < 16; i++) {
      store<u8>(head + i, 0xff);
      // The state begins as all ones: they go into the first four bytes.
      if (i < 20 - bytes) store<u8>(head + i, 0xff, 16);
    }
    if (bytes < 4) store<u32>(head, 0xffffffff >> (bytes << 3), 32);
  }
}

/** What a byte `b` with `k` bytes after it adds to the checksum of the same bytes with a zero in its place. */
// @ts-expect-error: decorator
@inline
export function entry(k: u32, b: u32): u32 {
  return load<u32>(tables + (k << 10) + (b << 2));
}

// @ts-expect-error: decorator
@inline
function word(k: u32, w: u32): u32 {
  return entry(k + 3, w & 0xff) ^ entry(k + 2, (w >> 8) & 0xff) ^ entry(k + 1, (w >> 16) & 0xff) ^ entry(k, w >> 24);
}

/** Masked CRC-32C of `length` bytes at `at`. Up to fifteen bytes before `at` are read. */
export function maskedCrc32c(at: usize, length: u32): u32 {
  return mask(crc32c(at, length));
}

/**
 * CRC-32C of `length` bytes at `at`. Rounds depend on one another, and so records of some fifty bytes take as many
 * rounds as they have sixteens: what is over comes first, in one round. Up to fifteen bytes before `at` are read.
 */
// @ts-expect-error: decorator
@inline
export function crc32c(at: usize, length: u32): u32 {
  let crc: u32 = 0xffffffff;
  const over = length & 15;
  let p = at + over;
  const end = at + length;
  if (over !== 0) {
    const head = heads + <usize>over * HEAD;
    const low = (load<u64>(p - 16) & load<u64>(head)) ^ load<u64>(head, 16);
    const high = (load<u64>(p - 8) & load<u64>(head, 8)) ^ load<u64>(head, 24);
    crc =
      word(12, <u32>low) ^ word(8, <u32>(low >> 32)) ^ word(4, <u32>high) ^ word(0, <u32>(high >> 32)) ^ load<u32>(head, 32);
  }
  for (; p < end; p += 16)
    crc = word(12, load<u32>(p) ^ crc) ^ word(8, load<u32>(p, 4)) ^ word(4, load<u32>(p, 8)) ^ word(0, load<u32>(p, 12));
  return ~crc;
}

/** Masked CRC-32C of the 8 bytes at `at`: a record's length. */
export function maskedCrc32cOf8(at: usize): u32 {
  return mask(~(word(4, load<u32>(at) ^ 0xffffffff) ^ word(0, load<u32>(at, 4))));
}

// @ts-expect-error: decorator
@inline
export function mask(crc: u32): u32 {
  return ((crc >> 15) | (crc << 17)) + 0xa282ead8;
}
