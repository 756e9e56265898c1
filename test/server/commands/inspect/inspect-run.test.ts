/** What is reported of event files: their tags, records, times and writers, and whatever is wrong with them. */
import { appendFileSync, readFileSync, writeFileSync } from "node:fs";
import path from "node:path";
import { describe, expect, test } from "vitest";
import { FRAME_BYTES, pb } from "../../../../proto/index.ts";
import { inspectRun } from "../../../../server/commands/inspect/inspect-run.ts";
import type { RunReport, TagReport } from "../../../../server/commands/inspect/report.ts";
import { Scanner } from "../../../../server/ingest/scanner.ts";
import {
  type EventProperties,
  eventFile,
  scalarEvent,
  temporaryDirectory,
  versionEvent,
  writeFile,
} from "../../../tools/records.ts";

const scanner = new Scanner();
const inspect = (files: readonly string[], tag: string | null = null): RunReport =>
  inspectRun("run", files, { scanner, checksum: true, tag });

function write(...events: readonly EventProperties[]): string {
  return writeFile(temporaryDirectory(), "events.out.tfevents.1", eventFile(...events));
}

const loss = (step: number, value = 0.5, wallTime?: number) => scalarEvent("loss", step, value, wallTime);
/** The figures that a test is about. */
const pick = <K extends keyof TagReport>(tags: readonly TagReport[], ...keys: K[]) =>
  tags.map((tag) => keys.map((key) => tag[key]));

describe("a file", () => {
  test("has a version, a writer, records, and the time of its events", () => {
    const sourceMetadata = { writer: "tensorflow.core.util.events_writer" };
    const version = { ...versionEvent, wallTime: 100, sourceMetadata };
    const file = write(version, loss(0, 1, 50), loss(1, 1, 200), { wallTime: 30, step: 1 });
    const [report] = inspect([file]).files;
    expect(report).toMatchObject({
      path: file,
      bytes: readFileSync(file).length,
      records: 4,
      state: "whole",
      file_version: "brain.Event:2",
      writer: "tensorflow.core.util.events_writer",
      first_wall_time: 30,
      last_wall_time: 200,
      damage: [],
      torn_bytes: 0,
    });
  });

  test("of many points, several in a record, has all of them and as many records as there are", () => {
    const events = Array.from({ length: 35_000 }, (_, step): EventProperties => {
      const value = [
        { tag: "a", simpleValue: step },
        { tag: "b", simpleValue: 1 },
      ];
      return { wallTime: step, step, summary: { value } };
    });
    const { files, tags } = inspect([write(versionEvent, ...events)]);
    expect(files[0]!.records).toBe(35_001);
    expect(pick(tags, "tag", "values", "first_step", "last_step", "steps")).toEqual([
      ["a", 35_000, 0, 34_999, 35_000],
      ["b", 35_000, 0, 34_999, 35_000],
    ]);
  });

  test("that is empty has nothing, and one that is not there is unreadable", () => {
    const empty = writeFile(temporaryDirectory(), "tfevents", new Uint8Array());
    const [first, second] = inspect([empty, `${empty}.gone`]).files;
    expect(first).toMatchObject({ records: 0, state: "whole", first_wall_time: null, file_version: null });
    expect(second).toMatchObject({ state: "unreadable", damage: [{ offset: null }] });
    expect(second!.damage[0]!.message).toContain("ENOENT");
  });
});

describe("damage", () => {
  test("of a record's data: the record is passed over, with its place", () => {
    const file = write(versionEvent, loss(0), loss(1), loss(2));
    const bytes = readFileSync(file);
    const second = eventFile(versionEvent, loss(0)).length;
    bytes[second + FRAME_BYTES] = bytes[second + FRAME_BYTES]! ^ 1;
    writeFileSync(file, bytes);
    const { files, tags } = inspect([file]);
    expect(files[0]).toMatchObject({ state: "damaged", records: 3, damage: [{ offset: second }] });
    expect(files[0]!.damage[0]!.message).toContain("does not match its CRC; it was passed over");
    expect(pick(tags, "values", "first_step", "last_step")).toEqual([[2, 0, 2]]);
  });

  test("of a record's length: the file ends there, and what came before counts", () => {
    const file = write(versionEvent, loss(0), loss(1));
    const bytes = readFileSync(file);
    const last = eventFile(versionEvent, loss(0)).length;
    bytes[last] = bytes[last]! ^ 1;
    writeFileSync(file, bytes);
    const [report] = inspect([file]).files;
    expect(report).toMatchObject({ state: "dead", records: 2, damage: [{ offset: last }] });
    expect(report!.damage[0]!.message).toContain(
      `so the ${bytes.length - last} bytes from here on cannot be read`,
    );
  });

  test("is not that a file ends inside a record, as while it is written", () => {
    const file = write(versionEvent, loss(0), loss(1));
    appendFileSync(file, eventFile(loss(2)).subarray(0, 20));
    const { files, tags } = inspect([file]);
    expect(files[0]).toMatchObject({ state: "torn", torn_bytes: 20, damage: [], records: 3 });
    expect(pick(tags, "values")).toEqual([[2]]);
  });

  test("beyond what is listed is counted", () => {
    const file = write(versionEvent, ...Array.from({ length: 30 }, (_, step) => loss(step)), loss(30));
    const bytes = readFileSync(file);
    const head = eventFile(versionEvent).length;
    const each = eventFile(loss(1)).length;
    for (let i = 1; i < 30; i++) bytes[head + i * each + FRAME_BYTES] = 0xff;
    writeFileSync(file, bytes);
    const [report] = inspect([file]).files;
    expect(report!.damage.length + report!.more_damage).toBe(29);
    expect(report!.more_damage).toBeGreaterThan(0);
  });
});

