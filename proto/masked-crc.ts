/**
 * The masked CRC of TFRecord frames: a CRC-32C rotated and offset, so that data which itself holds CRCs
 * does not weaken the check.
 */
import { crc32c } from "#crc32c";

const MASK_DELTA = 0xa282ead8;

/** Masks a CRC-32C: rotated right by 15 bits, plus a constant. */
export function maskCrc(crc: number): number {
  return (((crc >>> 15) | (crc << 17)) + MASK_DELTA) >>> 0;
}

/** The CRC-32C that {@link maskCrc} masked. */
export function unmaskCrc(masked: number): number {
  const rotated = (masked - MASK_DELTA) >>> 0;
  return ((rotated >>> 17) | (rotated << 15)) >>> 0;
}

/** Masked CRC-32C of `data` from `start` to `end`. */
export function maskedCrc(data: Uint8Array, start = 0, end: number = data.length): number {
  return maskCrc(crc32c(data, start, end));
}
