/** `tsboard export` as people start it. */
import { spawn } from "node:child_process";
import { once } from "node:events";
import { existsSync, readFileSync } from "node:fs";
import path from "node:path";
import { describe, expect, test } from "vitest";
import { makeLogs } from "../../../../bench/make-logs.ts";
import { bin, runToEnd } from "../../../tools/command.ts";
import { eventFile, scalarEvent, temporaryDirectory, writeFile } from "../../../tools/records.ts";
import { corpusLogs } from "../../../tools/stock-answers.ts";

const exportLogs = (...args: string[]) => runToEnd("export", "--index-cache=off", ...args);

function logs(): string {
  const logdir = temporaryDirectory();
  const events = [0, 1].map((step) => scalarEvent("loss", step, step / 2));
  writeFile(logdir, "run/events.out.tfevents.1", eventFile(...events));
  return logdir;
}

const CSV = `run,tag,step,wall_time,value
run,loss,0,1000000000.0,0.0
run,loss,1,1000000001.0,0.5
`;

test("writes CSV to standard output, and nothing else anywhere", async () => {
  expect(await exportLogs(logs())).toEqual({ code: 0, out: CSV, err: "" });
});

test("writes a file and says what is in it", async () => {
  const file = path.join(temporaryDirectory(), "points.csv");
  const { code, out, err } = await exportLogs("--logdir", logs(), "--out", file);
  expect({ code, out }).toEqual({ code: 0, out: "" });
  expect(err).toMatch(
    new RegExp(`^${file}: 2 rows of 1 series, ${CSV.length} bytes \\(\\d+(\\.\\d)? m?s\\)\\n$`),
  );
  expect(readFileSync(file, "utf8")).toBe(CSV);
});

test("takes several log directories as --logdir-spec has them", async () => {
  const { out } = await exportLogs("--logdir-spec", `a:${logs()},b:${logs()}`, "--from=1");
  expect(out.match(/^\w\/run,loss,1,/gm)).toEqual(["a/run,loss,1,", "b/run,loss,1,"]);
});

test("reads large logs on several threads", async () => {
  const logdir = temporaryDirectory();
  makeLogs(logdir, { runs: 8, tags: 20, steps: 1500 });
  const { out } = await exportLogs(logdir, "--threads", "2", "--tag", "metric_00$");
  expect(out.split("\n")).toHaveLength(1 + 8 * 1500 + 1);
});

test("ends well when whoever reads has enough", async () => {
  const logdir = temporaryDirectory();
  makeLogs(logdir, { runs: 2, tags: 20, steps: 2000 });
  const child = spawn("sh", ["-c", `"${process.execPath}" "${bin}" export "${logdir}" | head -n 2`], {
    stdio: "pipe",
  });
  let [out, err] = ["", ""];
  child.stdout.on("data", (chunk: Buffer) => {
    out += chunk;
  });
  child.stderr.on("data", (chunk: Buffer) => {
    err += chunk;
  });
  await once(child, "close");
  expect(out.split("\n")).toHaveLength(3);
  expect(err).toBe("");
});

describe("is refused in words:", () => {
  test.each([
    [[], "say where the logs are: tsboard export DIR"],
    [["/no/such/logs"], "/no/such/logs does not exist"],
    [["a", "b"], "several are given as --logdir_spec a,b"],
    [
      [corpusLogs, "--plugin", "graphs"],
      "--plugin graphs has no form as a table; these have: scalars, histograms",
    ],
    [[corpusLogs, "--plugin", "images"], "say in which folder, --out DIR"],
    [[corpusLogs, "--plugin=all"], "say in which folder, --out DIR"],
    [[corpusLogs, "--run", "("], "argument '(' is invalid. Invalid regular expression"],
    [[corpusLogs, "--from", "1.5"], "a step is a whole number"],
    [[corpusLogs, "--from=2", "--to=1"], "--from 2 is after --to 1"],
    [[corpusLogs, "--format", "xlsx"], "one of csv, jsonl, arrow, parquet"],
    [[corpusLogs, "--out", "points.xlsx"], "the ending of points.xlsx says no format"],
    [
      [corpusLogs, "--tag", "^nothing$"],
      "nothing to export: the logs have no scalars of tags like /^nothing$/u",
    ],
  ])("%j", async (args, words) => {
    const { code, out, err } = await exportLogs(...args);
    expect({ code, out }).toEqual({ code: 1, out: "" });
    expect(err).toContain(words);
  });

  test("a folder that cannot be written, with nothing left of the export", async () => {
    const file = writeFile(temporaryDirectory(), "file", Buffer.from("x"));
    const { code, err } = await exportLogs(logs(), "--out", path.join(file, "points.csv"));
    expect(code).toBe(1);
    expect(err).toMatch(/^tsboard: (EEXIST|ENOTDIR)/);
    expect(existsSync(`${file}.part`)).toBe(false);
  });
});

test("damage is said on standard error", async () => {
  const { code, err } = await exportLogs(path.join(corpusLogs, "awkward/bitflip"));
  expect(code).toBe(0);
  expect(err).toMatch(/^tsboard: \/.*tfevents.*, byte 836: this record's data does not match its CRC/);
});

test("tags whose values are no scalars are said on standard error", async () => {
  const folder = temporaryDirectory();
  const half = { dtype: 19, tensorShape: {}, halfVal: [15360] };
  const metadata = { pluginData: { pluginName: "scalars" } };
  const event = { wallTime: 1, step: 1, summary: { value: [{ tag: "half", tensor: half, metadata }] } };
  writeFile(folder, "run/events.out.tfevents.1", eventFile(event, scalarEvent("loss", 1, 0.5)));
  const { code, out, err } = await exportLogs(folder);
  expect([code, out.split("\n").length]).toEqual([0, 3]);
  expect(err).toBe(
    'tsboard: tag "half" was left out: a scalar is one 32- or 64-bit float, and its values are not\n',
  );
});
