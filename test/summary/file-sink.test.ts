/** The event file on disks that refuse: whatever was taken is whole and readable. */
import { spawnSync } from "node:child_process";
import fs from "node:fs";
import path from "node:path";
import { describe, expect, test, vi } from "vitest";
import { encodeRecord } from "../../proto/index.ts";
import { createFileWriter, EventFileError, WriteFailure } from "../../summary/index.ts";
import { FileSink } from "../../summary/node/file-sink.ts";
import { readEvents, scalarsOf, temporaryDirectory } from "./event-files.ts";
import { childArguments } from "./training-child.ts";

const NAME = { seconds: 1, host: "host", pid: 1, suffix: ".v2" };

function record(text: string): Uint8Array {
  return encodeRecord(new TextEncoder().encode(text));
}

describe("a directory that cannot be made", () => {
  function blocked(): string {
    const file = path.join(temporaryDirectory(), "file");
    fs.writeFileSync(file, "in the way");
    return path.join(file, "run");
  }

  test("is said at once, and the training goes on", async () => {
    const onError = vi.fn<(error: EventFileError) => void>();
    const writer = createFileWriter(blocked(), { onError });
    expect(onError).toHaveBeenCalledOnce();
    expect(onError.mock.lastCall?.[0]).toMatchObject({ code: "ENOTDIR", waiting: 1, lost: 0 });
    expect(writer.scalar("loss", 1, { step: 0 })).toBe(true);
    await writer.close();
    expect(onError.mock.lastCall?.[0]).toMatchObject({ lost: 2 });
  });

  test("throws if asked", () => {
    expect(() => createFileWriter(blocked(), { throwOnError: true })).toThrow(EventFileError);
  });

  test("is made once that is possible, and nothing is lost", async () => {
    const directory = blocked();
    const writer = createFileWriter(directory, { onError: () => {} });
    writer.scalar("loss", 1, { step: 0 });
    fs.rmSync(path.dirname(directory));
    await writer.close();
    expect(scalarsOf(readEvents(directory).slice(1))).toMatchObject([{ value: 1 }]);
  });
});

test("a disk that fills up while training: a clear error, the training goes on, the file stays whole", () => {
  const directory = temporaryDirectory();
  // The shell's limit on file sizes stands for a full disk: writes end in the middle of a record, then fail.
  const command = ["ulimit -f 64", `exec "$0" "$@"`].join("; ");
  const child = spawnSync("sh", ["-c", command, ...childArguments("fill", directory)], { encoding: "utf8" });
  expect(child).toMatchObject({ status: 0, stdout: "trained to the end\n" });
  expect(child.stderr).toMatch(/^tsboard: cannot write .*events\.out\.tfevents.*EFBIG/);
  const events = readEvents(directory);
  const steps = scalarsOf(events.slice(1)).map((scalar) => scalar.step);
  expect(steps.length).toBeGreaterThan(500);
  expect(steps).toEqual(steps.map((_, i) => i));
  expect(child.stderr).toContain(`lost: ${20_000 - steps.length})`);
});

describe("writes that were begun when the process ends", () => {
  test("are repeated synchronously, and come before what follows", async () => {
    const directory = temporaryDirectory();
    const sink = new FileSink(directory, NAME);
    const begun = sink.write(record("first"));
    sink.writeSync(record("second"));
    sink.writeSync(record("third"));
    const expected = Buffer.concat(["first", "second", "third"].map(record));
    expect(fs.readFileSync(sink.name)).toEqual(expected);
    await begun;
    await sink.write(record("fourth"));
    await sink.close();
    expect(fs.readFileSync(sink.name)).toEqual(Buffer.concat([expected, record("fourth")]));
  });

  test("may fail: then what follows is refused, and the file ends at a whole record", async () => {
    const directory = temporaryDirectory();
    const sink = new FileSink(directory, NAME);
    await sink.write(record("first"));
    const failure = Object.assign(new Error("no space"), { code: "ENOSPC" });
    const writeSync = vi.spyOn(fs, "writeSync").mockImplementation(() => {
      throw failure;
    });
    const begun = sink.write(record("second"));
    expect(() => sink.writeSync(record("third"))).toThrow(WriteFailure);
    writeSync.mockRestore();
    await expect(begun).rejects.toMatchObject({ taken: 0, cause: failure });
    expect(fs.readFileSync(sink.name)).toEqual(Buffer.from(record("first")));
    await sink.write(record("second"));
    expect(fs.readFileSync(sink.name)).toEqual(Buffer.concat([record("first"), record("second")]));
    await sink.close();
  });
});
