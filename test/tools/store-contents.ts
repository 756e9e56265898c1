/** All that a store holds, as plain data: two that show the same are equal. */
import type { RecordRef } from "../../server/store/record-series.ts";
import type { Run, Series } from "../../server/store/run.ts";
import type { ScalarSeries } from "../../server/store/scalar-series.ts";
import type { Store } from "../../server/store/store.ts";

export function contentsOf(store: Store): unknown {
  return {
    runs: store
      .runs()
      .map((run) => ({ name: run.name, started: run.startTime, series: seriesOf(run) }))
      .sort((a, b) => compare(a.name, b.name)),
    tags: [...store.tags()]
      .map(({ tag, plugin, dataClass, description, displayName, runs }) => ({
        tag: [plugin, tag, dataClass, displayName, description],
        runs: [...runs].map(({ name }) => name).sort(compare),
      }))
      .sort((a, b) => compare(a.tag.join(), b.tag.join())),
    points: store.points,
  };
}

function seriesOf({ series }: Run): unknown[] {
  return [...series.values()].sort((a, b) => compare(a.tag, b.tag)).map(contentOf);
}

function contentOf({ tag, metadata, kind, data }: Series): unknown {
  const { count } = data.restarts;
  const restarts = Array.from({ length: count }, (_, i) => data.restarts.at(i));
  if (kind === "records")
    return {
      tag,
      metadata,
      values: data.refs.map(placeOf),
      overtaken: data.overtaken.map(placeOf),
      restarts,
    };
  return { tag, metadata, values: pointsOf(data), overtaken: overtakenOf(data), restarts };
}

/** Without the number of the file, which says only when it was found. */
function placeOf({ file: _, ...ref }: RecordRef): unknown {
  return { ...ref };
}

function pointsOf(series: ScalarSeries): unknown[] {
  return Array.from({ length: series.length }, (_, row) => {
    const { start, rows } = series.stretchAt(row);
    return [rows.stepAt(row - start), rows.wallAt(row - start), rows.valueAt(row - start)];
  });
}

function overtakenOf({ overtakenRows }: ScalarSeries): unknown[] {
  return overtakenRows.flatMap(({ rows, from, to }) =>
    Array.from({ length: to - from }, (_, i) => [
      rows.stepAt(from + i),
      rows.wallAt(from + i),
      rows.valueAt(from + i),
    ]),
  );
}

function compare(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}
