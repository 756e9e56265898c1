/**
 * The stretch of training that the whole page looks at, beside the one step that it holds: from a moment to a moment,
 * over all cards. An end that is open follows the data: from the beginning, or to the newest as it comes.
 */
import { computed } from "@preact/signals";
import type { RunRecords } from "../../client/records-table.ts";
import type { UrlField } from "../app/url-fields.ts";
import { urlSignal } from "../app/url-state.ts";
import {
  axisColumn,
  formatMoment,
  momentText,
  parseMoment,
  type StepAxis,
  type StepSeries,
} from "./moments.ts";

export interface MomentRange {
  readonly axis: StepAxis;
  /** -Infinity for the beginning. */
  readonly from: number;
  /** Infinity for the newest. */
  readonly to: number;
}

/** `120_240`, `r0.5_`, `_` for all of it by step; the mark of the axis stands in front, also where both ends are open. */
export const rangeField: UrlField<MomentRange | null> = {
  fallback: null,
  parse(text) {
    const [, mark = "", from, to] = /^([rw]?)([^_]*)_([^_]*)$/.exec(text) ?? [];
    if (from === undefined || to === undefined) return null;
    const axis: StepAxis = mark === "r" ? "relative" : mark === "w" ? "wall_time" : "step";
    const low = from === "" ? Number.NEGATIVE_INFINITY : parseMoment(from)?.at;
    const high = to === "" ? Number.POSITIVE_INFINITY : parseMoment(to)?.at;
    return low === undefined || high === undefined || low > high ? null : { axis, from: low, to: high };
  },
  format(range) {
    if (range === null) return undefined;
    const mark = formatMoment({ axis: range.axis, at: 0 }).replace("0", "");
    const end = (at: number): string => (Number.isFinite(at) ? String(at) : "");
    return `${mark}${end(range.from)}_${end(range.to)}`;
  },
};

/** Null where no stretch is looked at. */
export const heldRange = urlSignal("range", rangeField);

/** The stretch in words. */
export const rangeText = computed(() => {
  const range = heldRange.value;
  if (range === null) return "";
  const { axis, from, to } = range;
  const words = (at: number): string =>
    at === Number.NEGATIVE_INFINITY
      ? "the beginning"
      : at === Number.POSITIVE_INFINITY
        ? "the newest"
        : momentText({ axis, at });
  return `${words(from)} to ${words(to)}`;
});

/** Looks at all of it, or at no stretch. */
export function setRanged(on: boolean, axis: StepAxis): void {
  heldRange.value = on ? { axis, from: Number.NEGATIVE_INFINITY, to: Number.POSITIVE_INFINITY } : null;
}

/** Which of a series' rows lie in the stretch. */
function rowsInRange(series: StepSeries, range: MomentRange): (row: number) => boolean {
  const column = axisColumn(series, range.axis);
  return (row) => column[row]! >= range.from && column[row]! <= range.to;
}

/** What of the stretch a question to the server can say: steps. Times are looked at in the answer. */
export function stepsOfRange(range: MomentRange | null): { readonly from?: number; readonly to?: number } {
  if (range?.axis !== "step") return {};
  const { from, to } = range;
  return { ...(Number.isFinite(from) && { from }), ...(Number.isFinite(to) && { to }) };
}

/** Records of a stretch, with the time that relative times count from. */
export type RangedRecords = RunRecords & Pick<StepSeries, "origin">;

/** The records of a run that lie in the stretch; all where there is none. */
export function recordsInRange(records: RunRecords, range: MomentRange | null): RangedRecords {
  if (range === null) return records;
  const isInside = rowsInRange(records, range);
  const rows = Array.from(records.keys.keys()).filter(isInside);
  if (rows.length === records.keys.length) return records;
  const { exactStep, tensors, wallTime } = records;
  return {
    ...records,
    ...(wallTime[0] !== undefined && { origin: wallTime[0] }),
    inRange: rows.length,
    step: Float64Array.from(rows, (row) => records.step[row]!),
    exactStep: exactStep && BigInt64Array.from(rows, (row) => exactStep[row]!),
    wallTime: Float64Array.from(rows, (row) => wallTime[row]!),
    bytes: Int32Array.from(rows, (row) => records.bytes[row]!),
    blobs: Int32Array.from(rows, (row) => records.blobs[row]!),
    keys: rows.map((row) => records.keys[row]!),
    tensors: tensors && rows.map((row) => tensors[row]!),
  };
}
