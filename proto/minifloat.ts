/**
 * Floats of 16, 8 and 4 bits as numbers and back: IEEE half, bfloat16, the 8-bit formats of
 * https://arxiv.org/abs/2209.05433 (E5M2, E4M3FN) with their variants without negative zero (…FNUZ), and E2M1FN.
 */

/** Layout of a small float: sign, exponent and mantissa bits from high to low. */
export interface MinifloatFormat {
  readonly bits: 4 | 8 | 16;
  readonly exponentBits: number;
  readonly mantissaBits: number;
  readonly bias: number;
  /**
   * `ieee`: an exponent of all ones is infinity or NaN. `fn`: no infinity, all ones is NaN.
   * `fnuz`: no infinity and no negative zero, whose pattern is the only NaN. `finite`: every pattern is a number.
   */
  readonly specials: "ieee" | "fn" | "fnuz" | "finite";
}

const format = (
  bits: 4 | 8 | 16,
  exponentBits: number,
  mantissaBits: number,
  bias: number,
  specials: MinifloatFormat["specials"],
): MinifloatFormat => ({ bits, exponentBits, mantissaBits, bias, specials });

export const HALF = format(16, 5, 10, 15, "ieee");
export const BFLOAT16 = format(16, 8, 7, 127, "ieee");
export const FLOAT8_E5M2 = format(8, 5, 2, 15, "ieee");
export const FLOAT8_E4M3FN = format(8, 4, 3, 7, "fn");
export const FLOAT8_E4M3FNUZ = format(8, 4, 3, 8, "fnuz");
export const FLOAT8_E4M3B11FNUZ = format(8, 4, 3, 11, "fnuz");
export const FLOAT8_E5M2FNUZ = format(8, 5, 2, 16, "fnuz");
export const FLOAT4_E2M1FN = format(4, 2, 1, 1, "finite");

/** The number that `pattern` stands for. */
export function decodeMinifloat(pattern: number, f: MinifloatFormat): number {
  const signBit = 2 ** (f.bits - 1);
  const exponentMax = 2 ** f.exponentBits - 1;
  const sign = pattern & signBit ? -1 : 1;
  const exponent = (pattern >>> f.mantissaBits) & exponentMax;
  const mantissa = pattern & (2 ** f.mantissaBits - 1);
  if (f.specials === "fnuz" && pattern === signBit) return Number.NaN;
  if (exponent === exponentMax && f.specials === "ieee")
    return mantissa === 0 ? sign * Number.POSITIVE_INFINITY : Number.NaN;
  if (exponent === exponentMax && f.specials === "fn" && mantissa === 2 ** f.mantissaBits - 1)
    return Number.NaN;
  const fraction = mantissa / 2 ** f.mantissaBits;
  return exponent === 0
    ? sign * fraction * 2 ** (1 - f.bias)
    : sign * (1 + fraction) * 2 ** (exponent - f.bias);
}

/**
 * The nearest pattern to `value`, ties to even; beyond the range infinity, or NaN where there is none, or the
 * largest number where there is neither. Without NaN it becomes negative zero, as ml_dtypes has it.
 */
export function encodeMinifloat(value: number, f: MinifloatFormat): number {
  const signBit = 2 ** (f.bits - 1);
  const nan = nanPattern(f);
  if (Number.isNaN(value)) return nan;
  const sign = value < 0 || Object.is(value, -0) ? signBit : 0;
  const magnitude = Math.abs(value);
  const infinity = beyond(sign, nan, f);
  if (magnitude === Number.POSITIVE_INFINITY) return infinity;
  if (magnitude === 0) return f.specials === "fnuz" ? 0 : sign;
  const exponent = Math.max(Math.floor(Math.log2(magnitude)), 1 - f.bias);
  // A mantissa that rounds up to the next power of two carries into the exponent by itself.
  const units = roundHalfToEven(magnitude / 2 ** (exponent - f.mantissaBits));
  const pattern = units + (exponent + f.bias - 1) * 2 ** f.mantissaBits;
  const largest = largestPattern(f);
  if (pattern > largest) return infinity;
  return pattern === 0 && f.specials === "fnuz" ? 0 : sign | pattern;
}

function nanPattern(f: MinifloatFormat): number {
  const signBit = 2 ** (f.bits - 1);
  if (f.specials === "ieee") return quietNan(f);
  return f.specials === "fn" ? signBit - 1 : signBit;
}

/** What stands for a magnitude that is too large. */
function beyond(sign: number, nan: number, f: MinifloatFormat): number {
  if (f.specials === "ieee") return sign | ((2 ** f.exponentBits - 1) << f.mantissaBits);
  return f.specials === "finite" ? sign | largestPattern(f) : nan;
}

function quietNan(f: MinifloatFormat): number {
  return ((2 ** f.exponentBits - 1) << f.mantissaBits) | (2 ** (f.mantissaBits - 1));
}

/** Pattern of the largest finite magnitude. */
function largestPattern(f: MinifloatFormat): number {
  const allOnes = 2 ** (f.bits - 1) - 1;
  if (f.specials === "ieee") return ((2 ** f.exponentBits - 1) << f.mantissaBits) - 1;
  return f.specials === "fn" ? allOnes - 1 : allOnes;
}

function roundHalfToEven(x: number): number {
  const floor = Math.floor(x);
  const rest = x - floor;
  if (rest !== 0.5) return rest < 0.5 ? floor : floor + 1;
  return floor % 2 === 0 ? floor : floor + 1;
}
