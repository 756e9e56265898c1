/** Round times for an axis. */

const LEAST_DISTANCE = 90;

/** Multiples of 1, 2 or 5 times a power of ten, at least 90 pixels apart. */
export function timeTicks(from: number, to: number, width: number): number[] {
  const wanted = ((to - from) / Math.max(1, width)) * LEAST_DISTANCE;
  if (!(wanted > 0)) return [];
  const power = 10 ** Math.floor(Math.log10(wanted));
  const step = [1, 2, 5, 10].map((factor) => factor * power).find((candidate) => candidate >= wanted)!;
  const ticks: number[] = [];
  for (let k = Math.ceil(from / step); k * step <= to && ticks.length < 200; k++) ticks.push(k * step);
  return ticks;
}

const UNITS = [
  { micros: 1e6, name: "s" },
  { micros: 1e3, name: "ms" },
  { micros: 1, name: "µs" },
] as const;

/** Texts of ticks, all in one unit and with as many digits as tell them apart, however near one looks. */
export function tickTexts(ticks: readonly number[]): string[] {
  const last = ticks.at(-1) ?? 0;
  const { micros, name } = UNITS.find((unit) => last >= unit.micros) ?? UNITS[2];
  const step = (ticks[1] ?? last) - (ticks[0] ?? 0);
  const digits = step > 0 ? Math.max(0, Math.min(12, -Math.floor(Math.log10(step / micros) + 1e-9))) : 3;
  return ticks.map((tick) => (tick === 0 ? "0" : `${Number((tick / micros).toFixed(digits))} ${name}`));
}
