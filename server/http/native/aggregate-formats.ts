/** Forms of an aggregate: Arrow, JSON and CSV, all of them columns. */
import type { AggregateHead } from "../../api/types.ts";
import { type Cell, csvPieces } from "../../plugins/csv.ts";
import type { AggregateRow } from "../../store/aggregate/index.ts";
import { jsonPieces } from "../json.ts";
import type { AggregateAnswer } from "./aggregate-query.ts";
import { encodeTable, numberColumn, stepColumn } from "./arrow.ts";

const STATISTICS = ["mean", "std", "min", "max"] as const;
const COUNTS = ["count", "nans"] as const;

function headOf({ tag, axis, match, runs, total }: AggregateAnswer): AggregateHead {
  return { tag, axis, match, runs, total };
}

const quantileName = (share: number): string => `q${share}`;

/** One table; its layout is described at `AggregateJson`. */
export function toAggregateArrow(answer: AggregateAnswer): Uint8Array {
  const { rows, shares, match } = answer;
  const column = (of: (row: AggregateRow) => number) => {
    // A loop: with a function, Float64Array.from takes several times as long.
    const values = new Float64Array(rows.length);
    for (let i = 0; i < values.length; i++) values[i] = of(rows[i]!);
    return numberColumn(values);
  };
  return encodeTable(
    [
      ["x", match === "steps" ? stepColumn(rows.map(({ x }) => x)) : column(({ x }) => Number(x))],
      ...COUNTS.map((name) => [name, numberColumn(Int32Array.from(rows, (row) => row[name]))] as const),
      ...STATISTICS.map((name) => [name, column((row) => row[name])] as const),
      ...shares.map((share, i) => [quantileName(share), column(({ quantiles }) => quantiles[i]!)] as const),
    ],
    headOf(answer),
  );
}

export function toAggregateJson(answer: AggregateAnswer): Iterator<string, void, undefined> {
  const { rows, shares } = answer;
  return jsonPieces({
    ...headOf(answer),
    x: rows.map(({ x }) => x),
    ...Object.fromEntries([...COUNTS, ...STATISTICS].map((name) => [name, rows.map((row) => row[name])])),
    quantiles: shares.map((share, i) => ({ share, value: rows.map(({ quantiles }) => quantiles[i]!) })),
  });
}

/** A row a place on the axis. */
export function toAggregateCsv({ match, rows, shares }: AggregateAnswer): Iterator<string, void, undefined> {
  const header = ["x", ...COUNTS, ...STATISTICS, ...shares.map(quantileName)];
  const cells = (row: AggregateRow): Cell[] => [
    match === "steps" ? row.x : { float: Number(row.x) },
    ...COUNTS.map((name) => row[name]),
    ...STATISTICS.map((name) => ({ float: row[name] })),
    ...row.quantiles.map((float) => ({ float })),
  ];
  return csvPieces(header, mapped(rows, cells));
}

function* mapped<T, U>(items: readonly T[], map: (item: T) => U): Generator<U> {
  for (const item of items) yield map(item);
}