describe("tags", () => {
  test("are told by kind, as their first values say", () => {
    const tensor = { dtype: 1, tensorShape: { dim: [{ size: 1 }] }, floatVal: [1] };
    const image = { width: 1, height: 1, encodedImageString: Uint8Array.of(1) };
    const value = [
      { tag: "b", tensor },
      { tag: "a", tensor, metadata: { pluginData: { pluginName: "text" } } },
      { tag: "in", image },
    ];
    const { START, CHECKPOINT } = pb.SessionLog.SessionStatus;
    const { tags } = inspect([
      write(
        { wallTime: 1, step: 4, summary: { value } },
        { wallTime: 2, step: 5, sessionLog: { status: START } },
        { wallTime: 3, step: 6, sessionLog: { status: CHECKPOINT } },
        { wallTime: 4, step: 7, graphDef: Uint8Array.of() },
        { wallTime: 5, step: 8, logMessage: { message: "hello" } },
        { wallTime: 6, step: 9, metaGraphDef: Uint8Array.of() },
      ),
    ]);
    expect(pick(tags, "kind", "tag", "first_step")).toEqual([
      ["graphs", "__run_graph__", 7],
      ["images", "in", 4],
      ["log_message", "", 8],
      ["meta_graph", "", 9],
      ["session_log", "checkpoint", 6],
      ["session_log", "start", 5],
      ["tensors", "b", 4],
      ["text", "a", 4],
    ]);
  });

  test("have the order of their steps, and what a restart overtook", () => {
    const steps = [0, 1, 2, 3, 4, 2, 3, 3];
    const { tags } = inspect([write(versionEvent, ...steps.map((step, i) => loss(step, 0, 10 - i)))]);
    expect(tags).toMatchObject([
      {
        values: 8,
        first_step: 0,
        last_step: 3,
        min_step: 0,
        max_step: 4,
        steps: 5,
        duplicate_steps: 3,
        steps_back: 1,
        out_of_order: [[4, 2]],
        overtaken: 4,
        first_wall_time: 3,
        last_wall_time: 10,
      },
    ]);
  });

  test("have steps beyond 2^53 exactly, among others", () => {
    const wide = pb.Event.decode(
      pb.Event.encode({ wallTime: 1, summary: { value: [{ tag: "loss", simpleValue: 1 }] } }).finish(),
    );
    const long = (low: number) => ({ ...wide, step: { low, high: 1 << 22, unsigned: false } });
    const { tags } = inspect([write(loss(5), long(1) as EventProperties, long(2) as EventProperties)]);
    expect(pick(tags, "first_step", "last_step", "steps")).toEqual([[5, (1n << 54n) + 2n, 3]]);
  });

  test("count numbers that are none, and values that are no scalars among scalars", () => {
    const text = { dtype: 7, tensorShape: {}, stringVal: [Uint8Array.of(97)] };
    const { tags } = inspect([
      write(
        loss(0),
        loss(1, Number.NaN),
        loss(2, Number.POSITIVE_INFINITY),
        loss(3, Number.NEGATIVE_INFINITY),
        { wallTime: 1, step: 4, summary: { value: [{ tag: "loss", tensor: text }] } },
      ),
    ]);
    expect(tags).toMatchObject([{ values: 5, nan: 1, infinite: 2, misfits: 1 }]);
  });

  test("count what is not of its tag's kind, whatever that is, and doubles as the scalars that they are", () => {
    const picture = { image: { height: 1, width: 1, colorspace: 3, encodedImageString: Uint8Array.of(1) } };
    const doubles = {
      metadata: { pluginData: { pluginName: "scalars" } },
      tensor: { dtype: 2, doubleVal: [1] },
    };
    const { tags } = inspect([
      write(
        { wallTime: 1, step: 0, summary: { value: [{ tag: "picture", ...picture }] } },
        { wallTime: 1, step: 1, summary: { value: [{ tag: "picture", simpleValue: 1 }] } },
        { wallTime: 1, step: 0, summary: { value: [{ tag: "wide", ...doubles }] } },
      ),
    ]);
    expect(tags).toMatchObject([
      { tag: "picture", values: 2, misfits: 1 },
      { tag: "wide", values: 1, misfits: 0 },
    ]);
  });

  test("of a run go over its files, and each file has its own", () => {
    const directory = temporaryDirectory();
    const names = ["events.out.tfevents.1", "events.out.tfevents.2"];
    const files = names.map((name, i) =>
      writeFile(directory, name, eventFile(versionEvent, loss(10 - i), loss(20 - i))),
    );
    const { files: reports, tags } = inspect(files);
    expect(pick(tags, "values", "first_step", "last_step", "overtaken")).toEqual([[4, 10, 19, 2]]);
    expect(reports.map((report) => pick(report.tags, "kind", "values", "first_step", "overtaken"))).toEqual([
      [["scalars", 2, 10, 0]],
      [["scalars", 2, 9, 0]],
    ]);
    expect(reports.map((report) => path.basename(report.path))).toEqual(names);
  });

  test("are only the one that is asked for", () => {
    const events = [loss(0), scalarEvent("acc", 1, 1), { wallTime: 1, step: 2, sessionLog: { status: 1 } }];
    const { files, tags } = inspect([write(versionEvent, ...events)], "acc");
    expect(pick(tags, "tag")).toEqual([["acc"]]);
    expect(files[0]!.records).toBe(4);
  });
});
