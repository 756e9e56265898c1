/**
 * The masked CRC of TFRecord frames: a CRC-32C rotated and offset, so that data which itself holds CRCs
 * does not weaken the check.
 */
import { crc32c } from "#crc32c";

const MASK_DELTA = 0xa282ead8;

/**
 * Masks a CRC-32C: rotated right by 15 bits, plus a constant.
 *
 * @example
 * const masked = maskCrc(0xdeadbeef);
 * console.log(unmaskCrc(masked) === 0xdeadbeef); // true
 */
export function maskCrc(crc: number): number {
  return (((crc >>> 15) | (crc << 17)) + MASK_DELTA) >>> 0;
}

/**
 * The CRC-32C that {@link maskCrc} masked.
 *
 * @example
 * // The standard's own check: the CRC-32C of these digits.
 * console.log(unmaskCrc(maskedCrc(new TextEncoder().encode("123456789"))).toString(16)); // e3069283
 */
export function unmaskCrc(masked: number): number {
  const rotated = (masked - MASK_DELTA) >>> 0;
  return ((rotated >>> 17) | (rotated << 15)) >>> 0;
}

/**
 * Masked CRC-32C of `data` from `start` to `end`.
 *
 * @example
 * const data = new TextEncoder().encode("[loss]");
 * console.log(maskedCrc(data, 1, 5) === maskedCrc(new TextEncoder().encode("loss"))); // true
 */
export function maskedCrc(data: Uint8Array, start = 0, end: number = data.length): number {
  return maskCrc(crc32c(data, start, end));
}
