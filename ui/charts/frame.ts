/** The geometry of one drawing: the plot's rectangle, its two scales and its ticks. */
import { padded, xExtent, yExtent } from "./extent.ts";
import type { ChartSpec, Range } from "./line.ts";
import { isUsableRange, makeScale, type Scale } from "./scale.ts";
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
  const widest = yTicks.reduce((most, tick) => Math.max(most, measure(tick.label)), 0);
  const left = Math.max(LEFT_AT_LEAST, Math.ceil(widest) + LABEL_GAP);
  const room = Math.max(1, width - left - RIGHT_AT_LEAST);
  const wide = spec.xKind === "wall_time" || spec.xKind === "relative";
  const xTicks = makeTicks(
    xRange,
    spec.xLog,
    spec.xKind,
    Math.max(2, room / (PIXELS_A_TICK.x + (wide ? 22 : 0))),
  );
  const x = makeScale(xRange, spec.xLog);
  const overhang = lastLabelOverhang(x, xTicks, room, measure);
  return {
    width,
    height,
    plot: { left, top: TOP, width: Math.max(1, room - overhang), height: plotHeight },
    x,
    y: makeScale(yRange, spec.yLog),
    xTicks,
    yTicks,
  };
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
  return [extent[0] - 1, extent[0] + 1];
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
