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

function* rowsOf({ catalog, selection, notes }: TableInput): Generator<readonly Cell[]> {
  for (const { series, runPlace, tagPlace } of catalog.series) {
    if (series.kind !== "scalars" || !hasPoints(series.data)) {
      notes.add(
        `tag "${series.tag}" was left out: a scalar is one 32- or 64-bit float, and its values are not`,
      );
      continue;
    }
    for (const { rows, from, to, overtaken } of slices(series.data, selection))
      for (let row = from; row < to; row++) {
        const step = rows.stepAt(row);
        if (!inRange(selection, step)) continue;
        const point = [runPlace, tagPlace, step, rows.wallAt(row), rows.valueAt(row)];
        yield selection.overtaken ? [...point, overtaken] : point;
      }
  }
}

/** A tag that says it has scalars may hold none: values of other types are kept beside its points. */
const hasPoints = (data: ScalarSeries): boolean => data.length + data.overtaken > 0;

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
