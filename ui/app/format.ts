/** Numbers and times as text: few characters, enough digits, one look everywhere. */

const MINUS = "\u2212";
const SI = ["", "k", "M", "G", "T", "P"];

/** A value in a table: `digits` significant digits, scientific outside 1e-4 … 1e6, words for what is not a number. */
export function formatValue(value: number, digits = 5): string {
  if (Number.isNaN(value)) return "NaN";
  if (!Number.isFinite(value)) return value > 0 ? "+∞" : `${MINUS}∞`;
  if (value === 0) return "0";
  const size = Math.abs(value);
  if (Number.isInteger(value) && size < 10 ** digits) return minus(String(value));
  if (size < 1e-4 || size >= 1e7) return scientific(value, digits - 1);
  const decimals = Math.max(0, digits - 1 - Math.floor(Math.log10(size)));
  return minus(value.toFixed(Math.min(decimals, 10)));
}

/** A step, all digits, grouped. */
export function formatStep(step: number | bigint): string {
  if (typeof step === "number" && !Number.isInteger(step)) return formatValue(step);
  return minus(step.toString().replace(/\B(?=(\d{3})+(?!\d))/g, ","));
}

/** A tick of an axis whose ticks are `spacing` apart; `largest` is the axis's largest magnitude. */
export function formatTick(value: number, spacing: number, largest: number): string {
  if (value === 0 || Math.abs(value) < spacing * 1e-6) return "0";
  if (largest >= 1e18 || largest < 1e-3)
    return scientific(value, decimalsFor(spacing / 10 ** exponent(value)));
  const power = largest >= 1e4 ? Math.min(SI.length - 1, Math.floor(Math.log10(largest) / 3)) : 0;
  const unit = 1000 ** power;
  return minus((value / unit).toFixed(decimalsFor(spacing / unit))) + SI[power];
}

/** A power of ten or a multiple of one, on a logarithmic axis. */
export function formatLogTick(value: number): string {
  const size = Math.abs(value);
  if (size >= 1e-3 && size < 1e4) return minus(String(Number(value.toPrecision(3))));
  if (size >= 1e4 && size < 1e15) {
    const power = Math.floor(Math.log10(size) / 3 + 1e-9);
    return minus(String(Number((value / 1000 ** power).toPrecision(3)))) + SI[power];
  }
  return scientific(value, Number.isInteger(Math.log10(size)) ? 0 : 1);
}

function scientific(value: number, decimals: number): string {
  const [mantissa = "", power = ""] = value.toExponential(Math.min(20, Math.max(0, decimals))).split("e");
  return minus(
    `${mantissa.includes(".") ? mantissa.replace(/\.?0+$/, "") : mantissa}e${power.replace("+", "")}`,
  );
}

function minus(text: string): string {
  return text.replaceAll("-", MINUS);
}

function exponent(value: number): number {
  return Math.floor(Math.log10(Math.abs(value)) + 1e-12);
}

/** What a double has, beside its first digit. */
const MOST_DECIMALS = 15;

/** Decimals needed to tell multiples of `spacing` apart. */
export function decimalsFor(spacing: number): number {
  for (let decimals = 0; decimals < MOST_DECIMALS; decimals++) {
    const scaled = spacing * 10 ** decimals;
    if (scaled > 0.999 && Math.abs(scaled - Math.round(scaled)) < 1e-6 * scaled) return decimals;
  }
  return MOST_DECIMALS;
}

/** Seconds as `1h 23m 45s`; the two or three units that matter, `12.3s` and `45ms` below a minute. */
export function formatDuration(seconds: number): string {
  if (!Number.isFinite(seconds)) return "–";
  const sign = seconds < 0 ? MINUS : "";
  const s = Math.abs(seconds);
  if (s === 0) return "0s";
  if (s < 1) return `${sign}${trim((s * 1000).toPrecision(3))}ms`;
  if (s < 60) return `${sign}${trim(s < 10 ? s.toFixed(2) : s.toFixed(1))}s`;
  const whole = Math.round(s);
  const days = Math.floor(whole / 86400);
  const hours = Math.floor((whole % 86400) / 3600);
  const minutes = Math.floor((whole % 3600) / 60);
  const rest = whole % 60;
  if (days > 0) return `${sign}${days}d ${hours}h ${pad(minutes)}m`;
  if (hours > 0) return `${sign}${hours}h ${pad(minutes)}m ${pad(rest)}s`;
  return `${sign}${minutes}m ${pad(rest)}s`;
}

/** A point in time, local: `14:05:09` today, `Mar 3, 14:05:09` this year, `2023-03-03 14:05:09` otherwise. */
export function formatWallTime(seconds: number, now = Date.now()): string {
  const date = new Date(seconds * 1000);
  if (Number.isNaN(date.getTime())) return "–";
  const clock = `${pad(date.getHours())}:${pad(date.getMinutes())}:${pad(date.getSeconds())}`;
  const today = new Date(now);
  if (date.toDateString() === today.toDateString()) return clock;
  if (date.getFullYear() === today.getFullYear()) return `${formatDay(date)}, ${clock}`;
  return `${date.getFullYear()}-${pad(date.getMonth() + 1)}-${pad(date.getDate())} ${clock}`;
}

const MONTHS = ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"];

export function formatDay(date: Date): string {
  return `${MONTHS[date.getMonth()]} ${date.getDate()}`;
}

/** `1,234 runs`, `1 run`. */
export function count(n: number, noun: string): string {
  return `${formatStep(n)} ${noun}${n === 1 ? "" : "s"}`;
}

/** `a`, `a and b`, `a, b and c`. */
export function words(list: readonly string[]): string {
  return list.length < 2 ? list.join("") : `${list.slice(0, -1).join(", ")} and ${list.at(-1)}`;
}

/** Bytes in the units of disks. */
export function formatBytes(bytes: number): string {
  if (bytes < 1000) return `${bytes} B`;
  const power = Math.min(4, Math.floor(Math.log10(bytes) / 3));
  const size = bytes / 1000 ** power;
  return `${size < 10 ? size.toFixed(1) : Math.round(size)} ${["B", "kB", "MB", "GB", "TB"][power]}`;
}

export function pad(n: number): string {
  return String(n).padStart(2, "0");
}

function trim(text: string): string {
  return text.includes(".") ? text.replace(/\.?0+$/, "") : text;
}
