/**
 * The keyboard's way through the scatter matrix: arrow keys go from row to row of a pair, with Shift to the next pair; Enter
 * begins a box and ends it, Escape gives it up, Delete lets both columns go.
 */
import type { ParallelSpec } from "./parallel-plot.ts";
import type { ScatterCell } from "./scatter-plot.ts";
import type { Row } from "./table.ts";

/** A row as it stands in a pair of columns. */
export interface ScatterPoint {
  readonly row: Row;
  readonly cell: ScatterCell;
}

export const KEYS_HELP =
  "Arrow keys go from point to point, with Shift from pair to pair; Enter begins and ends a box that keeps what is in it, Delete lets go.";

const ARROWS: Readonly<Record<string, readonly [right: number, up: number]>> = {
  ArrowLeft: [-1, 0],
  ArrowRight: [1, 0],
  ArrowUp: [0, 1],
  ArrowDown: [0, -1],
};

/** Where a key leads from a point, or from none; undefined for keys that mean nothing here, or where there is nothing. */
export function movedPoint(
  spec: ParallelSpec,
  from: ScatterPoint | null,
  { key, shiftKey }: Pick<KeyboardEvent, "key" | "shiftKey">,
): ScatterPoint | undefined {
  const arrow = ARROWS[key];
  const most = spec.axes.length - 1;
  if (!arrow || most < 0) return undefined;
  if (!from) return nearest(spec, { x: 0, y: Math.min(1, most) }, null);
  const { row, cell } = from;
  if (shiftKey) {
    const within = (at: number): number => Math.min(most, Math.max(0, at));
    // Rows of pairs are counted downwards.
    return nearest(spec, { x: within(cell.x + arrow[0]), y: within(cell.y - arrow[1]) }, row) ?? from;
  }
  const across = arrow[0] !== 0;
  const rows = rowsOf(spec, cell, across);
  const at = rows.findIndex(({ key: own }) => own === row.key) + arrow[0] + arrow[1];
  const next = rows[Math.min(rows.length - 1, Math.max(0, at))];
  return next && { row: next, cell };
}

/** Where a row stands in a pair, 0 to 1 to the right and upwards; null where one of its values is missing. */
export function unitsOf({ axes }: ParallelSpec, row: Row, { x, y }: ScatterCell): [number, number] | null {
  const [across, upward] = [axes[x], axes[y]];
  const right = across?.unitOf(row.cells[across.place] ?? null) ?? null;
  const up = upward?.unitOf(row.cells[upward.place] ?? null) ?? null;
  return right === null || up === null ? null : [right, up];
}

/** Rows that have both values, from the left or from below. */
function rowsOf(spec: ParallelSpec, cell: ScatterCell, across: boolean): Row[] {
  const [first, second] = across ? [0, 1] : [1, 0];
  return [...spec.passing]
    .flatMap((row) => {
      const units = unitsOf(spec, row, cell);
      return units ? [{ row, units }] : [];
    })
    .sort((a, b) => a.units[first]! - b.units[first]! || a.units[second]! - b.units[second]!)
    .map(({ row }) => row);
}

/** The row itself in a pair, where it has both values; else the first that has. */
function nearest(spec: ParallelSpec, cell: ScatterCell, row: Row | null): ScatterPoint | undefined {
  const rows = rowsOf(spec, cell, true);
  // Rows are made anew while trainings go on.
  const found = rows.find(({ key }) => key === row?.key) ?? rows[0];
  return found && { row: found, cell };
}
