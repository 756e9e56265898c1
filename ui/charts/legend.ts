/** Where the entries of a downloaded chart's legend stand: in columns as wide as the names, no more than are read. */

export interface LegendEntry {
  readonly text: string;
  /** Null for the line that says how many are left out. */
  readonly color: string | null;
  readonly x: number;
  /** From the legend's top to the entry's. */
  readonly y: number;
}

export interface Legend {
  readonly entries: readonly LegendEntry[];
  /** Room that it takes: the longest name alone may be wider than the chart. */
  readonly width: number;
  readonly height: number;
}

const ROW = 16;
/** Swatch before a name, and room after it. */
const BEFORE = 16;
const AFTER = 16;
const MARGIN = 12;
/** More entries would dwarf the chart. */
const MOST = 60;

export const SWATCH = 10;

/**
 * @param width of the chart, CSS pixels
 * @param measure width of a name, CSS pixels
 */
export function layOutLegend(
  lines: readonly { readonly run: string; readonly name?: string; readonly color: string }[],
  width: number,
  measure: (text: string) => number,
): Legend {
  const listed = lines.length > MOST ? lines.slice(0, MOST) : lines;
  const rest = lines.length - listed.length;
  const texts: Pick<LegendEntry, "text" | "color">[] = listed.map(({ run, name, color }) => ({
    text: name ?? run,
    color,
  }));
  if (rest > 0) texts.push({ text: `and ${rest} more`, color: null });
  const column = Math.ceil(Math.max(0, ...texts.map(({ text }) => measure(text)))) + BEFORE + AFTER;
  const columns = Math.max(1, Math.floor((width - 2 * MARGIN + AFTER) / column));
  const rows = Math.ceil(texts.length / columns);
  const entries = texts.map((entry, i) => ({
    ...entry,
    x: MARGIN + Math.floor(i / rows) * column,
    y: (i % rows) * ROW,
  }));
  return { entries, width: Math.max(width, column - AFTER + 2 * MARGIN), height: rows * ROW + 8 };
}
