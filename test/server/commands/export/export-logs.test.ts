/** Which values are exported, and as what: chosen, in order, by kind, with what restarts overtook. */
import { existsSync, readdirSync, readFileSync } from "node:fs";
import path from "node:path";
import { describe, expect, test } from "vitest";
import { makeLogs } from "../../../../bench/make-logs.ts";
import { type ExportOptions, exportLogs } from "../../../../server/commands/export/export-logs.ts";
import type { TableName } from "../../../../server/commands/export/tables/index.ts";
import { targetOf } from "../../../../server/commands/export/target.ts";
import { fromLogdir } from "../../../../server/logdir/source.ts";
import {
  eventFile,
  scalarEvent,
  temporaryDirectory,
  versionEvent,
  writeFile,
} from "../../../tools/records.ts";
import { corpusLogs } from "../../../tools/stock-answers.ts";

interface Asked extends Partial<ExportOptions["selection"]> {
  readonly logdir: string;
  readonly tables?: readonly TableName[];
  readonly memory?: number;
  readonly indexCache?: string;
}

/** Exports into a folder; gives the lines of each table as objects, and what was said. */
async function exported({ logdir, tables = ["scalars"], memory = 1e9, indexCache, ...selection }: Asked) {
  const folder = `${temporaryDirectory()}/`;
  const { written, notes } = await exportLogs({
    sources: fromLogdir(logdir),
    reading: { followLinks: false, checksum: true, threads: 0, memory, indexCache: indexCache ?? null },
    selection: { run: null, tag: null, from: null, to: null, overtaken: false, ...selection },
    tables,
    target: targetOf({ out: folder, format: "jsonl", needsFolder: true }),
  });
  const rowsOf = (table: string): Record<string, unknown>[] =>
    readFileSync(path.join(folder, `${table}.jsonl`), "utf8")
      .split("\n")
      .slice(0, -1)
      .map((line) => JSON.parse(line));
  return { folder, rowsOf, written, notes };
}

const textOf = (row: unknown): string => JSON.stringify(row);

/** Two runs of which one was started again at step 2. */
function restartedLogs(): string {
  const logdir = temporaryDirectory();
  const steps = [0, 1, 2, 3, 2, 3].map((step, i) => scalarEvent("loss", step, i, 1e9 + i));
  writeFile(logdir, "a/events.out.tfevents.1", eventFile(versionEvent, ...steps));
  const others = [scalarEvent("loss", 7, 0.5, 2e9), scalarEvent("acc/top1", 7, 1, 2e9)];
  writeFile(logdir, "b/events.out.tfevents.1", eventFile(versionEvent, ...others));
  return logdir;
}

