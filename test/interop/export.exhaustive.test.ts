/**
 * Exported tables in the hands of others: pyarrow reads every format, and finds what tbparse finds in the same logs.
 * Needs a Python with pyarrow, tbparse and pillow: TSBOARD_PYTHON, else .venv/bin/python.
 */
import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import os from "node:os";
import path from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { isInstalled, python } from "../../bench/tools/servers.ts";
import { exportLogs } from "../../server/commands/export/export-logs.ts";
import type { Selection } from "../../server/commands/export/selection.ts";
import type { TableName } from "../../server/commands/export/tables/index.ts";
import { targetOf } from "../../server/commands/export/target.ts";
import { fromLogdir } from "../../server/logdir/source.ts";
import { corpusLogs } from "../tools/stock-answers.ts";
import { oracle } from "./written.ts";

const has = (module: string) => python !== null && isInstalled(module);
const folder = mkdtempSync(path.join(os.tmpdir(), "tsboard-export-"));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

/** Exports the corpus into the folder, below a name; gives where to. */
async function exported(
  name: string,
  tables: readonly TableName[],
  selection: Partial<Selection> = {},
): Promise<string> {
  const out = path.join(folder, name);
  await exportLogs({
    sources: fromLogdir(corpusLogs),
    reading: { followLinks: false, checksum: true, threads: 0, memory: 1e9, indexCache: null },
    selection: { run: null, tag: null, from: null, to: null, overtaken: false, ...selection },
    tables,
    target: targetOf({ out, format: undefined, needsFolder: name.endsWith("/") }),
  });
  return out;
}

/** A text a row, which is quick to compare. */
const lines = (rows: readonly unknown[][]) => rows.map((row) => JSON.stringify(row));

/** Rows of JSON lines, with whole numbers as text. */
function rowsOf(file: string): Record<string, unknown>[] {
  const text = readFileSync(file, "utf8").replaceAll(/"step":(-?\d+)/g, '"step":"$1"');
  return text
    .split("\n")
    .slice(0, -1)
    .map((line) => JSON.parse(line));
}

describe.skipIf(!has("pyarrow"))("pyarrow", { timeout: 60_000 }, () => {
  type Found = Record<string, { types: Record<string, string>; rows: unknown[][] }>;

  const tables: [TableName, string[], Partial<Selection>][] = [
    ["scalars", ["value"], {}],
    ["histograms", ["left", "right", "count"], { to: 5 }],
    ["text", ["row", "column", "text"], {}],
  ];

  test.each(tables)(
    "reads %s in all formats as one table, of these types",
    async (plugin, middle, selection) => {
      const files: string[] = [];
      for (const ending of ["csv", "jsonl", "arrow", "arrows", "parquet"])
        files.push(await exported(`${plugin}.${ending}`, [plugin], { ...selection, overtaken: true }));
      const found: Found = JSON.parse(oracle("tables.py", ["read", ...files]));
      const [csv, jsonl, arrow, arrows, parquet] = files.map((file) => found[file]!);
      const columns = ["run", "tag", "step", "wall_time", ...middle, "overtaken"];
      for (const one of [csv!, arrow!, arrows!, parquet!]) {
        expect(Object.keys(one.types)).toEqual(columns);
        expect(lines(one.rows)).toEqual(lines(parquet!.rows));
      }
      expect(lines(jsonl!.rows.map((row) => row.map(inPython)))).toEqual(lines(parquet!.rows));
      expect(parquet!.rows.length).toBeGreaterThan(20);
      expect([csv, arrow, arrows, parquet].map((one) => one!.types)).toMatchSnapshot();
    },
  );

  /** JSON has texts where numbers are none. */
  const inPython = (cell: unknown): unknown =>
    cell === "NaN" ? "nan" : typeof cell === "string" ? cell.replace(/^(-?)Infinity$/, "$1inf") : cell;
});

