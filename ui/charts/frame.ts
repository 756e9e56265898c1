/** The geometry of one drawing: the plot's rectangle, its two scales and its ticks. */
import { padded, xExtent, yExtent } from "./extent.ts";
import type { ChartSpec, Range } from "./line.ts";
import { isUsableRange, leastRoom, makeScale, type Scale } from "./scale.ts";
import { makeTicks, type Tick } from "./ticks.ts";

export interface Rect {
  readonly left: number;
  readonly top: number;
  readonly width: number;
  readonly height: number;
}

export interface Frame {
  readonly width: number;
  readonly height: number;
  readonly plot: Rect;
  readonly x: Scale;
  readonly y: Scale;
  readonly xTicks: readonly Tick[];
  readonly yTicks: readonly Tick[];
}

const TOP = 8;
const RIGHT_AT_LEAST = 14;
const BOTTOM = 24;
/** Cards whose labels are short share this margin, so that the plots of a column line up. */
const LEFT_AT_LEAST = 40;
const LABEL_GAP = 12;
/** Between the last label and the edge of the drawing. */
const LABEL_EDGE = 4;
const PIXELS_A_TICK = { x: 62, y: 30 };
const Y_ROOM = 0.05;

/**
 * Lays out a drawing of `width` × `height` CSS pixels.
 *
 * @param measure gives a label's width
 * @param endX where the x axis ends at the earliest, unless it is zoomed
 */
export function makeFrame(
  spec: ChartSpec,
  width: number,
  height: number,
  measure: (label: string) => number,
  endX = Number.NEGATIVE_INFINITY,
): Frame {
  const xRange = usable(spec.zoom?.x ?? null, spec.xLog) ?? withRoom(dataRangeX(spec), endX);
  const yRange = usable(spec.zoom?.y ?? null, spec.yLog) ?? dataRangeY(spec, xRange);
  const plotHeight = Math.max(1, height - TOP - BOTTOM);
  const yTicks = makeTicks(yRange, spec.yLog, "value", Math.max(2, plotHeight / PIXELS_A_TICK.y));
  const left = Math.max(LEFT_AT_LEAST, Math.ceil(widest(yTicks, measure)) + LABEL_GAP);
  const room = Math.max(1, width - left - RIGHT_AT_LEAST);
  const x = makeScale(xRange, spec.xLog);
  const xTicks = ticksX(spec, xRange, room, measure);
  const overhang = lastLabelOverhang(x, xTicks, room, measure);
  const underhang = firstLabelOverhang(x, xTicks, room, left, measure);
  const plotWidth = Math.max(1, room - overhang - underhang);
  return {
    width,
    height,
    plot: { left: left + underhang, top: TOP, width: plotWidth, height: plotHeight },
    x,
    y: makeScale(yRange, spec.yLog),
    xTicks,
    yTicks,
  };
}

/** Ticks of the x axis: fewer where their labels are so wide that they would run into each other. */
function ticksX(
  { xLog, xKind }: ChartSpec,
  range: Range,
  room: number,
  measure: (label: string) => number,
): Tick[] {
  const wide = xKind === "wall_time" || xKind === "relative";
  const ticks = (pixels: number) => makeTicks(range, xLog, xKind, Math.max(2, room / pixels));
  const pixels = PIXELS_A_TICK.x + (wide ? 22 : 0);
  const first = ticks(pixels);
  const needed = widest(first, measure) + LABEL_GAP;
  return needed > pixels ? ticks(needed) : first;
}

function widest(ticks: readonly Tick[], measure: (label: string) => number): number {
  return ticks.reduce((most, tick) => Math.max(most, measure(tick.label)), 0);
}

/** Pixels by which the first label, centred below its tick, would stand out on the left. */
function firstLabelOverhang(
  x: Scale,
  ticks: readonly Tick[],
  room: number,
  left: number,
  measure: (label: string) => number,
): number {
  const first = ticks[0];
  if (!first) return 0;
  const toEdge = left + x.toUnit(first.value) * room;
  return Math.max(0, Math.ceil(measure(first.label) / 2 + LABEL_EDGE - toEdge));
}

/** Pixels by which the last label, centred below its tick, would stand out of the drawing. */
function lastLabelOverhang(
  x: Scale,
  ticks: readonly Tick[],
  room: number,
  measure: (label: string) => number,
): number {
  const last = ticks.at(-1);
  if (!last) return 0;
  const toEdge = (1 - x.toUnit(last.value)) * room + RIGHT_AT_LEAST;
  return Math.max(0, Math.ceil(measure(last.label) / 2 + LABEL_EDGE - toEdge));
}

function withRoom([low, high]: Range, end: number): Range {
  return [low, Math.max(high, end)];
}

function usable(range: Range | null, log: boolean): Range | null {
  return range && isUsableRange(range, log) ? range : null;
}

function dataRangeX(spec: ChartSpec): Range {
  const extent = xExtent(spec.lines, spec.xLog) ?? [spec.xLog ? 1 : 0, spec.xLog ? 10 : 1];
  if (extent[0] < extent[1] && isUsableRange(extent, spec.xLog)) return extent;
  if (spec.xLog) return padded([extent[0], extent[0]], true, 0);
  // Around the middle: beyond 2^53 one step more is often the same double.
  const middle = extent[0] + (extent[1] - extent[0]) / 2;
  const room = Math.max(1, leastRoom(middle));
  return [middle - room, middle + room];
}

function dataRangeY(spec: ChartSpec, xRange: Range): Range {
  const { yLog: log, ignoreOutliers } = spec;
  const inside = yExtent(spec.lines, { log, ignoreOutliers, xRange });
  const extent = inside ??
    yExtent(spec.lines, { log, ignoreOutliers, xRange: null }) ?? [log ? 1 : 0, log ? 10 : 1];
  const range = padded(extent, log, Y_ROOM);
  return isUsableRange(range, log) ? range : padded([extent[0], extent[0]], log, Y_ROOM);
}

export function pixelX(frame: Frame, value: number): number {
  return frame.plot.left + frame.x.toUnit(value) * frame.plot.width;
}

export function pixelY(frame: Frame, value: number): number {
  return frame.plot.top + (1 - frame.y.toUnit(value)) * frame.plot.height;
}

export function valueAtX(frame: Frame, px: number): number {
  return frame.x.fromUnit((px - frame.plot.left) / frame.plot.width);
}

export function valueAtY(frame: Frame, py: number): number {
  return frame.y.fromUnit(1 - (py - frame.plot.top) / frame.plot.height);
}

export function inPlot({ plot }: Frame, px: number, py: number): boolean {
  return px >= plot.left && px <= plot.left + plot.width && py >= plot.top && py <= plot.top + plot.height;
}
