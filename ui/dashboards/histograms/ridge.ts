/** Where the histograms of a card stand: one ground each, one above the other, or all on one. */

import type { StepAxis } from "../../board/moments.ts";
import type { Range } from "../../charts/line.ts";
import { makeScale, type Scale } from "../../charts/scale.ts";
import { linearTicks, makeTicks, type Tick } from "../../charts/ticks.ts";

/** One histogram of a picture. */
export interface Ridge {
  /** Place among the others, on the axis that they stand on. */
  readonly at: number;
  readonly counts: Float64Array;
  readonly color: string;
  /** Names the histogram for people: its step, or its run. */
  readonly label: string;
  /** It is only there while it is the one that stands out: the picture of the others is the same with and without it. */
  readonly passing?: boolean;
}

export interface RidgeSpec {
  readonly ridges: readonly Ridge[];
  /** Of all bins. */
  readonly range: Range;
  readonly bins: number;
  /** Each on a ground of its own along `axis`; else all on one. */
  readonly offset: boolean;
  readonly axis: StepAxis;
  readonly logCounts: boolean;
  /** Index of the one that stands out; -1 for none. */
  readonly held: number;
}

export interface RidgeFrame {
  readonly spec: RidgeSpec;
  readonly width: number;
  readonly height: number;
  readonly left: number;
  readonly plotWidth: number;
  readonly x: Scale;
  readonly xTicks: readonly Tick[];
  /** On the right: steps of grounds, or counts where there is one ground. */
  readonly rightTicks: readonly { readonly py: number; readonly label: string }[];
  /** Pixel row of each histogram's ground. */
  readonly grounds: readonly number[];
  /** Pixels of a count. */
  heightOf(count: number): number;
}

const TOP = 10;
const BOTTOM = 22;
const LEFT = 14;
const RIGHT = 52;
/** Share of the height that the highest histogram takes where each has its ground. */
const RELIEF = 0.42;
const PIXELS_A_TICK = 64;

export function ridgeFrame(spec: RidgeSpec, width: number, height: number): RidgeFrame {
  const plotWidth = Math.max(1, width - LEFT - RIGHT);
  const plotHeight = Math.max(1, height - TOP - BOTTOM);
  const bottom = TOP + plotHeight;
  const most = spec.ridges.reduce((max, { counts }) => Math.max(max, maxOf(counts)), 0);
  const relief = spec.offset && spec.ridges.length > 1 ? plotHeight * RELIEF : plotHeight;
  const full = spec.logCounts ? Math.log1p(most) : most;
  const heightOf = (count: number): number =>
    full > 0 ? ((spec.logCounts ? Math.log1p(count) : count) / full) * relief : 0;
  const grounds = spec.offset ? groundsOf(spec, TOP + relief, bottom) : spec.ridges.map(() => bottom);
  return {
    spec,
    width,
    height,
    left: LEFT,
    plotWidth,
    x: makeScale(spec.range, false),
    xTicks: linearTicks(spec.range, Math.max(2, plotWidth / PIXELS_A_TICK)),
    rightTicks: spec.offset ? groundTicks(spec, grounds) : countTicks(most, plotHeight, bottom, heightOf),
    grounds,
    heightOf,
  };
}

/** The first at the top, the last at the bottom. */
function groundsOf({ ridges }: RidgeSpec, top: number, bottom: number): number[] {
  const first = ridges[0]?.at ?? 0;
  const span = (ridges.at(-1)?.at ?? 0) - first;
  return ridges.map(({ at }) => (span > 0 ? top + ((at - first) / span) * (bottom - top) : bottom));
}

function groundTicks({ ridges, axis }: RidgeSpec, grounds: readonly number[]) {
  const first = ridges[0];
  const last = ridges.at(-1);
  if (!first || !last) return [];
  const [top, bottom] = [grounds[0]!, grounds.at(-1)!];
  if (!(last.at > first.at)) return [{ py: bottom, label: labelOf(last.at, axis) }];
  const ticks = makeTicks([first.at, last.at], false, axis, Math.max(2, (bottom - top) / 26));
  return ticks.map(({ value, label }) => ({
    py: top + ((value - first.at) / (last.at - first.at)) * (bottom - top),
    label,
  }));
}

function labelOf(at: number, axis: StepAxis): string {
  return (
    makeTicks([at - 0.5, at + 0.5], false, axis, 2).find(({ value }) => value === at)?.label ?? String(at)
  );
}

function countTicks(most: number, height: number, bottom: number, heightOf: (count: number) => number) {
  return linearTicks([0, Math.max(most, Number.MIN_VALUE)], Math.max(2, height / 40)).map(
    ({ value, label }) => ({
      py: bottom - heightOf(value),
      label,
    }),
  );
}

export function maxOf(values: Float64Array): number {
  let most = 0;
  for (const value of values) if (value > most) most = value;
  return most;
}

/** What the pointer is at: a histogram and one of its bins. */
export interface RidgePoint {
  readonly ridge: number;
  readonly bin: number;
}

/** The frontmost histogram whose hill, or else whose ground, is nearest below the pointer. */
export function ridgeAt(frame: RidgeFrame, px: number, py: number): RidgePoint | null {
  const { spec, left, plotWidth, grounds, heightOf } = frame;
  const unit = (px - left) / plotWidth;
  if (spec.ridges.length === 0 || unit < 0 || unit > 1) return null;
  const bin = Math.min(spec.bins - 1, Math.floor(unit * spec.bins));
  let best = -1;
  let least = Number.POSITIVE_INFINITY;
  for (let i = 0; i < spec.ridges.length; i++) {
    const top = grounds[i]! - heightOf(spec.ridges[i]!.counts[bin]!);
    const inside = spec.offset && py >= top && py <= grounds[i]!;
    const distance = inside ? 0 : Math.abs(py - top);
    if (distance <= least) [best, least] = [i, distance];
  }
  return { ridge: best, bin };
}
