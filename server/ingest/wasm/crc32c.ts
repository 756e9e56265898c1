/** CRC-32C of linear memory, sixteen bytes a round (slicing-by-16), and its TFRecord mask. */

const POLYNOMIAL: u32 = 0x82f63b78; // reflected Castagnoli

/** tables[k * 256 + b]: CRC of the byte b followed by k zero bytes. */
const tables: usize = memory.data(16 * 256 * 4, 16);

export function initCrc32c(): void {
  for (let b: u32 = 0; b < 256; b++) {
    let crc = b;
    for (let bit = 0; bit < 8; bit++) crc = crc & 1 ? (crc >> 1) ^ POLYNOMIAL : crc >> 1;
    store<u32>(tables + (b << 2), crc);
  }
  for (let i: u32 = 256; i < 16 * 256; i++) {
    const previous = load<u32>(tables + ((i - 256) << 2));
    store<u32>(tables + (i << 2), (previous >> 8) ^ load<u32>(tables + ((previous & 0xff) << 2)));
  }
}

// @ts-expect-error: decorator
@inline
function entry(k: u32, b: u32): u32 {
  return load<u32>(tables + (k << 10) + (b << 2));
}

// @ts-expect-error: decorator
@inline
function word(k: u32, w: u32): u32 {
  return entry(k + 3, w & 0xff) ^ entry(k + 2, (w >> 8) & 0xff) ^ entry(k + 1, (w >> 16) & 0xff) ^ entry(k, w >> 24);
}

/** Masked CRC-32C of `length` bytes at `at`. */
export function maskedCrc32c(at: usize, length: u32): u32 {
  let crc: u32 = 0xffffffff;
  let p = at;
  const end = at + length;
  for (; p + 16 <= end; p += 16)
    crc = word(12, load<u32>(p) ^ crc) ^ word(8, load<u32>(p, 4)) ^ word(4, load<u32>(p, 8)) ^ word(0, load<u32>(p, 12));
  for (; p + 4 <= end; p += 4) crc = word(0, load<u32>(p) ^ crc);
  for (; p < end; p++) crc = (crc >> 8) ^ entry(0, (crc ^ load<u8>(p)) & 0xff);
  return mask(~crc);
}

/** Masked CRC-32C of the 8 bytes at `at`: a record's length. */
export function maskedCrc32cOf8(at: usize): u32 {
  return mask(~(word(4, load<u32>(at) ^ 0xffffffff) ^ word(0, load<u32>(at, 4))));
}

// @ts-expect-error: decorator
@inline
function mask(crc: u32): u32 {
  return ((crc >> 15) | (crc << 17)) + 0xa282ead8;
}
