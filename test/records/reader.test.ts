/** Reading TFRecord files: from everything that holds one, in any pieces, compressed or not, whole or damaged. */
import { mkdirSync, writeFileSync } from "node:fs";
import path from "node:path";
import { pathToFileURL } from "node:url";
import zlib from "node:zlib";
import fc from "fast-check";
import { describe, expect, test, vi } from "vitest";
import { encodeRecord, FRAME_BYTES } from "../../proto/index.ts";
import { RecordError, readRecords } from "../../records/index.ts";
import { temporaryDirectory } from "../tools/records.ts";
import { collect, collectUntilError, pieces } from "./chunks.ts";

const record = fc.uint8Array({ maxLength: 200 });
const records = fc.array(record, { maxLength: 8 });
const concat = (parts: readonly Uint8Array[]) => new Uint8Array(Buffer.concat(parts));
const file = (data: readonly Uint8Array[]) => concat(data.map(encodeRecord));
const bytes = (buffer: Buffer) => new Uint8Array(buffer);
const compressors = {
  none: (content: Uint8Array) => content,
  gzip: (content: Uint8Array) => bytes(zlib.gzipSync(content)),
  zlib: (content: Uint8Array) => bytes(zlib.deflateSync(content)),
};
const compression = fc.constantFrom("none" as const, "gzip" as const, "zlib" as const);
const three = [Uint8Array.of(1), Uint8Array.of(2, 2), Uint8Array.of(3, 3, 3)];

test("records come as they were written, however the bytes come in and are compressed", async () => {
  const cuts = fc.array(fc.nat(2000), { maxLength: 20 });
  await fc.assert(
    fc.asyncProperty(records, compression, cuts, async (data, how, at) => {
      const stream = pieces(compressors[how](file(data)), at);
      expect(await collect(readRecords(stream))).toEqual(data);
    }),
  );
});

describe("sources", () => {
  test("a path, a URL, bytes, a Blob, a stream, and several in order", async () => {
    const name = path.join(temporaryDirectory(), "data.tfrecord");
    writeFileSync(name, file(three));
    const body = new Response(file(three)).body!;
    const sources = [
      name,
      pathToFileURL(name),
      file(three),
      file(three).buffer,
      new Blob([file(three)]),
      body,
    ];
    for (const source of sources) expect(await collect(readRecords(source))).toEqual(three);
    expect(await collect(readRecords([name, file(three)]))).toEqual([...three, ...three]);
    expect(await collect(readRecords([]))).toEqual([]);
  });

  test("a file that is not there is named by the system", async () => {
    await expect(collect(readRecords("/no/such/file"))).rejects.toThrow(/ENOENT.*\/no\/such\/file/);
  });

  test("a folder is no file, also where it might be compressed", async () => {
    const directory = temporaryDirectory();
    mkdirSync(path.join(directory, "inner"));
    await expect(collect(readRecords(directory))).rejects.toThrow(/EISDIR/);
    await expect(collect(readRecords(directory, { compression: "gzip" }))).rejects.toThrow(/EISDIR/);
  });

  test("what is none is refused in words", async () => {
    // @ts-expect-error
    await expect(collect(readRecords(7))).rejects.toThrow(
      "from a path, bytes, a Blob or a stream, not from number",
    );
  });

  test("a file of many chunks, with records that span them", async () => {
    const name = path.join(temporaryDirectory(), "large.tfrecord");
    const data = Array.from({ length: 9 }, (_, i) => new Uint8Array(700_000).fill(i));
    for (const how of ["none", "gzip", "zlib"] as const) {
      writeFileSync(name, compressors[how](file(data)));
      let count = 0;
      for await (const one of readRecords(name))
        expect(
          one.every((byte) => byte === count),
          `${count++}`,
        ).toBe(true);
      expect(count).toBe(9);
    }
  });

  test("records stay what they are when more is read", async () => {
    const kept = await collect(readRecords(pieces(file(three), [20, 30, 40])));
    expect(kept.map((one) => one.buffer.byteLength)).toEqual([1, 2, 3]);
  });
});