describe.skipIf(!has("tbparse"))("tbparse finds the same", { timeout: 120_000 }, () => {
  type Tables = Record<"scalars" | "hparams" | "histograms" | "text", unknown[][]>;
  const tbparse = (logdir: string, ...kinds: (keyof Tables)[]): Partial<Tables> =>
    JSON.parse(oracle("tables.py", ["tbparse", logdir, ...kinds]));
  /** In an order that both can be brought into. */
  const sorted = (rows: readonly unknown[][] = []) => lines(rows).sort();
  /** tbparse purges what a restart overtook only where a session log tells of it. */
  const NOT_PURGED = ["awkward/restart_nosession", "awkward/same_step", "awkward/multifile"];
  /** It reads no further than the first damaged record, where we pass it over. */
  const DAMAGED = "awkward/bitflip";

  let found: Partial<Tables> = {};
  let scalars: unknown[][] = [];
  let kept: unknown[][] = [];
  let all: unknown[][] = [];
  beforeAll(async () => {
    found = tbparse(corpusLogs, "scalars", "hparams", "histograms");
    scalars = found.scalars ?? [];
    const points = async (name: string, overtaken: boolean) =>
      rowsOf(await exported(name, ["scalars"], { overtaken })).map((row) =>
        [row.run, row.tag, row.step, row.wall_time, row.value].map((cell) =>
          typeof cell === "string" ? cell.replace("NaN", "nan").replace("Infinity", "inf") : cell,
        ),
      );
    kept = await points("kept.jsonl", false);
    all = await points("all.jsonl", true);
  }, 120_000);
  const of = (rows: unknown[][], ...runs: string[]) => rows.filter(([run]) => runs.includes(String(run)));
  const without = (rows: unknown[][], ...runs: string[]) =>
    rows.filter(([run]) => !runs.includes(String(run)));

  test("scalars, every point of every run", () => {
    const others = [...NOT_PURGED, DAMAGED];
    expect(sorted(without(kept, ...others))).toEqual(sorted(without(scalars, ...others)));
    expect(sorted(of(all, ...NOT_PURGED))).toEqual(sorted(of(scalars, ...NOT_PURGED)));
    const before = of(scalars, DAMAGED);
    expect(of(kept, DAMAGED).slice(0, before.length)).toEqual(before);
    expect(scalars.length).toBeGreaterThan(3000);
  });

  test("hyperparameters", async () => {
    const rows = rowsOf(await exported("hparams.jsonl", ["hparams"]));
    const typed = rows.map(({ run, hparam, type, value }) => [
      run,
      hparam,
      type === "number" ? Number(value) : type === "bool" ? value === "true" : value,
    ]);
    expect(sorted(typed)).toEqual(sorted(found.hparams));
    expect(typed.length).toBeGreaterThan(0);
  });

  test("text, where it is no table, on which tbparse fails", async () => {
    const rows = rowsOf(await exported("tbx-text.jsonl", ["text"], { run: /^tbx\// }));
    const brief = rows.map(({ run, tag, step, wall_time, text }) => [
      String(run).replace("tbx/", ""),
      // tbparse takes off what tensorboardX puts behind every tag of text.
      String(tag).replace(/\/text_summary$/, ""),
      step,
      wall_time,
      text,
    ]);
    expect(sorted(brief)).toEqual(sorted(tbparse(path.join(corpusLogs, "tbx"), "text").text));
    expect(brief.length).toBeGreaterThan(0);
  });

  test("counts of histograms of TensorFlow 1's form", async () => {
    const counts = new Map<string, number[]>();
    for (const { run, tag, step, wall_time, count } of rowsOf(
      await exported("counts.jsonl", ["histograms"]),
    )) {
      const key = JSON.stringify([run, tag, step, wall_time]);
      counts.set(key, [...(counts.get(key) ?? []), Number(count)]);
    }
    const histograms = found.histograms ?? [];
    for (const [run, tag, step, wallTime, expected] of histograms)
      expect(counts.get(JSON.stringify([run, tag, step, wallTime]))).toEqual(expected);
    expect(histograms.length).toBeGreaterThan(0);
  });

  test.skipIf(!has("PIL"))("pixels of images and samples of audio, in the files", async () => {
    const out = await exported("blobs/", ["images", "audio"]);
    const outcome = JSON.parse(oracle("tables.py", ["blobs", corpusLogs, out]));
    expect(outcome).toEqual({ images: { same: 65, different: 0 }, audio: { same: 1, different: 0 } });
  });
});
