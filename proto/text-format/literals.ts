/** Values as they stand in protobuf text: strings with escapes, integers, floats, truth values. */

const NAMED: Readonly<Record<string, number>> = {
  a: 7,
  b: 8,
  f: 12,
  n: 10,
  r: 13,
  t: 9,
  v: 11,
  "\\": 92,
  "'": 39,
  '"': 34,
  "?": 63,
};

const ESCAPE = /\\(?:([0-7]{1,3})|[xX]([0-9a-fA-F]{1,2})|u([0-9a-fA-F]{4})|U([0-9a-fA-F]{8})|(.))/gs;

/**
 * Bytes of a string between its quotes.
 *
 * @throws RangeError for an escape that does not exist
 */
export function unescapeText(text: string): Uint8Array {
  const utf8 = new TextEncoder();
  const parts: Uint8Array[] = [];
  let end = 0;
  for (const match of text.matchAll(ESCAPE)) {
    const [whole, octal, hex, short, long, char = ""] = match;
    parts.push(utf8.encode(text.slice(end, match.index)));
    end = match.index + whole.length;
    const point = short ?? long;
    if (point !== undefined) parts.push(utf8.encode(codePoint(point)));
    else parts.push(Uint8Array.of(byteOf(octal, hex, char)));
  }
  parts.push(utf8.encode(text.slice(end)));
  return concatenate(parts);
}

function byteOf(octal: string | undefined, hex: string | undefined, char: string): number {
  const byte = octal ? Number.parseInt(octal, 8) : hex ? Number.parseInt(hex, 16) : NAMED[char];
  if (byte === undefined || byte > 255) throw new RangeError(`no such escape: "\\${octal ?? char}"`);
  return byte;
}

function codePoint(hex: string): string {
  const point = Number.parseInt(hex, 16);
  if (point > 0x10ffff || (point >= 0xd800 && point < 0xe000))
    throw new RangeError(`no such character: U+${hex}`);
  return String.fromCodePoint(point);
}

export function concatenate(parts: readonly Uint8Array[]): Uint8Array {
  const whole = new Uint8Array(parts.reduce((length, part) => length + part.length, 0));
  let at = 0;
  for (const part of parts) {
    whole.set(part, at);
    at += part.length;
  }
  return whole;
}

/** Decimal, hexadecimal (`0x…`) or octal (`0…`); null when it is none of them. */
export function integer(text: string, negative: boolean): bigint | null {
  const octal = /^0[0-7]+$/.test(text);
  if (!octal && !/^(?:0[xX][0-9a-fA-F]+|0|[1-9][0-9]*)$/.test(text)) return null;
  const magnitude = BigInt(octal ? `0o${text.slice(1)}` : text);
  return negative ? -magnitude : magnitude;
}

/** A decimal number with an optional `f`, or `inf`, `infinity`, `nan` in any case; null when it is none of them. */
export function float(text: string, negative: boolean): number | null {
  const sign = negative ? -1 : 1;
  if (/^inf(?:inity)?f?$/i.test(text)) return sign * Number.POSITIVE_INFINITY;
  if (/^nanf?$/i.test(text)) return Number.NaN;
  const digits = /^((?:[0-9]+\.?[0-9]*|\.[0-9]+)(?:[eE][+-]?[0-9]+)?)[fF]?$/.exec(text)?.[1];
  return digits === undefined ? null : sign * Number(digits);
}

/** Null when it is no truth value. */
export function truth(text: string): boolean | null {
  if (["true", "True", "t", "1"].includes(text)) return true;
  return ["false", "False", "f", "0"].includes(text) ? false : null;
}

const LIMITS = {
  int32: [-(2n ** 31n), 2n ** 31n - 1n],
  uint32: [0n, 2n ** 32n - 1n],
  int64: [-(2n ** 63n), 2n ** 63n - 1n],
  uint64: [0n, 2n ** 64n - 1n],
} as const;

/** Whether an integer fits a type of the given sign and width. */
export function fits(value: bigint, unsigned: boolean, bits: 32 | 64): boolean {
  const [least, most] = LIMITS[`${unsigned ? "uint" : "int"}${bits}`];
  return value >= least && value <= most;
}
