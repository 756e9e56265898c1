/** Trainings whose folder is taken away, that never had one, or that write what no file can hold. */
import { readFileSync, rmSync } from "node:fs";
import path from "node:path";
import { describe, expect, test } from "vitest";
import { pb, readRecords } from "../../proto/index.ts";
import { createFileWriter, type EventFileError } from "../../summary/index.ts";
import { temporaryDirectory } from "../tools/records.ts";

describe("a run's folder that is removed while it is written", () => {
  test("is told by flush and close, with what is lost", async () => {
    const logdir = path.join(temporaryDirectory(), "run");
    const errors: EventFileError[] = [];
    const writer = createFileWriter(logdir, { onError: (error) => errors.push(error) });
    writer.scalar("loss", 1, { step: 0 });
    await writer.flush();
    expect(errors).toEqual([]);
    rmSync(logdir, { recursive: true });
    writer.scalar("loss", 1, { step: 1 });
    await writer.flush();
    expect(errors.at(-1)?.message).toContain("the file was removed while it was written");
    writer.scalar("loss", 1, { step: 2 });
    await writer.close();
    expect(errors.at(-1)).toMatchObject({ lost: 2, message: expect.stringContaining("was removed") });
  });

  test("is told by close even where nothing was written since", async () => {
    const logdir = path.join(temporaryDirectory(), "run");
    const errors: EventFileError[] = [];
    const writer = createFileWriter(logdir, { onError: (error) => errors.push(error) });
    writer.scalar("loss", 1, { step: 0 });
    await writer.flush();
    rmSync(logdir, { recursive: true });
    await writer.close();
    expect(errors.at(-1)?.message).toContain("was removed");
  });

  test("makes close reject where errors are thrown", async () => {
    const logdir = path.join(temporaryDirectory(), "run");
    const writer = createFileWriter(logdir, { throwOnError: true });
    rmSync(logdir, { recursive: true });
    await expect(writer.close()).rejects.toThrow("was removed");
  });
});

test.runIf(process.platform === "linux")(
  "a folder below /proc is refused, where Node alone would try for ever",
  () => {
    expect(() => createFileWriter("/proc/nothing/run", { throwOnError: true })).toThrow("ENOENT");
  },
);

describe("half a character", () => {
  const half = "\ud83d";

  test("in a tag is refused: two tags must not become one", async () => {
    const writer = createFileWriter(temporaryDirectory());
    expect(() => writer.scalar(`loss ${half}`, 1, { step: 0 })).toThrow("has half a character at 5");
    writer.scalar("loss 🙂", 1, { step: 0 });
    await writer.close();
  });

  test("in a name, a description or a hyperparameter is written as U+FFFD", async () => {
    const writer = createFileWriter(temporaryDirectory());
    writer.scalar("loss", 1, { step: 0, displayName: half, description: `an ${half} emoji cut` });
    writer.hparams({ name: half });
    writer.text("note", half, { step: 0 });
    await writer.close();
    const [, scalar, hparams] = Array.from(readRecords(readFileSync(writer.path)));
    const [value] = pb.Event.decode(scalar!).summary?.value ?? [];
    expect(value?.metadata).toMatchObject({
      displayName: "\ufffd",
      summaryDescription: "an \ufffd emoji cut",
    });
    const content =
      pb.Event.decode(hparams!).summary?.value?.[0]?.metadata?.pluginData?.content ?? new Uint8Array();
    expect(pb.hparams.HParamsPluginData.decode(content).sessionStartInfo?.hparams).toMatchObject({
      name: { stringValue: "\ufffd" },
    });
    for (const bytes of [scalar!, hparams!])
      expect(Buffer.from(bytes).includes(Buffer.from([0xed, 0xa0]))).toBe(false);
  });
});