describe("compression", () => {
  test("is told from the first bytes, or taken as said", async () => {
    for (const how of ["none", "gzip", "zlib"] as const) {
      const source = compressors[how](file(three));
      expect(await collect(readRecords(source, { compression: how }))).toEqual(three);
      expect(await collect(readRecords(source, { compression: "auto" }))).toEqual(three);
    }
    await expect(collect(readRecords(file(three), { compression: "gzip" }))).rejects.toMatchObject({
      problem: "bad-compression",
      message: expect.stringMatching(/^bytes: record 0 at byte 0 of its content: the gzip data is damaged/),
    });
  });

  test("a record whose length looks like gzip's first bytes is none", async () => {
    const data = [new Uint8Array(0x8b1f)];
    expect(file(data).subarray(0, 2)).toEqual(Uint8Array.of(0x1f, 0x8b));
    expect(await collect(readRecords(file(data)))).toEqual(data);
  });

  test("nothing, and nothing compressed, hold no records", async () => {
    for (const how of ["none", "gzip", "zlib"] as const)
      expect(await collect(readRecords(compressors[how](new Uint8Array())))).toEqual([]);
  });

  test("gzip files that were put together are read to their end", async () => {
    const two = concat([compressors.gzip(file(three)), compressors.gzip(file(three))]);
    for (let cut = 0; cut <= two.length; cut++)
      expect(await collect(readRecords(pieces(two, [cut]), { compression: "gzip" }))).toEqual([
        ...three,
        ...three,
      ]);
  });
});

/** Offsets after each record. */
function ends(data: readonly Uint8Array[]): number[] {
  let end = 0;
  return data.map((one) => (end += FRAME_BYTES + one.length));
}

describe("a torn tail", () => {
  test("anywhere: what came before is given out, and the error names file, record and offset", async () => {
    const cut = fc.tuple(records, fc.double({ min: 0, max: 1, maxExcluded: true, noNaN: true }));
    await fc.assert(
      fc.asyncProperty(cut, fc.array(fc.nat(500)), async ([data, share], at) => {
        const length = Math.floor(file(data).length * share);
        const { items, error } = await collectUntilError(
          readRecords(pieces(file(data).subarray(0, length), at)),
        );
        const whole = ends(data).filter((end) => end <= length);
        expect(items).toEqual(data.slice(0, whole.length));
        const offset = whole.at(-1) ?? 0;
        if (length === offset) expect(error).toBeUndefined();
        else expect(error).toMatchObject({ problem: "torn", source: "stream", record: whole.length, offset });
      }),
    );
  });

  test("of compressed data: nothing that can be inflated is lost", async () => {
    for (const how of ["gzip", "zlib"] as const) {
      const data = Array.from({ length: 50 }, (_, i) =>
        Uint8Array.from({ length: 100 }, (__, j) => (i * j * 7919) >> 3),
      );
      const whole = compressors[how](file(data));
      const { items, error } = await collectUntilError(readRecords(whole.subarray(0, whole.length - 2)));
      expect(items).toEqual(data);
      expect(error).toBeInstanceOf(RecordError);
      expect(error).toMatchObject({ problem: "bad-compression", record: 50 });
      const half = await collectUntilError(readRecords(whole.subarray(0, whole.length / 2)));
      expect(half.items).toEqual(data.slice(0, half.items.length));
      expect(half.items.length).toBeGreaterThan(10);
      expect(half.error).toMatchObject({ problem: "bad-compression", record: half.items.length });
    }
  });
});

