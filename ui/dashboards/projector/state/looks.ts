/** How each point looks: its colour by a column or by what was found out about it, its size, and grey for the rest. */
import { computed, signal } from "@preact/signals";
import { scheme } from "../../../app/theme.ts";
import type { ClusterName, Clusters, Overlap, Trust } from "../../../projection/types.ts";
import {
  type Column,
  colourColumn,
  columnOf,
  columnOfNumbers,
  isCategorical,
  labelColumn,
} from "../data/columns.ts";
import { categoryColor, cssOf, GREY, PLAIN, type Rgb, scaleColor } from "../data/palettes.ts";
import { USUAL, weightOf } from "../view/sizes.ts";
import { main } from "./pane.ts";
import { selection, visible } from "./selection.ts";
import { colorAs, colorBy, labelBy, OURS, sizeBy } from "./settings.ts";

/** What was computed about the points of the main pane; null until asked for. */
export const trust = signal<Trust | null>(null);
export const clusters = signal<(Clusters & { readonly names: readonly ClusterName[] }) | null>(null);
export const overlap = signal<Overlap | null>(null);
/** Distances of all listed neighbours from the point that is looked at. */
export const distances = signal<Float64Array<ArrayBuffer> | null>(null);
/** Categories that are switched off in the legend, by column and text. */
export const switchedOff = signal<ReadonlySet<string>>(new Set());

const columns = computed(() => main.data.value?.columns ?? []);

/** The column that colours; null: nothing does. */
export const shading = computed<Column | null>(() => {
  const by = colorBy.value;
  if (by === OURS.none) return null;
  if (by === OURS.trust && trust.value)
    return columnOfNumbers("trustworthiness", Float64Array.from(trust.value.trustworthinessOf));
  if (by === OURS.continuity && trust.value)
    return columnOfNumbers("continuity", Float64Array.from(trust.value.continuityOf));
  if (by === OURS.overlap && overlap.value)
    return columnOfNumbers("neighbours in common", Float64Array.from(overlap.value.shares));
  if (by === OURS.distance && distances.value) return columnOfNumbers("distance", distances.value);
  if (by === OURS.clusters && clusters.value) {
    const { labels, names } = clusters.value;
    return columnOf("cluster", distinctNames(names), labels);
  }
  return columns.value.find(({ name }) => name === by) ?? colourColumn(columns.value, main.rows.value);
});

/** What was found out about the points that are open, and can colour them. */
export const ownColours = computed<readonly { readonly value: string; readonly title: string }[]>(() => [
  ...(clusters.value ? [{ value: OURS.clusters, title: "Clusters" }] : []),
  ...(trust.value
    ? [
        { value: OURS.trust, title: "Trustworthiness" },
        { value: OURS.continuity, title: "Continuity" },
      ]
    : []),
  ...(overlap.value ? [{ value: OURS.overlap, title: "Neighbours in common" }] : []),
  ...(distances.value ? [{ value: OURS.distance, title: "Distance from the point" }] : []),
]);

/** Which of the choices colours: what was chosen before, of other points, may not be found out of these. */
export const shadedBy = computed(() =>
  ownColours.value.some(({ value }) => value === colorBy.value)
    ? colorBy.value
    : (shading.value?.name ?? OURS.none),
);

/** Two clusters may be called the same: they stay two. */
function distinctNames(names: readonly ClusterName[]): string[] {
  const taken = new Map<string, number>();
  return names.map(({ name }) => {
    const times = (taken.get(name) ?? 0) + 1;
    taken.set(name, times);
    return times === 1 ? name : `${name} (${times})`;
  });
}

/** Whether the column's texts are categories here, not places on a scale. */
export const byCategory = computed(() => {
  const column = shading.value;
  if (!column) return false;
  if (column.values.length === 0 || colorAs.value === "scale") return column.numbers === null;
  return colorAs.value === "categories" || isCategorical(column);
});

/** Categories in the order of their numbers, else of how many rows they have: the first get the clearest colours. */
export const categories = computed<
  readonly { readonly index: number; readonly text: string; readonly count: number }[]
>(() => {
  const column = shading.value;
  if (!column || !byCategory.value) return [];
  const all = column.values.map((text, index) => ({ index, text, count: column.counts[index] ?? 0 }));
  if (column.numbers) return all.sort((a, b) => Number(a.text) - Number(b.text));
  return all.sort((a, b) => b.count - a.count || a.index - b.index);
});

const categoryColors = computed<ReadonlyMap<number, Rgb>>(
  () => new Map(categories.value.map(({ index }, place) => [index, categoryColor(place, scheme.value)])),
);