describe("scalars", () => {
  test("are a row a point, by run, tag and step", async () => {
    const { rowsOf, written, notes } = await exported({ logdir: restartedLogs() });
    expect(rowsOf("scalars")).toEqual([
      { run: "a", tag: "loss", step: 0, wall_time: 1e9, value: 0 },
      { run: "a", tag: "loss", step: 1, wall_time: 1e9 + 1, value: 1 },
      { run: "a", tag: "loss", step: 2, wall_time: 1e9 + 4, value: 4 },
      { run: "a", tag: "loss", step: 3, wall_time: 1e9 + 5, value: 5 },
      { run: "b", tag: "loss", step: 7, wall_time: 2e9, value: 0.5 },
      { run: "b", tag: "acc/top1", step: 7, wall_time: 2e9, value: 1 },
    ]);
    expect(written).toMatchObject([{ rows: 6, series: 3 }]);
    expect(notes).toEqual([]);
  });

  test("with what restarts overtook have a column that says so, and these come last", async () => {
    const { rowsOf } = await exported({ logdir: restartedLogs(), run: /^a$/, overtaken: true });
    const brief = rowsOf("scalars").map(({ step, value, overtaken }) => [step, value, overtaken]);
    expect(brief).toEqual([
      [0, 0, false],
      [1, 1, false],
      [2, 4, false],
      [3, 5, false],
      [2, 2, true],
      [3, 3, true],
    ]);
  });

  test.each([
    [{ from: 2 }, [2, 3, 7, 7]],
    [{ to: 1 }, [0, 1]],
    [{ from: 1, to: 2 }, [1, 2]],
    [{ from: 2, to: 2, overtaken: true }, [2, 2]],
    [{ run: /^b/ }, [7, 7]],
    [{ tag: /^acc\// }, [7]],
    [{ run: /a/, tag: /acc/ }, []],
  ])("of the selection %j", async (selection, steps) => {
    const { folder, rowsOf, written } = await exported({ logdir: restartedLogs(), ...selection });
    if (steps.length === 0) expect([written, readdirSync(folder)]).toEqual([[], []]);
    else expect(rowsOf("scalars").map(({ step }) => step)).toEqual(steps);
  });

  test("of long series are those of a range in any of their blocks", async () => {
    const logdir = temporaryDirectory();
    const events = Array.from({ length: 5000 }, (_, step) => scalarEvent("loss", step * 3, step));
    writeFile(logdir, "events.out.tfevents.1", eventFile(versionEvent, ...events));
    for (const [from, to] of [
      [0, 2997],
      [4000, 9001],
      [14_990, 20_000],
      [-5, 0],
    ] as const) {
      const { rowsOf } = await exported({ logdir, from, to });
      const expected = events
        .map(({ step }) => step)
        .filter((step) => Number(step) >= from && Number(step) <= to);
      expect(rowsOf("scalars").map(({ step }) => step)).toEqual(expected);
    }
  });

  test("are the same where memory is short, and where an earlier reading is remembered", async () => {
    const [logdir, indexCache] = [temporaryDirectory(), temporaryDirectory()];
    makeLogs(logdir, { runs: 2, tags: 10, steps: 3000 });
    const { rowsOf } = await exported({ logdir });
    const expected = rowsOf("scalars");
    expect(expected).toHaveLength(60_000);
    for (const how of [{ memory: 1 }, { indexCache }, { indexCache }]) {
      const { rowsOf: found } = await exported({ logdir, ...how });
      expect(found("scalars").map(textOf)).toEqual(expected.map(textOf));
    }
    expect(readdirSync(indexCache)).not.toEqual([]);
  });

  test("have steps beyond 2^53 digit by digit, also in a range", async () => {
    const { folder } = await exported({
      logdir: path.join(corpusLogs, "awkward/big_step"),
      from: 9007199254740995n,
    });
    const text = readFileSync(path.join(folder, "scalars.jsonl"), "utf8");
    expect([...text.matchAll(/"step":(\d+)/g)].map((match) => match[1])).toEqual([
      "9007199254740996",
      "9007199254740998",
    ]);
  });
});

describe("other kinds", () => {
  test("are a table each; those that no log has are left out", async () => {
    const { folder, written } = await exported({
      logdir: path.join(corpusLogs, "tf2"),
      tables: ["scalars", "histograms", "text", "hparams", "pr_curves", "images", "audio"],
    });
    expect(readdirSync(folder).sort()).toEqual(
      [
        "audio",
        "audio.jsonl",
        "histograms.jsonl",
        "images",
        "images.jsonl",
        "scalars.jsonl",
        "text.jsonl",
      ].sort(),
    );
    expect(written.map(({ series }) => series)).toEqual([6, 6, 4, 2, 2]);
  });

  test("histograms are a row a bucket, in the order of the buckets", async () => {
    const { rowsOf } = await exported({
      logdir: path.join(corpusLogs, "tf2/train"),
      tables: ["histograms"],
      to: 0,
    });
    const rows = rowsOf("histograms");
    const first = rows.filter(({ tag }) => tag === "weights/conv1");
    expect(first).toHaveLength(30);
    expect(first.every((row, i) => i === 0 || row.left === first[i - 1]!.right)).toBe(true);
    expect(Object.keys(rows[0]!)).toEqual(["run", "tag", "step", "wall_time", "left", "right", "count"]);
  });

  test("text is a row a string, with its place in a table", async () => {
    const { rowsOf } = await exported({
      logdir: path.join(corpusLogs, "tf2/train"),
      tables: ["text"],
      tag: /table/,
    });
    expect(rowsOf("text").map(({ row, column, text }) => [row, column, text])).toEqual([
      [0, 0, "a"],
      [0, 1, "b"],
      [1, 0, "c"],
      [1, 1, "d"],
    ]);
  });

  test("hyperparameters are text with a type, by name", async () => {
    const { rowsOf } = await exported({
      logdir: path.join(corpusLogs, "hparams"),
      tables: ["hparams"],
      run: /run-0/,
    });
    expect(rowsOf("hparams")).toMatchInlineSnapshot(`
      [
        {
          "hparam": "dropout",
          "run": "run-0",
          "type": "number",
          "value": "0.1",
        },
        {
          "hparam": "num_units",
          "run": "run-0",
          "type": "number",
          "value": "16",
        },
        {
          "hparam": "optimizer",
          "run": "run-0",
          "type": "string",
          "value": "adam",
        },
      ]
    `);
  });

  test("images and audio are files, and rows that say where each is", async () => {
    const { folder, rowsOf } = await exported({
      logdir: path.join(corpusLogs, "tf2/train"),
      tables: ["images", "audio"],
      to: 6,
    });
    expect(rowsOf("images").slice(0, 2)).toMatchInlineSnapshot(`
      [
        {
          "file": "images/%2E/examples%2Fdigits/0.png",
          "height": 12,
          "index": 0,
          "run": ".",
          "step": 0,
          "tag": "examples/digits",
          "wall_time": 1795528625.87743,
          "width": 12,
        },
        {
          "file": "images/%2E/examples%2Fdigits/0_1.png",
          "height": 12,
          "index": 1,
          "run": ".",
          "step": 0,
          "tag": "examples/digits",
          "wall_time": 1795528625.87743,
          "width": 12,
        },
      ]
    `);
    for (const { file } of [...rowsOf("images"), ...rowsOf("audio")])
      expect(existsSync(path.join(folder, String(file)))).toBe(true);
    const wav = readFileSync(path.join(folder, String(rowsOf("audio")[0]!.file)));
    expect(wav.toString("latin1", 0, 4)).toBe("RIFF");
  });

  test("clips that others wrote keep the endings of what they are", async () => {
    const clips = {
      wav: "RIFF\x24\0\0\0WAVEfmt ",
      ogg: "OggS\0\x02\0\0\0\0\0\0\0\0",
      flac: "fLaC\0\0\0\x22\x10\0\x10\0",
      mp3: "ID3\x04\0\0\0\0\0\0",
      bin: "neither of them",
    };
    const value = Object.entries(clips).map(([tag, head]) => ({
      tag,
      metadata: { pluginData: { pluginName: "audio" } },
      tensor: {
        dtype: 7,
        tensorShape: { dim: [{ size: 1 }, { size: 2 }] },
        stringVal: [Buffer.from(head, "latin1"), Buffer.alloc(0)],
      },
    }));
    const logdir = temporaryDirectory();
    const events = eventFile(versionEvent, { wallTime: 1e9, step: 3, summary: { value } });
    writeFile(logdir, "a/events.out.tfevents.1", events);
    const { folder, rowsOf } = await exported({ logdir, tables: ["audio"] });
    const files = new Map(rowsOf("audio").map(({ tag, file }) => [tag, String(file)]));
    expect(Object.fromEntries(files)).toEqual(
      Object.fromEntries(Object.keys(clips).map((ending) => [ending, `audio/a/${ending}/3.${ending}`])),
    );
    const flac = readFileSync(path.join(folder, files.get("flac")!));
    expect(flac.toString("latin1")).toBe(clips.flac);
  });
});

describe("what is not as it should be", () => {
  test("damage is told, and the rest exported", async () => {
    const { rowsOf, notes } = await exported({ logdir: path.join(corpusLogs, "awkward/bitflip") });
    expect(rowsOf("scalars")).toHaveLength(39);
    expect(notes).toEqual([
      expect.stringMatching(/tfevents\S+, byte 836: this record's data does not match/),
    ]);
  });

  test("values that are not of their plugin's kind are left out and counted", async () => {
    const logdir = temporaryDirectory();
    const metadata = { pluginData: { pluginName: "histograms" } };
    const wrong = { dtype: 1, tensorShape: { dim: [{ size: 2 }] }, floatVal: [1, 2] };
    const events = [1, 2].map((step) => ({
      wallTime: 1,
      step,
      summary: { value: [{ tag: "h", metadata, tensor: wrong }] },
    }));
    writeFile(logdir, "events.out.tfevents.1", eventFile(versionEvent, ...events));
    const { rowsOf, notes } = await exported({ logdir, tables: ["histograms"] });
    expect(rowsOf("histograms")).toEqual([]);
    expect(notes).toEqual(['a value of tag "h" was left out: it is not what histograms has (2 times)']);
  });
});
