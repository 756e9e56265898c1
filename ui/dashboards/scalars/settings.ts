/** What the scalars dashboard lets a person choose, all of it kept in the address. */
import { computed } from "@preact/signals";
import { choiceField, flagField, numberField } from "../../app/url-fields.ts";
import { urlSignal } from "../../app/url-state.ts";
import type { XKind, Zoom } from "../../charts/line.ts";
import { SORTS } from "./hover-rows.ts";
import { withoutX, withZoom, zoomsField } from "./zooms.ts";

export const SMOOTHING_MAX = 0.999;

export const smoothing = urlSignal("smoothing", numberField(0.6, 0, SMOOTHING_MAX), { lasting: true });
export const xKind = urlSignal("x", choiceField<XKind>(["step", "relative", "wall_time"]), { lasting: true });
export const xLogChosen = urlSignal("log_x", flagField(false), { lasting: true });
export const yLog = urlSignal("log_y", flagField(false), { lasting: true });
/** TensorBoard has it on, and cuts the beginning of every loss: here it is for those who ask, and the card says it. */
export const ignoreOutliers = urlSignal("ignore_outliers", flagField(false), { lasting: true });
/** A table of every run's value below each chart, at the step that is held or the newest. */
export const showValues = urlSignal("values", flagField(false), { lasting: true });
export const zooms = urlSignal("zoom", zoomsField);
export const sort = urlSignal("sort", choiceField(SORTS), { lasting: true });

/** A wall time has no useful logarithm. */
export const xLog = computed(() => xLogChosen.value && xKind.value !== "wall_time");

export function setXKind(kind: XKind): void {
  if (kind === xKind.value) return;
  zooms.value = withoutX(zooms.value);
  xKind.value = kind;
}

export function setZoom(tag: string, zoom: Zoom | null): void {
  zooms.value = withZoom(zooms.value, tag, zoom);
}
