/** `tsboard inspect` as people start it: what it prints, and its exit codes. */
import path from "node:path";
import { describe, expect, test } from "vitest";
import { printable } from "../../../../server/commands/words.ts";
import { runToEnd } from "../../../tools/command.ts";
import {
  eventFile,
  scalarEvent,
  temporaryDirectory,
  versionEvent,
  writeFile,
} from "../../../tools/records.ts";
import { corpusLogs } from "../../../tools/stock-answers.ts";

const inspect = (...args: string[]) => runToEnd("inspect", ...args);
const awkward = (name: string) => path.join(corpusLogs, "awkward", name);

describe("for people", () => {
  test("a run's files, and a table of its tags", async () => {
    const { code, out, err } = await inspect(path.join(corpusLogs, "v1_graph"));
    expect({ code, err }).toEqual({ code: 0, err: "" });
    expect(out).toMatchInlineSnapshot(`
      ".: 131 values of 11 tags in 1 file
        events.out.tfevents.1795528627.vm
          27 records, 325.9 kB, 2026-11-24 13:57:07 UTC, over 0.8 s
          written by tensorflow.core.util.events_writer, brain.Event:2

        kind                       values  steps    tag
        graph_tagged_run_metadata       1  0        step000
        graph_tagged_run_metadata       1  0        step010
        graph_tagged_run_metadata       1  0        step020
        graphs                          1  0        __run_graph__
        histograms                     21  0 to 20  layer1/weights_1
        images                         21  0 to 20  input_image/input/image/0
        images                         21  0 to 20  input_image/input/image/1
        images                         21  0 to 20  input_image/input/image/2
        meta_graph                      1  0
        scalars                        21  0 to 20  loss_function/loss
        scalars                        21  0 to 20  train_step/learning_rate

      1 run, 1 file, 27 records, 325.9 kB; no damage
      "
    `);
  });

  test("restarts, several files and damage", async () => {
    expect((await inspect(awkward("restart"))).out).toMatchInlineSnapshot(`
      ".: 61 values of 2 tags in 1 file
        events.out.tfevents.0000000001.a
          62 records, 2.6 kB, 2001-09-09 01:46:40 UTC, over 1 min 10 s
          brain.Event:2

        kind         values  steps    tag
        scalars          60  0 to 39  loss
            steps go back 1 time: 49 to 30
            smallest step 0, largest 49
            20 values were overtaken by a later one of the same or a smaller step
            10 values have a step that came before
        session_log       1  30       start

      1 run, 1 file, 62 records, 2.6 kB; no damage
      "
    `);
    expect((await inspect(awkward("multifile"))).out).toMatchInlineSnapshot(`
      ".: 60 values of 1 tag in 2 files
        events.out.tfevents.0000000001.a
          31 records, 1.3 kB, 2001-09-09 01:46:40 UTC, over 29 s
          30 values of 1 tag, steps 0 to 29
          brain.Event:2
        events.out.tfevents.0000000002.a
          31 records, 1.3 kB, 2001-09-09 01:46:40 UTC, over 2 min 9 s
          30 values of 1 tag, steps 25 to 54
          brain.Event:2

        kind     values  steps    tag
        scalars      60  0 to 54  loss
            steps go back 1 time: 29 to 25
            5 values were overtaken by a later one of the same or a smaller step
            5 values have a step that came before

      1 run, 2 files, 62 records, 2.6 kB; no damage
      "
    `);
    expect((await inspect(awkward("bitflip"))).out).toMatchInlineSnapshot(`
      ".: 39 values of 1 tag in 1 file
        events.out.tfevents.0000000001.a
          40 records, 1.7 kB, 2001-09-09 01:46:40 UTC, over 39 s
          brain.Event:2
          DAMAGED at byte 836: this record's data does not match its CRC; it was
          passed over, all others are kept

        kind     values  steps    tag
        scalars      39  0 to 39  loss

      1 run, 1 file, 40 records, 1.7 kB; 1 file is damaged
      "
    `);
    expect((await inspect(awkward("truncated"))).out).toMatchInlineSnapshot(`
      ".: 39 values of 1 tag in 1 file
        events.out.tfevents.0000000001.a
          40 records, 1.7 kB, 2001-09-09 01:46:40 UTC, over 38 s
          brain.Event:2
          ends inside a record: its 25 bytes wait for the rest

        kind     values  steps    tag
        scalars      39  0 to 38  loss

      1 run, 1 file, 40 records, 1.7 kB; no damage
      "
    `);
  });

  test("no line is longer than 80 characters but for names", async () => {
    const { out } = await inspect(corpusLogs);
    const lines = out.split("\n").filter((line) => line.length > 80);
    expect(lines).toEqual([]);
  });

  test("of one tag, only the runs that have it", async () => {
    const { out } = await inspect(corpusLogs, "--tag", "loss_function/loss");
    expect(out.match(/^\S+: .*/gm)).toEqual(["v1_graph: 21 values of 1 tag in 1 file"]);
    expect(out).toContain("34 runs, 35 files");
    expect((await inspect(awkward("long"), "--tag", "los")).out).toMatch(/^no run has the tag "los"\n/);
  });

  test("names from logs do nothing to a terminal", async () => {
    const logdir = temporaryDirectory();
    const evil = "\u001b[2J\u202eevil\r\n";
    writeFile(logdir, "events.out.tfevents.1", eventFile(versionEvent, scalarEvent(evil, 1, 1)));
    const { out } = await inspect(logdir);
    expect(out).toContain("\\u{1B}[2J\\u{202E}evil\\u{D}\\u{A}");
    for (const char of ["\u001b", "\u202e", "\r"]) expect(out).not.toContain(char);
    expect(printable("損失/loss 1 – ok")).toBe("損失/loss 1 – ok");
  });
});

