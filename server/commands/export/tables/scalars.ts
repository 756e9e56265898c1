/** Scalars: a row a point. */
import type { PointRows } from "../../../store/points.ts";
import type { ScalarSeries } from "../../../store/scalar-series.ts";
import { inBatches } from "../batches.ts";
import { inRange, type Selection } from "../selection.ts";
import type { Cell, Table } from "../table.ts";
import type { TableInput } from "./input.ts";
import { valueColumns } from "./values.ts";

export function scalars(input: TableInput): Table {
  const columns = valueColumns(input, [{ name: "value", type: "float32" }]);
  return { name: "scalars", columns, batches: inBatches(columns, rowsOf(input)) };
}

function* rowsOf({ catalog, selection }: TableInput): Generator<readonly Cell[]> {
  for (const { series, runPlace, tagPlace } of catalog.series) {
    if (series.kind !== "scalars") continue;
    for (const { rows, from, to, overtaken } of slices(series.data, selection))
      for (let row = from; row < to; row++) {
        const step = rows.stepAt(row);
        if (!inRange(selection, step)) continue;
        const point = [runPlace, tagPlace, step, rows.wallAt(row), rows.valueAt(row)];
        yield selection.overtaken ? [...point, overtaken] : point;
      }
  }
}

interface Slice {
  readonly rows: PointRows;
  readonly from: number;
  readonly to: number;
  readonly overtaken: boolean;
}

/** Rows of a series among which are all of the selection: its points in order of step, then what was overtaken. */
function* slices(data: ScalarSeries, { from, overtaken }: Selection): Generator<Slice> {
  const first = from === null ? 0 : data.lowerBound(from);
  for (let i = data.stretchIndexAt(first); i < data.stretches; i++) {
    const { start, rows } = data.stretch(i);
    yield { rows, from: Math.max(0, first - start), to: rows.count, overtaken: false };
  }
  if (!overtaken) return;
  for (const slice of data.overtakenRows) yield { ...slice, overtaken: true };
}
