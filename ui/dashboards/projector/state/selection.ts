/** Which points are selected, pointed at and hidden; everything that shows points follows. */
import { computed, signal } from "@preact/signals";
import { selectedRows } from "./settings.ts";

export interface Selection {
  /** Ascending. */
  readonly rows: Uint32Array<ArrayBuffer>;
  has(row: number): boolean;
}

const MOST_IN_ADDRESS = 200;

const nothing: Selection = { rows: new Uint32Array(0), has: () => false };

export const selection = signal<Selection>(nothing);
/** The row that the inspector speaks of: the one that was clicked last. */
export const focusRow = signal<number | null>(null);
export const hoverRow = signal<number | null>(null);
/** Rows that are shown; null: all of them. */
export const visible = signal<Uint8Array<ArrayBuffer> | null>(null);
const before: (Uint8Array<ArrayBuffer> | null)[] = [];
/** How many steps back there are. */
export const stepsBack = signal(0);

export type Combine = "replace" | "add" | "subtract";

export function selectionOf(rows: Iterable<number>, total: number): Selection {
  const mask = new Uint8Array(total);
  for (const row of rows) if (row >= 0 && row < total) mask[row] = 1;
  return ofMask(mask);
}

function ofMask(mask: Uint8Array): Selection {
  let count = 0;
  for (const one of mask) count += one;
  const rows = new Uint32Array(count);
  for (let row = 0, at = 0; row < mask.length; row++) if (mask[row] === 1) rows[at++] = row;
  return { rows, has: (row) => mask[row] === 1 };
}

/** @param total rows that there are */
export function select(rows: Iterable<number>, total: number, combine: Combine = "replace"): void {
  const list = [...rows];
  const mask = new Uint8Array(total);
  if (combine !== "replace") for (const row of selection.peek().rows) if (row < total) mask[row] = 1;
  for (const row of list) if (row >= 0 && row < total) mask[row] = combine === "subtract" ? 0 : 1;
  selection.value = ofMask(mask);
  const { rows: chosen } = selection.peek();
  const last = combine === "subtract" ? undefined : list.at(-1);
  const focus = focusRow.peek();
  if (last !== undefined && (chosen.length === 1 || combine === "add")) focusRow.value = last;
  else if (chosen.length === 0 || (focus !== null && !selection.peek().has(focus)))
    focusRow.value = chosen.length === 1 ? chosen[0]! : null;
  remember();
}

export function clearSelection(): void {
  selection.value = nothing;
  focusRow.value = null;
  remember();
}

function remember(): void {
  const { rows } = selection.peek();
  selectedRows.value = rows.length <= MOST_IN_ADDRESS ? Array.from(rows, String) : [];
}

/** Selects what the address says. */
export function selectFromAddress(total: number): void {
  const rows = selectedRows.peek().map(Number).filter(Number.isInteger);
  selection.value = selectionOf(rows, total);
  focusRow.value = rows.length === 1 ? rows[0]! : null;
}

/** Only the selected points stay. */
export function isolate(total: number): void {
  const { has } = selection.peek();
  show(Uint8Array.from({ length: total }, (_, row) => (has(row) ? 1 : 0)));
}

/** The selected points go. */
export function hide(total: number): void {
  const { has } = selection.peek();
  const shown = visible.peek();
  show(Uint8Array.from({ length: total }, (_, row) => (shown?.[row] === 0 || has(row) ? 0 : 1)));
  clearSelection();
}

export function show(next: Uint8Array<ArrayBuffer> | null): void {
  before.push(visible.peek());
  stepsBack.value = before.length;
  visible.value = next;
}

/** What was shown before the last change. */
export function goBack(): void {
  if (before.length === 0) return;
  visible.value = before.pop() ?? null;
  stepsBack.value = before.length;
}

export const shownCount = computed(() => {
  const mask = visible.value;
  if (!mask) return null;
  let count = 0;
  for (const one of mask) count += one;
  return count;
});

/** For other points: nothing of the old ones holds. */
export function forget(): void {
  before.length = 0;
  stepsBack.value = 0;
  visible.value = null;
  hoverRow.value = null;
  selection.value = nothing;
  focusRow.value = null;
}