export function colorOfCategory(index: number): string {
  return cssOf(categoryColors.value.get(index) ?? PLAIN[scheme.value]);
}

/** Smallest and largest of a scale, outliers left out; null where there is no scale. */
export const scaleRange = computed<readonly [number, number] | null>(() => {
  const numbers = byCategory.value ? null : shading.value?.numbers;
  return numbers ? rangeOf(numbers) : null;
});

const MOST_SAMPLES = 50_000;

function rangeOf(numbers: Float64Array): readonly [number, number] | null {
  const every = Math.max(1, Math.floor(numbers.length / MOST_SAMPLES));
  const sample: number[] = [];
  for (let row = 0; row < numbers.length; row += every)
    if (Number.isFinite(numbers[row]!)) sample.push(numbers[row]!);
  if (sample.length === 0) return null;
  sample.sort((a, b) => a - b);
  const low = sample[Math.floor(sample.length * 0.005)]!;
  const high = sample[Math.ceil(sample.length * 0.995) - 1]!;
  return low === high ? [sample[0]!, sample.at(-1)!] : [low, high];
}

export const labelling = computed<Column | null>(
  () => columns.value.find(({ name }) => name === labelBy.value) ?? labelColumn(columns.value),
);

const sizes = computed<Uint8Array | null>(() => {
  const column = columns.value.find(({ name }) => name === sizeBy.value);
  const numbers = column?.numbers;
  const range = numbers ? rangeOf(numbers) : null;
  if (!numbers || !range) return null;
  const [low, high] = range;
  return Uint8Array.from(numbers, (value) => {
    const share = Number.isFinite(value) ? Math.min(1, Math.max(0, (value - low) / (high - low || 1))) : 0;
    return Math.round(USUAL * (0.6 + 2.2 * share));
  });
});

/** Rows of these categories are hidden by the legend. */
const offIndices = computed<ReadonlySet<number>>(() => {
  const column = shading.value;
  if (!column || switchedOff.value.size === 0) return new Set();
  return new Set(
    column.values.flatMap((text, index) => (switchedOff.value.has(offKey(column, text)) ? [index] : [])),
  );
});

export function offKey({ name }: Column, text: string): string {
  return `${name}\0${text}`;
}

/** Whether a row is shown at all. */
export const isShown = computed<(row: number) => boolean>(() => {
  const mask = visible.value;
  const off = offIndices.value;
  const column = shading.value;
  if (off.size === 0 || !column) return mask ? (row) => mask[row] === 1 : () => true;
  return (row) => (!mask || mask[row] === 1) && !off.has(column.indices[row] ?? -1);
});

/** Red, green, blue and weight of each row, as the points layer takes them. */
export const looks = computed<Uint8Array>(() => {
  const rows = main.rows.value;
  const looks = new Uint8Array(rows * 4);
  const colorOf = coloring();
  const grey = GREY[scheme.value];
  const { rows: chosen, has } = selection.value;
  const context = chosen.length > 0;
  // Of one point the neighbours stand out with it.
  const near = chosen.length === 1 ? distances.value : null;
  const weights = sizes.value;
  const shown = isShown.value;
  for (let row = 0, at = 0; row < rows; row++, at += 4) {
    const aside = context && !has(row) && !(near && near[row]! >= 0);
    const own = aside ? grey : colorOf(row);
    looks[at] = own[0];
    looks[at + 1] = own[1];
    looks[at + 2] = own[2];
    looks[at + 3] = shown(row) ? weightOf(weights ? weights[row]! : USUAL, context && !aside) : 0;
  }
  return looks;
});

/** The colour of a row. */
export function coloring(): (row: number) => Rgb {
  const column = shading.value;
  const plain = PLAIN[scheme.value];
  const grey = GREY[scheme.value];
  if (!column) return () => plain;
  if (byCategory.value) {
    const colors = column.values.map((_, index) => categoryColors.value.get(index) ?? grey);
    return (row) => colors[column.indices[row] ?? -1] ?? grey;
  }
  const numbers = column.numbers;
  const range = scaleRange.value;
  if (!numbers || !range) return () => plain;
  const [low, high] = range;
  const ramp = Array.from({ length: 256 }, (_, i) => scaleColor(i / 255, scheme.value));
  const factor = 255 / (high - low || 1);
  return (row) => {
    const value = numbers[row]!;
    if (Number.isNaN(value)) return grey;
    return ramp[Math.round(Math.min(255, Math.max(0, (value - low) * factor)))] ?? grey;
  };
}
