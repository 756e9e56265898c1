/**
 * Columns of numbers that lie near a line, as steps and wall times do: kept as the line and, row by row, how far off
 * it each one is, in as few bytes as that takes. Row i is `first + (round(slope * i) + off[i]) * unit`. Nothing is
 * rounded: every number comes back as it was.
 */

/** How a column is kept; the numbers are part of the index cache's files. */
export const ColumnKind = {
  /** On the line: no bytes. */
  Line: 0,
  /** Off the line by a signed integer of 8, 16 or 32 bits. */
  Int8: 1,
  Int16: 2,
  Int32: 3,
  /** As they are. */
  Float64: 4,
  /** As they are, beyond 2^53. */
  BigInt64: 5,
} as const;
export type ColumnKind = (typeof ColumnKind)[keyof typeof ColumnKind];

/** The same memory, as every type that columns are kept in. */
export interface ColumnViews {
  readonly bytes: Uint8Array;
  readonly int8: Int8Array;
  readonly int16: Int16Array;
  readonly uint16: Uint16Array;
  readonly int32: Int32Array;
  readonly float32: Float32Array;
  readonly float64: Float64Array;
  readonly bigInt64: BigInt64Array;
}

export function viewsOf(buffer: ArrayBuffer): ColumnViews {
  return {
    bytes: new Uint8Array(buffer),
    int8: new Int8Array(buffer),
    int16: new Int16Array(buffer),
    uint16: new Uint16Array(buffer),
    int32: new Int32Array(buffer),
    float32: new Float32Array(buffer),
    float64: new Float64Array(buffer),
    bigInt64: new BigInt64Array(buffer),
  };
}

/** Bytes a row takes. */
export function rowBytes(kind: ColumnKind): number {
  switch (kind) {
    case ColumnKind.Line:
      return 0;
    case ColumnKind.Int8:
      return 1;
    case ColumnKind.Int16:
      return 2;
    case ColumnKind.Int32:
      return 4;
    default:
      return 8;
  }
}

/** Doubles beyond this are not exact as integers once something is added. */
const EXACT = 2 ** 52;

/** `Math.round` of what is not negative, and as fast as arithmetic. */
const round = (x: number): number => Math.floor(x + 0.5);

export interface LinePlan {
  readonly kind: ColumnKind;
  readonly slope: number;
}

/**
 * How rows `from` to `to` are best kept.
 *
 * @param unit a power of two of which all differences are whole multiples; 0 when there is none
 */
export function planLine(numbers: Float64Array, from: number, to: number, unit: number): LinePlan {
  const count = to - from;
  const first = numbers[from]!;
  const asTheyAre: LinePlan = { kind: ColumnKind.Float64, slope: 0 };
  if (unit === 0) return asTheyAre;
  const slope = count > 1 ? (numbers[to - 1]! - first) / unit / (count - 1) : 0;
  let least = 0;
  let most = 0;
  for (let i = 1; i < count; i++) {
    const units = (numbers[from + i]! - first) / unit;
    if (!(units <= EXACT && units >= -EXACT)) return asTheyAre;
    const off = units - round(slope * i);
    if (off < least) least = off;
    else if (off > most) most = off;
  }
  const far = Math.max(most, -1 - least);
  if (least === 0 && most === 0) return { kind: ColumnKind.Line, slope };
  if (far < 2 ** 7) return { kind: ColumnKind.Int8, slope };
  if (far < 2 ** 15) return { kind: ColumnKind.Int16, slope };
  return far < 2 ** 31 ? { kind: ColumnKind.Int32, slope } : asTheyAre;
}

/** Writes rows `from` to `to` as planned, at `offset`. */
export function writeLine(
  views: ColumnViews,
  offset: number,
  { kind, slope }: LinePlan,
  numbers: Float64Array,
  from: number,
  to: number,
  unit: number,
): void {
  if (kind === ColumnKind.Line) return;
  if (kind === ColumnKind.Float64) {
    views.float64.set(numbers.subarray(from, to), offset / 8);
    return;
  }
  const rows = kind === ColumnKind.Int8 ? views.int8 : kind === ColumnKind.Int16 ? views.int16 : views.int32;
  const base = offset / rows.BYTES_PER_ELEMENT;
  const first = numbers[from]!;
  for (let i = 0; i < to - from; i++) rows[base + i] = (numbers[from + i]! - first) / unit - round(slope * i);
}

/**
 * The number in a row; of a `BigInt64` column the nearest double.
 *
 * @param layout numbers of which four from `at` on are the column's: kind, byte offset, first and slope
 */
export function readLine(
  views: ColumnViews,
  layout: Float64Array,
  at: number,
  row: number,
  unit: number,
): number {
  const offset = layout[at + 1]!;
  switch (layout[at]) {
    case ColumnKind.Line:
      return layout[at + 2]! + round(layout[at + 3]! * row) * unit;
    case ColumnKind.Int8:
      return layout[at + 2]! + (round(layout[at + 3]! * row) + views.int8[offset + row]!) * unit;
    case ColumnKind.Int16:
      return layout[at + 2]! + (round(layout[at + 3]! * row) + views.int16[offset / 2 + row]!) * unit;
    case ColumnKind.Int32:
      return layout[at + 2]! + (round(layout[at + 3]! * row) + views.int32[offset / 4 + row]!) * unit;
    case ColumnKind.Float64:
      return views.float64[offset / 8 + row]!;
    default:
      return Number(views.bigInt64[offset / 8 + row]!);
  }
}

/**
 * The numbers in rows `from` to `to`, as {@link readLine} gives each of them.
 *
 * @param layout as for {@link readLine}
 */
export function readLines(
  views: ColumnViews,
  layout: Float64Array,
  at: number,
  from: number,
  to: number,
  unit: number,
): Float64Array {
  const numbers = new Float64Array(to - from);
  const kind = layout[at];
  const first = layout[at + 2]!;
  const slope = layout[at + 3]!;
  if (kind === ColumnKind.Line) {
    for (let row = from; row < to; row++) numbers[row - from] = first + round(slope * row) * unit;
  } else if (kind === ColumnKind.Int8 || kind === ColumnKind.Int16 || kind === ColumnKind.Int32) {
    const offs =
      kind === ColumnKind.Int8 ? views.int8 : kind === ColumnKind.Int16 ? views.int16 : views.int32;
    const base = layout[at + 1]! / offs.BYTES_PER_ELEMENT;
    for (let row = from; row < to; row++)
      numbers[row - from] = first + (round(slope * row) + offs[base + row]!) * unit;
  } else {
    for (let row = from; row < to; row++) numbers[row - from] = readLine(views, layout, at, row, unit);
  }
  return numbers;
}
