/** Tables in each format, read back by readers of that format: every cell is what it was. */
import { tableFromIPC } from "@uwdata/flechette";
import fc from "fast-check";
import { parquetReadObjects } from "hyparquet";
import { describe, expect, test } from "vitest";
import { inBatches } from "../../../../server/commands/export/batches.ts";
import { FORMATS, type FormatName, formatOf } from "../../../../server/commands/export/formats/index.ts";
import type { Cell, Column, Table } from "../../../../server/commands/export/table.ts";
import { MemoryOutput } from "./memory-output.ts";

const RUNS = ["train", 'a,"b"\n', "运行"];
const columns: Column[] = [
  { name: "run", type: "label", labels: RUNS },
  { name: "step", type: "int64" },
  { name: "wall_time", type: "float64" },
  { name: "value", type: "float32" },
  { name: "place", type: "int32" },
  { name: "text", type: "text" },
  { name: "overtaken", type: "bool" },
];

type Row = readonly [number, number | bigint, number, number, number, string, boolean];

const rows: fc.Arbitrary<Row[]> = fc.array(
  fc.tuple(
    fc.nat(RUNS.length - 1),
    fc.oneof(fc.maxSafeInteger(), fc.bigInt({ min: -(2n ** 63n), max: 2n ** 63n - 1n }).map(canonical)),
    fc.double(),
    fc.float(),
    fc.integer(),
    fc.string({ unit: "grapheme" }),
    fc.boolean(),
  ),
  { maxLength: 50 },
);

/** Whole numbers are bigints only where a double is not exact. */
function canonical(value: bigint): number | bigint {
  const number = Number(value);
  return Number.isSafeInteger(number) ? number : value;
}

async function written(
  given: readonly (readonly Cell[])[],
  format: FormatName,
  ending = "",
): Promise<Buffer> {
  const table: Table = { name: "test", columns, batches: inBatches(columns, given) };
  const output = new MemoryOutput();
  (await FORMATS[format].load(ending))(table, output);
  return output.taken();
}

/** Cells as they should be read: labels by name, whole numbers as bigints. */
const expected = (given: readonly Row[]) =>
  given.map(([run, step, ...others]) => [RUNS[run], BigInt(step), ...others]);

type Reader = (bytes: Buffer) => unknown[][] | Promise<unknown[][]>;

const arrow: Reader = (bytes) => {
  const table = tableFromIPC(bytes, { useBigInt: true });
  return table.toArray().map((row) => columns.map(({ name }) => row[name]));
};

const readers: [name: string, FormatName, ending: string, Reader][] = [
  ["CSV", "csv", "csv", (bytes) => parseCsv(bytes.toString()).slice(1).map(fromCsv)],
  ["JSON lines", "jsonl", "jsonl", (bytes) => bytes.toString().split("\n").slice(0, -1).map(fromJson)],
  ["an Arrow stream", "arrow", "arrows", arrow],
  ["an Arrow file", "arrow", "arrow", arrow],
  [
    "Parquet",
    "parquet",
    "parquet",
    async (bytes) => {
      const { buffer, byteOffset, byteLength } = new Uint8Array(bytes);
      const objects = await parquetReadObjects({ file: buffer.slice(byteOffset, byteOffset + byteLength) });
      return objects.map((row) => columns.map(({ name }) => row[name]));
    },
  ],
];

/** Fields of CSV as RFC 4180 has it, with lines that end in a line feed. */
function parseCsv(text: string): string[][] {
  const lines: string[][] = [];
  const line: string[] = [];
  for (const [, quoted, plain, end] of text.matchAll(/(?:"((?:[^"]|"")*)"|([^,\n"]*))(,|\n)/g)) {
    line.push(quoted?.replaceAll('""', '"') ?? plain ?? "");
    if (end === "\n") lines.push(line.splice(0));
  }
  expect(line).toEqual([]);
  return lines;
}

/** Python's words for numbers that are none. */
const pythonNumber = (text: string) =>
  ({ nan: Number.NaN, inf: Number.POSITIVE_INFINITY, "-inf": Number.NEGATIVE_INFINITY })[text] ??
  Number(text);

function fromCsv([run, step, wall, value, place, text, overtaken]: string[]): unknown[] {
  return [
    run,
    BigInt(step!),
    pythonNumber(wall!),
    pythonNumber(value!),
    Number(place),
    text,
    overtaken === "true",
  ];
}

/** JSON.parse would round a step: it is taken from the text. */
function fromJson(line: string): unknown[] {
  const { run, wall_time, value, place, text, overtaken } = JSON.parse(line);
  const step = BigInt(/"step":(-?\d+),"wall_time"/.exec(line)?.[1] ?? "");
  return [run, step, Number(wall_time), Number(value), place, text, overtaken];
}

describe.each(readers)("%s", (_name, format, ending, read) => {
  test("holds every cell as it was", async () => {
    await fc.assert(
      fc.asyncProperty(rows, async (given) => {
        expect(await read(await written(given, format, ending))).toEqual(expected(given));
      }),
      { numRuns: 100 },
    );
  });

  test("holds more rows than a batch", async () => {
    const given = Array.from(
      { length: 300_000 },
      (_, i): Row => [0, i, i / 8, i % 7, 7 - i, "", i % 2 === 0],
    );
    const found = await read(await written(given, format, ending));
    expect(found).toHaveLength(given.length);
    for (const i of [0, 131_071, 131_072, 262_144, 299_999])
      expect(found[i]).toEqual(expected([given[i]!])[0]);
  });
});

test("numbers that are none are nan, inf and -inf in CSV, and texts in JSON", async () => {
  const special = [Number.NaN, Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY, -0];
  const given = special.map((value): Row => [0, 0, value, value, 0, "", false]);
  expect((await written(given, "csv")).toString()).toBe(
    "run,step,wall_time,value,place,text,overtaken\n" +
      ["nan", "inf", "-inf", "-0.0"].map((text) => `train,0,${text},${text},0,,false\n`).join(""),
  );
  const lines = (await written(given, "jsonl")).toString().trim().split("\n");
  expect(lines.map((line) => /"value":([^,]+),/.exec(line)?.[1])).toEqual([
    '"NaN"',
    '"Infinity"',
    '"-Infinity"',
    "-0.0",
  ]);
});

test("a stream of Arrow can be read from its start on, a file from its end", async () => {
  expect((await written([], "arrow", "arrows")).subarray(0, 4).toString("hex")).toBe("ffffffff");
  expect((await written([], "arrow", "feather")).subarray(0, 6).toString()).toBe("ARROW1");
});

test.each([
  ["points.csv", "csv"],
  ["points.NDJSON", "jsonl"],
  ["a.b/points.feather", "arrow"],
  ["points.parquet", "parquet"],
  ["points", null],
  ["a.csv/points", null],
])("the ending of %s says %s", (file, format) => {
  expect(formatOf(file)).toBe(format);
});
