/** Forms of the newest and best values: Arrow, JSON and CSV. */
import { type Cell, csvPieces } from "../../plugins/csv.ts";
import type { Point } from "../../store/series-ends.ts";
import { jsonPieces } from "../json.ts";
import { encodeTable, numberColumn, repeatedTextColumn, stepColumn } from "./arrow.ts";
import type { LastEntry } from "./last-query.ts";

/** What a point's columns are called where it has a table's row to itself with others. */
const POINTS = [
  { of: ({ last }: LastEntry) => last, value: "value", step: "step", wall: "wall_time" },
  { of: ({ min }: LastEntry) => min, value: "min", step: "min_step", wall: "min_wall_time" },
  { of: ({ max }: LastEntry) => max, value: "max", step: "max_step", wall: "max_wall_time" },
  { of: ({ first }: LastEntry) => first, value: "first", step: "first_step", wall: "first_wall_time" },
] as const;

/** One table; its layout is described at `LastJson`. */
export function toLastArrow(entries: readonly LastEntry[]): Uint8Array {
  return encodeTable(
    [
      ["tag", repeatedTextColumn(entries.map(({ tag }) => tag))],
      ["run", repeatedTextColumn(entries.map(({ run }) => run))],
      ["points", numberColumn(Float64Array.from(entries, ({ points }) => points))],
      ...POINTS.flatMap(({ of, value, step, wall }) => {
        const points = entries.map(of);
        const nulls = points.map((point) => point === null);
        return [
          [
            value,
            numberColumn(
              Float32Array.from(points, (point) => point?.value ?? Number.NaN),
              nulls,
            ),
          ],
          [
            step,
            stepColumn(
              points.map((point) => point?.step ?? 0),
              nulls,
            ),
          ],
          [
            wall,
            numberColumn(
              Float64Array.from(points, (point) => point?.wall ?? 0),
              nulls,
            ),
          ],
        ] as const;
      }),
    ],
    {},
  );
}

export function toLastJson(entries: readonly LastEntry[]): Iterator<string, void, undefined> {
  const json = ({ step, wall, value }: Point) => ({ step, wall_time: wall, value });
  return jsonPieces({
    series: entries.map(({ tag, run, points, first, last, min, max }) => ({
      tag,
      run,
      points,
      last: json(last),
      min: min && json(min),
      max: max && json(max),
      first: json(first),
    })),
  });
}

/** A row an entry. */
export function toLastCsv(entries: readonly LastEntry[]): Iterator<string, void, undefined> {
  const cells = (point: Point | null): Cell[] =>
    point ? [{ float: point.value }, point.step, { float: point.wall }] : ["", "", ""];
  const header = POINTS.flatMap(({ value, step, wall }) => [value, step, wall]);
  return csvPieces(
    ["tag", "run", "points", ...header],
    entries.map((entry) => [
      entry.tag,
      entry.run,
      entry.points,
      ...POINTS.flatMap(({ of }) => cells(of(entry))),
    ]),
  );
}
