/** Where an axis has its ticks and what they say: round numbers, decades, durations or the calendar. */
import { decimalsFor, formatDay, formatLogTick, formatTick, pad } from "../app/format.ts";
import type { Range, XKind } from "./line.ts";

export interface Tick {
  readonly value: number;
  readonly label: string;
}

/** Ticks for `range`, about `target` of them. */
export function makeTicks(range: Range, log: boolean, kind: XKind | "value", target: number): Tick[] {
  if (kind === "wall_time") return calendarTicks(range, target);
  if (log) return logTicks(range, target);
  if (kind === "relative") return durationTicks(range, target);
  return linearTicks(range, target, kind === "step");
}

/** The smallest of 1, 2, 5 × 10^n that gives at most `target` ticks. */
export function roundSpacing(span: number, target: number): number {
  const rough = span / Math.max(1, target);
  const decade = 10 ** Math.floor(Math.log10(rough));
  const unit = [1, 2, 5, 10].find((multiple) => multiple * decade >= rough * 0.999) ?? 10;
  return unit * decade;
}

function multiples([low, high]: Range, spacing: number): number[] {
  const first = Math.ceil(low / spacing - 1e-9);
  const last = Math.floor(high / spacing + 1e-9);
  const values: number[] = [];
  for (let i = first; i <= last && values.length < 100; i++) values.push(i * spacing);
  return values;
}

export function linearTicks(range: Range, target: number, integers = false): Tick[] {
  const spacing = Math.max(roundSpacing(range[1] - range[0], target), integers ? 1 : 0);
  const largest = Math.max(Math.abs(range[0]), Math.abs(range[1]));
  // Fractions of a multiple, as 3 * 0.1, carry noise: round it off before it shows.
  const decimals = Math.min(20, decimalsFor(spacing));
  const clean = (value: number): number => (spacing < 1e-6 ? value : Number(value.toFixed(decimals)));
  return multiples(range, spacing)
    .map(clean)
    .map((value) => ({ value, label: formatTick(value, spacing, largest) }));
}

/** Powers of ten, thinned or joined by 2 and 5 to come near `target`; round numbers where there is no decade. */
export function logTicks(range: Range, target: number): Tick[] {
  const [low, high] = range;
  const decades = Math.log10(high / low);
  if (decades < 0.7) return linearTicks(range, target);
  const stride = Math.max(1, Math.ceil(decades / target));
  const factors = decades * 3 <= target ? [1, 2, 5] : [1];
  const ticks: Tick[] = [];
  for (let power = Math.floor(Math.log10(low)); power <= Math.ceil(Math.log10(high)); power++) {
    if (power % stride !== 0) continue;
    for (const factor of factors) {
      const value = Number(`${factor}e${power}`);
      if (value >= low * 0.999999 && value <= high * 1.000001)
        ticks.push({ value, label: formatLogTick(value) });
    }
  }
  return ticks.length < 2 && target > 2 ? linearTicks(range, target) : ticks;
}

const MINUTE = 60;
const HOUR = 3600;
const DAY = 86400;
const CLOCK_SPACINGS = [
  1,
  2,
  5,
  10,
  15,
  30,
  MINUTE,
  120,
  300,
  600,
  900,
  1800,
  HOUR,
  7200,
  10800,
  21600,
  43200,
  DAY,
];

function clockSpacing(span: number, target: number): number {
  const rough = span / Math.max(1, target);
  if (rough <= 1) return roundSpacing(span, target);
  return CLOCK_SPACINGS.find((spacing) => spacing >= rough * 0.999) ?? roundSpacing(span / DAY, target) * DAY;
}

export function durationTicks(range: Range, target: number): Tick[] {
  const spacing = clockSpacing(range[1] - range[0], target);
  return multiples(range, spacing).map((value) => ({ value, label: durationLabel(value, spacing) }));
}

function durationLabel(seconds: number, spacing: number): string {
  const sign = seconds < 0 ? "\u2212" : "";
  const s = Math.abs(seconds);
  if (s === 0) return "0";
  if (spacing < 0.001) return `${formatTick(seconds, spacing, s)}s`;
  if (spacing < 1 && s < 1) return `${sign}${Number((s * 1000).toPrecision(4))}ms`;
  if (spacing < 1) return `${sign}${s.toFixed(decimalsFor(spacing))}s`;
  const whole = Math.round(s);
  const parts: [number, string][] = [
    [Math.floor(whole / DAY), "d"],
    [Math.floor((whole % DAY) / HOUR), "h"],
    [Math.floor((whole % HOUR) / MINUTE), "m"],
    [whole % MINUTE, "s"],
  ];
  const used = parts.filter(([n]) => n > 0);
  return sign + used.map(([n, unit]) => `${n}${unit}`).join(" ");
}

/** Ticks at round local times; a day's first tick says the day. */
export function calendarTicks(range: Range, target: number): Tick[] {
  const span = range[1] - range[0];
  const spacing = clockSpacing(span, target);
  const values = spacing >= DAY ? midnights(range, Math.round(spacing / DAY)) : clockTimes(range, spacing);
  return values.map((value) => ({ value, label: calendarLabel(value, spacing) }));
}

function clockTimes(range: Range, spacing: number): number[] {
  // Counted from local midnight, so that 3-hour ticks fall on 3:00 and not on UTC's.
  const midnight = startOfDay(range[0]);
  return multiples([range[0] - midnight, range[1] - midnight], spacing).map((offset) => midnight + offset);
}

function midnights(range: Range, days: number): number[] {
  const date = new Date(startOfDay(range[0]) * 1000);
  const values: number[] = [];
  while (date.getTime() / 1000 <= range[1] && values.length < 100) {
    if (date.getTime() / 1000 >= range[0]) values.push(date.getTime() / 1000);
    date.setDate(date.getDate() + (values.length === 0 ? 1 : days));
  }
  return values;
}

function startOfDay(seconds: number): number {
  const date = new Date(seconds * 1000);
  date.setHours(0, 0, 0, 0);
  return date.getTime() / 1000;
}

function calendarLabel(seconds: number, spacing: number): string {
  const decimals = spacing < 1 ? decimalsFor(spacing) : 0;
  const rounded = Number(seconds.toFixed(decimals));
  const whole = Math.floor(rounded);
  const date = new Date(whole * 1000);
  if (spacing >= DAY)
    return spacing > 60 * DAY ? `${formatDay(date)} ${date.getFullYear()}` : formatDay(date);
  if (Math.abs(seconds - startOfDay(seconds)) < 1e-6) return formatDay(date);
  const clock = `${pad(date.getHours())}:${pad(date.getMinutes())}`;
  if (spacing >= MINUTE) return clock;
  const fraction = decimals > 0 ? (rounded - whole).toFixed(decimals).slice(1) : "";
  return `${clock}:${pad(date.getSeconds())}${fraction}`;
}
