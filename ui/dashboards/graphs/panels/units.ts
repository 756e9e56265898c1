/** Times of steps as text: microseconds, milliseconds, seconds; minutes as everywhere. */
import { formatDuration } from "../../../app/format.ts";

export function formatMicros(micros: number): string {
  if (micros === 0) return "0";
  const size = Math.abs(micros);
  if (size < 1e3) return `${Number(micros.toPrecision(3))} µs`;
  if (size < 1e6) return `${Number((micros / 1e3).toPrecision(3))} ms`;
  return size < 60e6 ? `${Number((micros / 1e6).toPrecision(3))} s` : formatDuration(micros / 1e6);
}

/** `12.3 %`; less than a tenth of a percent is said so. */
export function formatShare(share: number): string {
  if (!Number.isFinite(share) || share === 0) return "0 %";
  return share < 0.001 ? "< 0.1 %" : `${(share * 100).toFixed(share < 0.1 ? 1 : 0)} %`;
}
