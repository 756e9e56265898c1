/** What pages have instead of Node's files and compression; Node has the same streams. */
import zlib from "node:zlib";
import { expect, test } from "vitest";
import type { ByteTarget } from "../../records/platform.ts";
import { platform } from "../../records/web/platform.ts";
import { collect, collectUntilError, pieces } from "./chunks.ts";

const content = Uint8Array.from({ length: 300_000 }, (_, i) => (i * i) >> 7);

function gatheringTarget(failAt = Number.POSITIVE_INFINITY) {
  const chunks: Uint8Array[] = [];
  const said: string[] = [];
  const target: ByteTarget = {
    name: "gathering",
    async write(chunk) {
      if (chunks.length >= failAt) throw new Error("disk full");
      chunks.push(chunk);
    },
    close: async () => void said.push("closed"),
    abort: async () => void said.push("aborted"),
  };
  return { target, said, bytes: () => Buffer.concat(chunks) };
}

test.each([
  ["gzip", zlib.gunzipSync, zlib.gzipSync],
  ["zlib", zlib.inflateSync, zlib.deflateSync],
] as const)("%s, there and back", async (format, inflate, deflate) => {
  const { target, said, bytes } = gatheringTarget();
  const compressed = platform.compress(target, format);
  for await (const piece of pieces(content, [10, 100_000])) await compressed.write(piece);
  await compressed.close();
  expect(said).toEqual(["closed"]);
  expect(inflate(bytes()).equals(content)).toBe(true);
  const chunks = await collect(platform.decompress(pieces(deflate(content), [5, 500]), format));
  expect(Buffer.concat(chunks).equals(content)).toBe(true);
});

test("a target's error reaches whoever writes", async () => {
  const { target, said } = gatheringTarget(1);
  const compressed = platform.compress(target, "gzip");
  const writing = (async () => {
    for (let i = 0; i < 1000; i++)
      await compressed.write(Uint8Array.from({ length: 50_000 }, () => Math.random() * 256));
  })();
  await expect(writing).rejects.toThrow("disk full");
  await compressed.abort("over");
  expect(said).toEqual(["aborted"]);
});

test("damage is an error, and a source that is not read to its end is let go", async () => {
  const torn = pieces(zlib.gzipSync(content).subarray(0, 1000), []);
  expect((await collectUntilError(platform.decompress(torn, "gzip"))).error).toBeInstanceOf(Error);
  let closed = false;
  async function* endless() {
    try {
      for (;;) yield zlib.gzipSync(content);
    } finally {
      closed = true;
    }
  }
  for await (const chunk of platform.decompress(endless(), "gzip")) {
    expect(chunk.length).toBeGreaterThan(0);
    break;
  }
  await expect.poll(() => closed).toBe(true);
});

test("there are no files, and the error says what there is", () => {
  expect(() => platform.openFile("a.tfrecord")).toThrow(/a.tfrecord: without files .* Blob, a stream/);
  expect(() => platform.createFile("a.tfrecord")).toThrow(/give a WritableStream/);
});