describe("for programs", () => {
  test("one object, with all runs", async () => {
    const { code, out } = await inspect("--json", corpusLogs);
    expect(code).toBe(0);
    const { runs, left_out } = JSON.parse(out);
    expect(runs).toHaveLength(34);
    expect(left_out).toEqual([]);
    const big = runs.find(({ run }: { run: string }) => run === "awkward/big_step");
    expect(big.tags[0]).toMatchObject({ kind: "scalars", tag: "loss", values: 4 });
    expect(out).toContain('"first_step":9007199254740992,"last_step":9007199254740998');
  });
});

describe("what is looked into", () => {
  test("directories and files, by the names that were given", async () => {
    const file = path.join(awkward("deep/x/y/z"), "my.tfevents.1");
    const { out } = await inspect("--json", `${awkward("same_step")}/`, file, awkward("version_only"));
    const runs = JSON.parse(out).runs.map(({ run }: { run: string }) => run);
    expect(runs).toEqual([file, `${awkward("same_step")}/.`, `${awkward("version_only")}/.`]);
  });

  test("a file whatever it is called, also one that is no event file", async () => {
    const file = writeFile(temporaryDirectory(), "notes.txt", Buffer.from("no event file, but a text"));
    const { code, out } = await inspect(file);
    expect(code).toBe(0);
    expect(out).toContain("DAMAGED at byte 0: the record's length does not match its CRC");
  });

  test.each([
    [["--logdir", awkward("long")], 1],
    [["--logdir_spec", `a:${awkward("long")},b:${awkward("restart")}`], 2],
    [["--event-file", path.join(awkward("long"), "events.out.tfevents.0000000001.a")], 1],
  ])("%j", async (args, runs) => {
    expect(JSON.parse((await inspect("--json", ...args)).out).runs).toHaveLength(runs);
  });

  test.each([
    [[], "say where the logs are: tsboard inspect PATH"],
    [["/no/such/file"], "/no/such/file does not exist"],
    [[path.join(corpusLogs, "projector")], 'no event files (names with "tfevents") below'],
    [["a", "--logdir", "b"], "two log directories"],
    [["a", "b", "--logdir", "c"], "give paths or --logdir, not both"],
  ])("%j is refused in words", async (args, words) => {
    const { code, out, err } = await inspect(...args);
    expect({ code, out }).toEqual({ code: 1, out: "" });
    expect(err).toContain(words);
  });
});

describe("the exit code", () => {
  test.each([
    ["bitflip", ["--strict"], 2],
    ["bitflip", [], 0],
    ["bitflip", ["--strict", "--json"], 2],
    ["bitflip", ["--strict", "--checksum", "off"], 0],
    ["truncated", ["--strict"], 0],
    ["restart", ["--strict"], 0],
  ])("of %s with %j is %i", async (name, flags, expected) => {
    expect((await inspect(awkward(name), ...flags)).code).toBe(expected);
  });
});
