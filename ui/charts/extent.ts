/** What range of x and y the lines ask for. */
import type { Bound, Line, Range } from "./line.ts";

/** Smallest and largest x; null without points. A logarithmic axis counts only what is positive. */
export function xExtent(lines: readonly Line[], log: boolean): Range | null {
  let low = Number.POSITIVE_INFINITY;
  let high = Number.NEGATIVE_INFINITY;
  for (const { x } of lines) {
    for (const value of log ? x : [x[0], x[x.length - 1]]) {
      if (value === undefined || (log && value <= 0)) continue;
      if (value < low) low = value;
      if (value > high) high = value;
    }
  }
  return low <= high ? [low, high] : null;
}

export interface YExtentOptions {
  readonly log: boolean;
  /** Only points inside count. */
  readonly xRange: Range | null;
  /** Leaves out what lies far from most of the strong lines' values; see {@link fences}. */
  readonly ignoreOutliers: boolean;
}

/** Enough values for a steady percentile; more are thinned evenly, as sorting them would cost a frame. */
const SAMPLE = 16_384;
/** Of fewer values than this, a twentieth is less than one: none of them is an outlier. */
const FEW = 20;

/**
 * How far beyond the 5th and 95th percentile a value may lie, as a share of their distance. TensorBoard cuts at the
 * percentiles themselves, and so hides the end of every curve that rises: the best accuracy of a run.
 */
const REACH = 0.5;

/** Smallest and largest y, faint lines included; null without points. */
export function yExtent(lines: readonly Line[], options: YExtentOptions): Range | null {
  const full = fullExtent(lines, options);
  const limits = full && options.ignoreOutliers ? fences(lines, options) : null;
  return full && limits ? [Math.max(full[0], limits[0]), Math.min(full[1], limits[1])] : full;
}

/** Whether scaling to most values leaves any out. */
export function leavesOut(lines: readonly Line[], log: boolean): boolean {
  const options = { log, xRange: null };
  const all = yExtent(lines, { ...options, ignoreOutliers: false });
  const most = yExtent(lines, { ...options, ignoreOutliers: true });
  return all !== null && most !== null && (all[0] < most[0] || all[1] > most[1]);
}

function fullExtent(lines: readonly Line[], { log, xRange }: YExtentOptions): Range | null {
  let low = Number.POSITIVE_INFINITY;
  let high = Number.NEGATIVE_INFINITY;
  for (const { x, y } of lines.flatMap(columnsOf)) {
    const [from, to] = span(x, xRange);
    for (let i = from; i < to; i++) {
      const value = y[i]!;
      if (!Number.isFinite(value) || (log && value <= 0)) continue;
      if (value < low) low = value;
      if (value > high) high = value;
    }
  }
  return low <= high ? [low, high] : null;
}

/** All that is drawn of a line. */
function columnsOf({ x, y, faint, band }: Line): Bound[] {
  return [{ x, y }, ...(faint ? [{ x, y: faint }] : []), ...(band ? [band.low, band.high] : [])];
}

/** Beyond these a value is an outlier; null where there are too few values to say. */
function fences(lines: readonly Line[], { log, xRange }: YExtentOptions): Range | null {
  const spans = lines.map((line) => span(line.x, xRange));
  const total = spans.reduce((sum, [from, to]) => sum + to - from, 0);
  const stride = Math.max(1, Math.ceil(total / SAMPLE));
  const values = new Float32Array(Math.ceil(total / stride) + lines.length);
  let used = 0;
  lines.forEach((line, n) => {
    const [from, to] = spans[n]!;
    for (let i = from; i < to; i += stride) {
      const value = line.y[i]!;
      if (Number.isFinite(value) && !(log && value <= 0)) values[used++] = value;
    }
  });
  if (used < FEW) return null;
  const sorted = values.subarray(0, used).sort();
  const [low, high] = [quantile(sorted, 0.05), quantile(sorted, 0.95)];
  if (log) return [low / (high / low) ** REACH, high * (high / low) ** REACH];
  return [low - (high - low) * REACH, high + (high - low) * REACH];
}

/** Linear interpolation between order statistics, as d3.quantile. */
export function quantile(sorted: ArrayLike<number>, p: number): number {
  const position = (sorted.length - 1) * p;
  const below = Math.floor(position);
  const low = sorted[below]!;
  const high = sorted[Math.min(below + 1, sorted.length - 1)]!;
  return low + (high - low) * (position - below);
}

/** Indices [from, to) of the points inside the range. */
function span(x: Float64Array, range: Range | null): Range {
  if (!range) return [0, x.length];
  return [firstAtLeast(x, range[0]), firstAbove(x, range[1])];
}

/** Index of the first value >= target in ascending values. */
export function firstAtLeast(x: Float64Array, target: number): number {
  let low = 0;
  let high = x.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if (x[middle]! < target) low = middle + 1;
    else high = middle;
  }
  return low;
}

function firstAbove(x: Float64Array, target: number): number {
  let i = firstAtLeast(x, target);
  while (i < x.length && x[i] === target) i++;
  return i;
}

/** Room above and below, so that no line runs along the frame; a single value gets an axis around it. */
export function padded([low, high]: Range, log: boolean, share: number): Range {
  if (log) {
    const factor = low === high ? Math.sqrt(10) : (high / low) ** share;
    return [low / factor, high * factor];
  }
  if (low === high) {
    const room = low === 0 ? 1 : Math.abs(low) * 0.1;
    return [low - room, high + room];
  }
  const room = (high - low) * share;
  return [low - room, high + room];
}
