/** Embeddings of a writer: its step, its condition, its way with a disk that refuses. */
import { readdirSync, readFileSync, writeFileSync } from "node:fs";
import path from "node:path";
import { expect, test, vi } from "vitest";
import { createFileWriter, type EventFileError, summary, WriterClosedError } from "../../../summary/index.ts";
import { temporaryDirectory } from "../event-files.ts";

const VECTORS = [
  [-1, 2],
  [3, -4],
];

function names(directory: string): string[] {
  const text = readFileSync(path.join(directory, "projector_config.pbtxt"), "utf8");
  return [...text.matchAll(/tensor_name: "(.*)"/g)].map(([, name]) => name!);
}

test("an embedding has the writer's step unless it names its own", async () => {
  const writer = createFileWriter(temporaryDirectory());
  expect(await writer.projector("none", VECTORS)).toBe(true);
  writer.step = 3;
  await writer.projector("layer", VECTORS);
  await writer.projector("layer", VECTORS, { step: 4 });
  expect(names(writer.logdir)).toEqual(["none", "layer:00003", "layer:00004"]);
  await writer.close();
});

test("close and flush wait for it", async () => {
  const writer = createFileWriter(temporaryDirectory());
  void writer.projector("a", VECTORS);
  await writer.flush();
  expect(names(writer.logdir)).toEqual(["a"]);
  void writer.projector("b", VECTORS);
  await writer.close();
  expect(names(writer.logdir)).toEqual(["a", "b"]);
  await expect(writer.projector("c", VECTORS)).rejects.toThrow(WriterClosedError);
});

test("where nothing is recorded nothing is written or checked", async () => {
  const writer = createFileWriter(temporaryDirectory());
  const off = await summary.recordIf(false, () => writer.projector("", []));
  expect(off).toBe(false);
  await writer.close();
  expect(readdirSync(writer.logdir)).toHaveLength(1);
});

/** A run in which no folder for embeddings can be made. */
function blocked(): string {
  const directory = temporaryDirectory();
  writeFileSync(path.join(directory, "projector"), "in the way");
  return directory;
}

test("a disk that refuses is told, and the training goes on", async () => {
  const onError = vi.fn<(error: EventFileError) => void>();
  const writer = createFileWriter(blocked(), { onError });
  expect(await writer.projector("a", VECTORS)).toBe(false);
  expect(onError).toHaveBeenCalledOnce();
  const error = onError.mock.lastCall![0];
  expect(error.message).toMatch(/^cannot write .*tensors\.bytes: E\w+: .*; the embedding is left out$/);
  expect(error.path).toBe(path.join(writer.logdir, "projector/a/tensors.bytes"));
  expect(writer.scalar("loss", 1, { step: 0 })).toBe(true);
  await writer.close();
});

test("throwOnError rejects", async () => {
  const writer = createFileWriter(blocked(), { throwOnError: true });
  await expect(writer.projector("a", VECTORS)).rejects.toMatchObject({ name: "EventFileError" });
  await writer.close();
});
