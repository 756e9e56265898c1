/** What the scalars dashboard lets a person choose, all of it kept in the address. */
import { computed } from "@preact/signals";
import { nameFilter } from "../../app/name-filter.ts";
import { choiceField, flagField, listField, numberField, textField } from "../../app/url-fields.ts";
import { urlSignal } from "../../app/url-state.ts";
import type { XKind, Zoom } from "../../charts/line.ts";
import { SORTS } from "./hover-rows.ts";
import { withoutX, withZoom, zoomsField } from "./zooms.ts";

export const SMOOTHING_MAX = 0.999;

export const tagFilterText = urlSignal("tag_filter", textField());
export const smoothing = urlSignal("smoothing", numberField(0.6, 0, SMOOTHING_MAX));
export const xKind = urlSignal("x", choiceField<XKind>(["step", "relative", "wall_time"]));
export const xLogChosen = urlSignal("log_x", flagField(false));
export const yLog = urlSignal("log_y", flagField(false));
export const ignoreOutliers = urlSignal("ignore_outliers", flagField(true));
export const wideTags = urlSignal("wide", listField());
export const openedGroups = urlSignal("open", listField());
export const closedGroups = urlSignal("closed", listField());
export const zooms = urlSignal("zoom", zoomsField);
export const sort = urlSignal("sort", choiceField(SORTS));

export const tagFilter = computed(() => nameFilter(tagFilterText.value.trim()));
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

export function toggleWide(tag: string): void {
  const wide = wideTags.value;
  wideTags.value = wide.includes(tag) ? wide.filter((other) => other !== tag) : [...wide, tag];
}

/** Opens or closes a section, noting it only where it differs from what the page would do by itself. */
export function setGroupOpen(name: string, open: boolean, byDefault: boolean): void {
  const without = (names: readonly string[]): string[] => names.filter((other) => other !== name);
  openedGroups.value =
    open && !byDefault ? [...without(openedGroups.value), name] : without(openedGroups.value);
  closedGroups.value =
    !open && byDefault ? [...without(closedGroups.value), name] : without(closedGroups.value);
}

export function isGroupOpen(name: string, byDefault: boolean): boolean {
  return byDefault ? !closedGroups.value.includes(name) : openedGroups.value.includes(name);
}
