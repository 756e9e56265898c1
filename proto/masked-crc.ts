/**
 * The masked CRC of TFRecord frames: a CRC-32C rotated and offset, so that data which itself holds CRCs
 * does not weaken the check.
 */
import { crc32c } from "#crc32c";

const MASK_DELTA = 0xa282ead8;

/**
 * Masks a CRC-32C: rotated right by 15 bits, plus a constant.
 *
 * @param crc unsigned 32-bit integer, as is the result
 * @example
 * console.log(maskCrc(0xe3069283).toString(16)); // c78ab0e5
 */
export function maskCrc(crc: number): number {
  return (((crc >>> 15) | (crc << 17)) + MASK_DELTA) >>> 0;
}

/**
 * The CRC-32C that {@link maskCrc} masked.
 *
 * @param masked unsigned 32-bit integer, as is the result
 * @example
 * console.log(unmaskCrc(0xc78ab0e5).toString(16)); // e3069283
 */
export function unmaskCrc(masked: number): number {
  const rotated = (masked - MASK_DELTA) >>> 0;
  return ((rotated >>> 17) | (rotated << 15)) >>> 0;
}

/**
 * Masked CRC-32C (Castagnoli) of bytes, as an unsigned 32-bit integer: what TFRecord frames and checkpoints hold.
 *
 * @param start first byte; default 0
 * @param end byte after the last; default the end of the data
 * @example
 * const digits = new TextEncoder().encode("123456789");
 * console.log(unmaskCrc(maskedCrc(digits)).toString(16)); // e3069283
 *
 * @example
 * const frame = encodeRecord(Uint8Array.of(1, 2, 3));
 * const end = frame.length - 4;
 * const stored = new DataView(frame.buffer).getUint32(end, true);
 * console.log(stored === maskedCrc(frame, HEADER_BYTES, end)); // true
 */
export function maskedCrc(data: Uint8Array, start = 0, end: number = data.length): number {
  return maskCrc(crc32c(data, start, end));
}
