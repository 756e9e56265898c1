/** What every board lets a person choose, kept in the address and shared by all dashboards. */
import { computed } from "@preact/signals";
import { nameFilter } from "../app/name-filter.ts";
import { flagField, listField, textField } from "../app/url-fields.ts";
import { urlSignal } from "../app/url-state.ts";

export const tagFilterText = urlSignal("tag_filter", textField());
export const tagFilter = computed(() => nameFilter(tagFilterText.value.trim()));
/** Cards none of whose runs is on are left out. */
export const hideEmpty = urlSignal("hide_empty", flagField(true), { lasting: true });

/** Cards at full width, by their id. */
export const wideCards = urlSignal("wide", listField());
const openedSections = urlSignal("open", listField());
const closedSections = urlSignal("closed", listField());

export function toggleWide(card: string): void {
  const wide = wideCards.value;
  wideCards.value = wide.includes(card) ? wide.filter((other) => other !== card) : [...wide, card];
}

/** Opens or closes a section, noting it only where it differs from what the page would do by itself. */
export function setSectionOpen(name: string, open: boolean, byDefault: boolean): void {
  const without = (names: readonly string[]): string[] => names.filter((other) => other !== name);
  openedSections.value =
    open && !byDefault ? [...without(openedSections.value), name] : without(openedSections.value);
  closedSections.value =
    !open && byDefault ? [...without(closedSections.value), name] : without(closedSections.value);
}

export function isSectionOpen(name: string, byDefault: boolean): boolean {
  return byDefault ? !closedSections.value.includes(name) : openedSections.value.includes(name);
}
