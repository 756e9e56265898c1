/** Writing TFRecord files: to files and streams, compressed or not, no faster than the target takes them. */
import { readFileSync, writeFileSync } from "node:fs";
import path from "node:path";
import zlib from "node:zlib";
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { encodeRecord } from "../../proto/index.ts";
import { createRecordWriter, readRecords, writeRecords } from "../../records/index.ts";
import { temporaryDirectory } from "../tools/records.ts";
import { collect, gatheringStream } from "./chunks.ts";

const records = fc.array(fc.uint8Array({ maxLength: 300 }), { maxLength: 10 });
const newFile = () => path.join(temporaryDirectory(), "data.tfrecord");

test("what is written is read, plain and compressed", async () => {
  const compression = fc.constantFrom("none" as const, "gzip" as const, "zlib" as const);
  await fc.assert(
    fc.asyncProperty(records, compression, async (data, how) => {
      const { stream, bytes } = gatheringStream();
      expect(await writeRecords(stream, data, { compression: how })).toBe(data.length);
      expect(await collect(readRecords(bytes(), { compression: how }))).toEqual(data);
    }),
    { numRuns: 50 },
  );
});

test("the bytes are TFRecord's, whatever their number", async () => {
  const file = newFile();
  const data = Array.from({ length: 20 }, (_, i) => new Uint8Array(50_000 * (i % 8)).fill(i));
  const expected = Buffer.concat(data.map(encodeRecord));
  const content = { none: (bytes: Buffer) => bytes, gzip: zlib.gunzipSync, zlib: zlib.inflateSync };
  for (const compression of ["none", "gzip", "zlib"] as const) {
    await writeRecords(file, data, { compression });
    expect(content[compression](readFileSync(file)).equals(expected)).toBe(true);
  }
});

test("a file that is there is replaced", async () => {
  const file = newFile();
  writeFileSync(file, new Uint8Array(1000));
  await writeRecords(file, [Uint8Array.of(7)]);
  expect(await collect(readRecords(file))).toEqual([Uint8Array.of(7)]);
});

test("a writer by hand", async () => {
  const file = newFile();
  const writer = createRecordWriter(file);
  const record = Uint8Array.of(1);
  await writer.write(record);
  record[0] = 9; // it was copied
  await writer.write(record);
  expect(writer.records).toBe(2);
  await writer.close();
  await writer.close();
  expect(await collect(readRecords(file))).toEqual([Uint8Array.of(1), Uint8Array.of(9)]);
  await expect(writer.write(record)).rejects.toThrow(/the writer of .*data.tfrecord is closed/);
});

test("records that nobody awaits stay in order", async () => {
  const file = newFile();
  const writer = createRecordWriter(file);
  const data = Array.from({ length: 3000 }, (_, i) => new Uint8Array(1000).fill(i));
  const written = data.map((one) => writer.write(one));
  await Promise.all([...written, writer.close()]);
  expect(readFileSync(file).equals(Buffer.concat(data.map(encodeRecord)))).toBe(true);
});

describe("back-pressure", () => {
  test.each(["none", "gzip"] as const)(
    "with %s, a slow target holds back whoever awaits",
    async (compression) => {
      let taken = 0;
      const slow = new WritableStream<Uint8Array>({
        write: async (chunk) => {
          await new Promise((resolve) => setTimeout(resolve, 2));
          taken += chunk.length;
        },
      });
      const writer = createRecordWriter(slow, { compression });
      let written = 0;
      let most = 0;
      // Bytes that do not compress.
      const noise = Uint8Array.from({ length: 100_000 }, () => Math.random() * 256);
      for (let i = 0; i < 100; i++) {
        await writer.write(noise);
        written += noise.length;
        most = Math.max(most, written - taken);
      }
      await writer.close();
      expect(taken).toBeGreaterThan(9_900_000);
      expect(most).toBeLessThan(4_000_000);
    },
  );
});

describe("failures", () => {
  test("a file that cannot be made is named", async () => {
    const writing = writeRecords("/no/such/directory/file", [Uint8Array.of(1)]);
    await expect(writing).rejects.toThrow(/ENOENT.*\/no\/such\/directory\/file/);
  });

  test.each(["none", "gzip", "zlib"] as const)(
    "with %s, a target's error reaches the loop that writes",
    async (compression) => {
      const full = new WritableStream<Uint8Array>({
        write() {
          throw new Error("disk full");
        },
      });
      const noise = Uint8Array.from({ length: 50_000 }, () => Math.random() * 256);
      let made = 0;
      function* endless() {
        for (;;) {
          made++;
          yield noise;
        }
      }
      await expect(writeRecords(full, endless(), { compression })).rejects.toThrow("disk full");
      expect(made).toBeLessThan(200);
    },
  );

  test("an error of the records is theirs, and what came before it is in the file", async () => {
    const file = newFile();
    function* broken() {
      for (let i = 0; i < 100; i++) yield new Uint8Array(10_000).fill(i);
      throw new Error("no more digits");
    }
    await expect(writeRecords(file, broken())).rejects.toThrow("no more digits");
    const kept = await collect(readRecords(file, { damage: "stop", onDamage: () => {} }));
    expect(kept.length).toBeGreaterThan(50);
  });

  test("what is no record is refused in words", async () => {
    const { stream } = gatheringStream();
    // @ts-expect-error
    await expect(writeRecords(stream, ["text"])).rejects.toThrow("a record is a Uint8Array, not string");
    // @ts-expect-error
    expect(() => createRecordWriter(7)).toThrow("to a path or a WritableStream, not to number");
  });
});
