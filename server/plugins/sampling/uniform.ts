/**
 * Whole numbers below a bound, drawn from random words as Rust's rand 0.7 draws them: the high half of word times
 * bound, unless the low half lies where it would favour some numbers.
 */
import type { RandomWords } from "./random-words.ts";

const WORD = 2 ** 32;

/** `Uniform::from(0..bound)` over 64-bit numbers, with a bound below 2^32. */
export function drawWide(words: RandomWords, bound: number): number {
  for (;;) {
    const low = words.next();
    const high = words.next();
    // high * 2^32 + low, times bound, as words of 32 bits.
    const [lowCarry, lowest] = product(low, bound);
    const [highCarry, highLow] = product(high, bound);
    const second = highLow + lowCarry;
    // Only the last `2^64 mod bound` of the low halves are refused: their upper word is all ones.
    if (second % WORD !== WORD - 1 || isFair(second, lowest, bound))
      return highCarry + (second >= WORD ? 1 : 0);
  }
}

function isFair(second: number, lowest: number, bound: number): boolean {
  const half = BigInt.asUintN(64, (BigInt(second) << 32n) + BigInt(lowest));
  return half <= 2n ** 64n - 1n - (2n ** 64n % BigInt(bound));
}

/** `gen_range(0, bound)` over 32-bit numbers, whose zone is a power of two times the bound. */
export function drawInRange(words: RandomWords, bound: number): number {
  const zone = ((bound << Math.clz32(bound)) >>> 0) - 1;
  return draw32(words, bound, zone);
}

/** `Uniform::new(0, bound)` over 32-bit numbers, whose zone is exact. */
export function drawBelow(words: RandomWords, bound: number): number {
  return draw32(words, bound, WORD - 1 - (WORD % bound));
}

function draw32(words: RandomWords, bound: number, zone: number): number {
  for (;;) {
    const [high, low] = product(words.next(), bound);
    if (low <= zone) return high;
  }
}

/** The high and the low word of a product of two words. */
function product(a: number, b: number): [number, number] {
  const low = Math.imul(a, b) >>> 0;
  // Of four products of half words, all but the lowest reach the high word.
  const aHigh = a >>> 16;
  const aLow = a & 0xffff;
  const bHigh = b >>> 16;
  const bLow = b & 0xffff;
  const middle = aHigh * bLow + Math.floor((aLow * bLow) / 0x10000) + ((aLow * bHigh) % 0x10000);
  return [aHigh * bHigh + Math.floor((aLow * bHigh) / 0x10000) + Math.floor(middle / 0x10000), low];
}
