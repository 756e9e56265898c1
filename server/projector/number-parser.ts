/**
 * Decimal numbers straight from bytes, as Python's `float()` takes them and NumPy rounds them to float32. Files of vectors
 * hold millions: making a string of each takes several times as long.
 */

const TAB = 0x09;
const MINUS = 0x2d;
const PLUS = 0x2b;
const POINT = 0x2e;
const ZERO = 0x30;
const EXPONENT = 0x65;
/** Sets the bit in which small letters differ from capitals. */
const SMALL = 0x20;

/** Digits that count: more of them change a double by less than `DOUBT`. */
const MAX_DIGITS = 19;
/** Digits that a double holds exactly. */
const EXACT_DIGITS = 15;
/** Powers of ten that a double holds exactly. */
const EXACT_POWER = 22;
/** Exponents below which neither the powers nor their products leave a double's range. */
const MAX_POWER = 280;
const POWERS = Float64Array.from({ length: MAX_POWER + 1 }, (_, k) => Number(`1e${k}`));
/** Longer exponents are left to the slow way. */
const MAX_EXPONENT_DIGITS = 4;
/** Relative error of a product of rounded factors, and some more. */
const DOUBT = 2 ** -48;

/** Reads a line of numbers, one after the other. */
export class NumberReader {
  readonly #bytes: Uint8Array;
  readonly #end: number;
  /** Where the next number starts; beyond the end after the last one. */
  at = 0;
  /** Set by the loop over digits: what they make, how many count, and by what power of ten they are off. */
  #mantissa = 0;
  #digits = 0;
  #power = 0;

  constructor(line: Uint8Array) {
    this.#bytes = line;
    this.#end = line.length;
  }

  /**
   * The number: put into a Float32Array it is what NumPy makes of Python's `float()`, the float32 nearest to the double
   * nearest to it. Null when there is none; then `at` stays.
   */
  next(): number | null {
    return this.#plain() ?? this.#withExponent() ?? this.#slowly();
  }

  /** Digits that a double holds, a point among them: nearly every number is so. */
  #plain(): number | null {
    const bytes = this.#bytes;
    const negative = bytes[this.at] === MINUS;
    const first = negative ? this.at + 1 : this.at;
    const end = Math.min(this.#end, first + EXACT_DIGITS + 1);
    let mantissa = 0;
    let point = -1;
    let at = first;
    for (; at < end; at++) {
      const byte = bytes[at]!;
      const digit = byte - ZERO;
      if (digit >= 0 && digit <= 9) mantissa = mantissa * 10 + digit;
      else if (byte === POINT && point < 0) point = at;
      else break;
    }
    const digits = at - first - (point < 0 ? 0 : 1);
    if (digits === 0 || digits > EXACT_DIGITS || (at < this.#end && bytes[at] !== TAB)) return null;
    this.at = at + 1;
    const value = point < 0 ? mantissa : mantissa / POWERS[at - point - 1]!;
    return negative ? -value : value;
  }

  /** Any digits, with or without an exponent; null where this may not give the nearest float32. */
  #withExponent(): number | null {
    const bytes = this.#bytes;
    const negative = bytes[this.at] === MINUS;
    const first = negative || bytes[this.at] === PLUS ? this.at + 1 : this.at;
    this.#mantissa = this.#digits = this.#power = 0;
    let at = this.#readDigits(first, 0);
    let read = at - first;
    if (bytes[at] === POINT && at < this.#end) {
      const point = at;
      at = this.#readDigits(at + 1, 1);
      read += at - point - 1;
    }
    if (read === 0) return null;
    if (at < this.#end && (bytes[at]! | SMALL) === EXPONENT) at = this.#readExponent(at + 1);
    const value = at < this.#end && bytes[at] !== TAB ? null : this.#value();
    if (value === null) return null;
    this.at = at + 1;
    return negative ? -value : value;
  }

  /** @param fraction 1 behind the point, 0 before it */
  #readDigits(from: number, fraction: 0 | 1): number {
    const bytes = this.#bytes;
    const end = this.#end;
    let mantissa = this.#mantissa;
    let digits = this.#digits;
    let power = this.#power;
    let at = from;
    for (; at < end; at++) {
      const digit = bytes[at]! - ZERO;
      if (digit < 0 || digit > 9) break;
      if (digits < MAX_DIGITS) {
        mantissa = mantissa * 10 + digit;
        if (mantissa > 0) digits++;
        power -= fraction;
      } else power += 1 - fraction;
    }
    this.#mantissa = mantissa;
    this.#digits = digits;
    this.#power = power;
    return at;
  }

  /** Where the exponent behind an `e` ends; where the `e` is when there are no digits behind it. */
  #readExponent(from: number): number {
    const bytes = this.#bytes;
    const negative = bytes[from] === MINUS;
    let at = negative || bytes[from] === PLUS ? from + 1 : from;
    const first = at;
    let exponent = 0;
    for (; at < this.#end && at - first < MAX_EXPONENT_DIGITS; at++) {
      const digit = bytes[at]! - ZERO;
      if (digit < 0 || digit > 9) break;
      exponent = exponent * 10 + digit;
    }
    if (at === first) return from - 1;
    this.#power += negative ? -exponent : exponent;
    return at;
  }

  /** The number that was read; null where the fast way may not give the nearest. */
  #value(): number | null {
    const mantissa = this.#mantissa;
    const power = this.#power;
    if (mantissa === 0) return 0;
    if (power < -MAX_POWER || power > MAX_POWER) return null;
    const value = power < 0 ? mantissa / POWERS[-power]! : mantissa * POWERS[power]!;
    const nearest = Math.fround(value);
    if (this.#digits <= EXACT_DIGITS && power >= -EXACT_POWER && power <= EXACT_POWER) return nearest;
    const certain =
      Math.fround(value * (1 - DOUBT)) === nearest && Math.fround(value * (1 + DOUBT)) === nearest;
    return certain ? nearest : null;
  }

  #slowly(): number | null {
    const tab = this.#bytes.indexOf(TAB, this.at);
    const end = tab < 0 ? this.#end : tab;
    const value = pythonFloat(new TextDecoder().decode(this.#bytes.subarray(this.at, end)));
    if (value === null) return null;
    this.at = end + 1;
    return Math.fround(value);
  }
}

const DECIMAL = /^[+-]?(?:\d[\d_]*\.?(?:\d[\d_]*)?|\.\d[\d_]*)(?:[eE][+-]?\d[\d_]*)?$/;

/** Everything that `float()` takes: spaces around it, `_` between digits, infinities and NaN by name. */
function pythonFloat(given: string): number | null {
  const text = given.trim();
  const named = /^([+-]?)(inf(?:inity)?|nan)$/i.exec(text);
  if (named) {
    const magnitude = named[2]!.toLowerCase() === "nan" ? Number.NaN : Number.POSITIVE_INFINITY;
    return named[1] === "-" ? -magnitude : magnitude;
  }
  // Between digits only, and one at a time.
  if (!DECIMAL.test(text) || /_(?!\d)|(?<!\d)_/.test(text)) return null;
  return Number(text.replaceAll("_", ""));
}