describe("a flipped bit", () => {
  const damaged = fc
    .array(record, { minLength: 1, maxLength: 6 })
    .chain((data) => fc.tuple(fc.constant(data), fc.nat(file(data).length * 8 - 1)));
  const flip = (data: readonly Uint8Array[], bit: number) => {
    const content = file(data);
    content[bit >> 3]! ^= 1 << (bit & 7);
    return content;
  };
  const hitBy = (data: readonly Uint8Array[], bit: number) => ends(data).findIndex((end) => bit >> 3 < end);

  test("anywhere: what came before is given out, then an error", async () => {
    await fc.assert(
      fc.asyncProperty(damaged, async ([data, bit]) => {
        const hit = hitBy(data, bit);
        const { items, error } = await collectUntilError(
          readRecords(flip(data, bit), { compression: "none" }),
        );
        expect(items).toEqual(data.slice(0, hit));
        expect(error).toMatchObject({ name: "RecordError", record: hit, offset: ends(data)[hit - 1] ?? 0 });
      }),
    );
  });

  test("`skip` keeps all others, or where nothing can be told apart any more, those before", async () => {
    await fc.assert(
      fc.asyncProperty(damaged, async ([data, bit]) => {
        const hit = hitBy(data, bit);
        const told: RecordError[] = [];
        const options = {
          compression: "none",
          damage: "skip",
          onDamage: (e: RecordError) => void told.push(e),
        } as const;
        const items = await collect(readRecords(flip(data, bit), options));
        expect(told).toHaveLength(1);
        const others = data.filter((_, i) => i < hit || (i > hit && told[0]?.problem === "bad-data"));
        expect(items).toEqual(others);
      }),
    );
  });

  const inSecond = flip(three, (17 + 12) * 8);

  test("`stop` keeps what came before", async () => {
    const told = vi.fn<(error: RecordError) => void>();
    expect(await collect(readRecords([inSecond, file(three)], { damage: "stop", onDamage: told }))).toEqual([
      three[0],
      ...three,
    ]);
    expect(told).toHaveBeenCalledOnce();
    expect(told.mock.lastCall?.[0].message).toBe(
      "bytes: record 1 at byte 17: its data does not match its CRC",
    );
  });

  test("is said on the console unless somebody listens", async () => {
    const said = vi.spyOn(console, "error").mockImplementation(() => {});
    expect(await collect(readRecords(inSecond, { damage: "skip" }))).toHaveLength(2);
    expect(said.mock.calls).toEqual([
      [expect.stringMatching(/^tsboard: left out: bytes: record 1 at byte 17/)],
    ]);
    said.mockRestore();
  });

  test("passes where CRCs of data are not checked", async () => {
    expect(await collect(readRecords(inSecond, { checkCrc: false }))).toHaveLength(3);
  });
});

test("a length that lies takes no memory: it is a torn tail", async () => {
  const lie = encodeRecord(new Uint8Array(4)).slice(0, 12);
  new DataView(lie.buffer).setBigUint64(0, 2n ** 40n, true);
  const { maskedCrc } = await import("../../proto/index.ts");
  new DataView(lie.buffer).setUint32(8, maskedCrc(lie, 0, 8), true);
  await expect(collect(readRecords(concat([file(three), lie])))).rejects.toMatchObject({
    problem: "torn",
    record: 3,
  });
});

test("whoever stops early closes what is read", async () => {
  for (const how of ["none", "gzip"] as const) {
    let closed = false;
    async function* source() {
      try {
        for (;;) yield compressors[how](file(three));
      } finally {
        closed = true;
      }
    }
    for await (const one of readRecords(source())) {
      expect(one).toEqual(three[0]);
      break;
    }
    expect(closed).toBe(true);
  }
});

test("whoever stops early is not kept waiting by a stream that says no more", async () => {
  const silent = new ReadableStream<Uint8Array>({ start: (controller) => controller.enqueue(file(three)) });
  for await (const one of readRecords(silent)) {
    expect(one).toEqual(three[0]);
    break;
  }
});

test("no more is read than is wanted: a chunk at a time", async () => {
  const chunk = file([new Uint8Array(30_000), new Uint8Array(30_000)]);
  let pulled = 0;
  async function* endless() {
    for (;;) {
      pulled++;
      yield chunk;
    }
  }
  let taken = 0;
  for await (const one of readRecords(endless())) {
    expect(one.length).toBe(30_000);
    taken++;
    expect(pulled).toBeLessThanOrEqual(taken / 2 + 1);
    if (taken === 100) break;
  }
});
