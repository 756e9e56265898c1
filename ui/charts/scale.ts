/** Maps data to the unit interval and back, linearly or by logarithm. */
import type { Range } from "./line.ts";

export interface Scale {
  readonly log: boolean;
  readonly range: Range;
  /** Data to axis units, in which ticks and pixels are even: the identity, or log10. */
  toAxis(value: number): number;
  fromAxis(position: number): number;
  /** Data to [0, 1] over the range; NaN where a logarithm has no value. */
  toUnit(value: number): number;
  fromUnit(unit: number): number;
}

const identity = (value: number): number => value;
const power = (exponent: number): number => 10 ** exponent;
const log10 = (value: number): number => (value > 0 ? Math.log10(value) : Number.NaN);

/** A scale over `range`; a logarithmic one needs a positive range. */
export function makeScale(range: Range, log: boolean): Scale {
  const toAxis = log ? log10 : identity;
  const fromAxis = log ? power : identity;
  const low = toAxis(range[0]);
  const span = toAxis(range[1]) - low;
  return {
    log,
    range,
    toAxis,
    fromAxis,
    toUnit: (value) => (toAxis(value) - low) / span,
    fromUnit: (unit) => fromAxis(low + unit * span),
  };
}

/** The range after zooming by `factor` (< 1 is closer) around the point at `unit`, or moving by `shift` of its width. */
export function zoomRange(scale: Scale, factor: number, unit: number, shift = 0): Range {
  const low = unit - unit * factor + shift;
  const high = unit + (1 - unit) * factor + shift;
  return [scale.fromUnit(low), scale.fromUnit(high)];
}

/** Share of the larger end that a range has at least: less, and doubles do not tell its pixels apart. */
const LEAST_SPAN = 1e-12;

/** Half of a range around a value that can be drawn. */
export function leastRoom(value: number): number {
  return Math.abs(value) * 2 * LEAST_SPAN;
}

/** Whether a range can be drawn: ordered, and wide enough for doubles to tell its pixels apart. */
export function isUsableRange([low, high]: Range, log: boolean): boolean {
  if (!(Number.isFinite(low) && Number.isFinite(high) && low < high)) return false;
  if (log && low <= 0) return false;
  return high - low > Math.max(Math.abs(low), Math.abs(high)) * LEAST_SPAN;
}
