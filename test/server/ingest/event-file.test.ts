/** Reading event files: torn tails, damage, growth and replacement. */
import { appendFileSync, readFileSync, statSync, truncateSync, writeFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { gzipSync } from "node:zlib";
import fc from "fast-check";
import Long from "long";
import { describe, expect, test } from "vitest";
import { encodeRecord, FRAME_BYTES, type pb, readRecords } from "../../../proto/index.ts";
import { decodeEvent } from "../../../server/ingest/event-values.ts";
import { RunUnderTest } from "../../tools/read-file.ts";
import {
  type EventProperties,
  eventFile,
  frameStart,
  scalarEvent,
  temporaryDirectory,
  versionEvent,
  writeFile,
} from "../../tools/records.ts";

const corpus = new URL("../../corpus/logs/", import.meta.url);
const corpusFile = (name: string) => fileURLToPath(new URL(name, corpus));

const none = { found: [], more: 0 };

const losses = (from: number, to: number) =>
  Array.from({ length: to - from }, (_, i) => scalarEvent("loss", from + i, (from + i) / 10));

function writeEvents(...events: readonly EventProperties[]): string {
  return writeFile(
    temporaryDirectory(),
    "run/events.out.tfevents.1.host",
    eventFile(versionEvent, ...events),
  );
}

test("a file that was packed is called that", () => {
  const packed = gzipSync(eventFile(versionEvent, ...losses(0, 100)));
  const run = new RunUnderTest();
  const end = run.read(writeFile(temporaryDirectory(), "run/events.out.tfevents.1.host.gz", packed));
  expect(end.problems.found.map(({ offset, message }) => [offset, message])).toEqual([
    [0, "this file is packed with gzip (gunzip unpacks it): unpack it to see what is in it"],
  ]);
});

describe("a growing file", () => {
  test("is read on from where the last read ended", () => {
    const path = writeEvents(...losses(0, 3));
    const run = new RunUnderTest();
    run.read(path);
    appendFileSync(path, eventFile(...losses(3, 5)));
    const end = run.read(path);
    expect(run.points("loss").map(([step]) => step)).toEqual([0, 1, 2, 3, 4]);
    expect(end).toMatchObject({ state: "reading", problems: none, offset: end.size });
  });

  test("reads the same whatever byte a first read ended at", () => {
    const bytes = readFileSync(corpusFile("awkward/restart/events.out.tfevents.0000000001.a"));
    const path = writeFile(temporaryDirectory(), "tfevents", bytes);
    const whole = new RunUnderTest();
    whole.read(path);
    // Every position in the last records, where a writer may stop, and some before.
    for (let cut = bytes.length - 150; cut <= bytes.length; cut++) {
      writeFileSync(path, bytes.subarray(0, cut));
      const run = new RunUnderTest();
      expect(run.read(path).problems).toEqual(none);
      appendFileSync(path, bytes.subarray(cut));
      expect(run.read(path).problems).toEqual(none);
      expect(run.contents()).toEqual(whole.contents());
    }
  });

  test("that is replaced by another is not read on, and said to be another", () => {
    const path = writeEvents(...losses(0, 20));
    const run = new RunUnderTest();
    run.read(path);
    truncateSync(path, 0);
    writeFileSync(path, eventFile(versionEvent, ...losses(5, 8)));
    expect(run.read(path).state).toBe("replaced");
    expect(run.points("loss")).toHaveLength(20);
  });
});

describe("damage", () => {
  test("in a record's data loses that record alone, and is said with its offset", () => {
    const run = new RunUnderTest();
    const end = run.read(corpusFile("awkward/bitflip/events.out.tfevents.0000000001.a"));
    const steps = run.points("loss").map(([step]) => step);
    expect(steps).toEqual(Array.from({ length: 40 }, (_, i) => i).filter((i) => i !== 19));
    expect(end.problems.found).toEqual([
      { offset: expect.any(Number), message: expect.stringContaining("does not match its CRC") },
    ]);
    expect(end.state).toBe("reading");
  });

  test("in a length ends the file there and keeps what came before", () => {
    const path = writeEvents(...losses(0, 10));
    const bytes = readFileSync(path);
    const frames = eventFile(versionEvent, ...losses(0, 6)).length;
    bytes[frames] = bytes[frames]! ^ 1;
    writeFileSync(path, bytes);
    const run = new RunUnderTest();
    const end = run.read(path);
    expect(run.points("loss")).toHaveLength(6);
    expect(end).toMatchObject({ state: "dead", offset: frames, problems: { found: [{ offset: frames }] } });
    expect(end.problems.found[0]!.message).toContain(`${bytes.length - frames} bytes`);
  });

  test.each([2n ** 64n - 1n, 2n ** 64n - 16n, 2n ** 64n - 12n, 2n ** 63n, 2n ** 32n - 16n, 2n ** 31n])(
    "a length of %s, as its CRC says it was written, ends the file there and is named",
    (length) => {
      const path = writeEvents(...losses(0, 2));
      const whole = statSync(path).size;
      for (const behind of [0, 4, 100]) {
        truncateSync(path, whole);
        appendFileSync(path, Buffer.concat([frameStart(length), Buffer.alloc(behind)]));
        const run = new RunUnderTest();
        const end = run.read(path);
        expect(run.points("loss")).toHaveLength(2);
        expect(end).toMatchObject({ state: "dead", offset: whole });
        expect(end.problems.found).toMatchObject([
          { offset: whole, message: expect.stringContaining(`length is ${length} bytes`) },
        ]);
      }
    },
  );

  test.each([1, 5, 2 ** 20, 2 ** 31 - 1])("a length of %d that is not there yet is waited for", (length) => {
    const path = writeEvents(...losses(0, 2));
    const whole = statSync(path).size;
    appendFileSync(path, frameStart(BigInt(length)));
    expect(new RunUnderTest().read(path)).toMatchObject({ state: "reading", offset: whole, problems: none });
  });

  test("a record of more than can be read is passed over, and named with its size", () => {
    const path = writeEvents(...losses(0, 2));
    const whole = statSync(path).size;
    const bytes = 2 ** 29 + 1;
    appendFileSync(path, frameStart(BigInt(bytes)));
    // A hole: it takes no room on the disk.
    truncateSync(path, whole + bytes + FRAME_BYTES);
    appendFileSync(path, eventFile(...losses(2, 3)));
    const run = new RunUnderTest();
    // It is more than a turn.
    expect(run.read(path).state).toBe("more");
    const { problems } = run.read(path);
    expect(run.points("loss")).toHaveLength(3);
    expect(problems.found).toMatchObject([
      { offset: whole, message: expect.stringContaining(`has ${bytes} bytes`) },
    ]);
  });

  test("in the last record is waited for, since it may still be on its way", () => {
    const path = writeEvents(...losses(0, 5));
    const good = readFileSync(path);
    const torn = Buffer.from(good);
    torn.fill(0, torn.length - 9, torn.length - 4);
    writeFileSync(path, torn);
    const run = new RunUnderTest();
    expect(run.read(path).problems.found).toHaveLength(1);
    expect(run.points("loss")).toHaveLength(4);
    writeFileSync(path, good);
    expect(run.read(path).problems).toEqual(none);
    expect(run.points("loss")).toHaveLength(5);
  });

  test("zeros at the end are space not yet written", () => {
    const path = writeEvents(...losses(0, 5));
    const good = readFileSync(path);
    writeFileSync(path, Buffer.concat([good, Buffer.alloc(4096)]));
    const run = new RunUnderTest();
    expect(run.read(path)).toMatchObject({ state: "reading", offset: good.length, problems: none });
  });

  test("a record that is no Event is passed over", () => {
    const path = writeEvents(...losses(0, 2));
    const record = Buffer.from("this is not a protocol buffer");
    appendFileSync(path, encodeRecord(record));
    appendFileSync(path, eventFile(...losses(2, 4)));
    const run = new RunUnderTest();
    const end = run.read(path);
    expect(run.points("loss")).toHaveLength(4);
    expect(end.problems.found[0]!.message).toContain("not an Event");
  });

  test("a file that is not there is said to be gone", () => {
    const end = new RunUnderTest().read("/nowhere/events.out.tfevents.1");
    expect(end).toMatchObject({ state: "gone", problems: { found: [{ offset: null }] } });
  });

  test("whatever bytes change, no record before the damage is lost and nothing throws", () => {
    const events = [versionEvent, ...losses(0, 12)];
    const bytes = eventFile(...events);
    const path = writeFile(temporaryDirectory(), "tfevents", bytes);
    // Offsets at which each loss event ends.
    const ends = events.map((_, i) => eventFile(...events.slice(0, i + 1)).length);
    fc.assert(
      fc.property(fc.nat(bytes.length - 1), fc.integer({ min: 1, max: 255 }), (at, change) => {
        const damaged = Buffer.from(bytes);
        damaged[at] = damaged[at]! ^ change;
        writeFileSync(path, damaged);
        const run = new RunUnderTest();
        const end = run.read(path);
        const whole = ends.filter((e) => e <= at).length - 1;
        expect(run.points("loss").slice(0, Math.max(0, whole))).toEqual(
          losses(0, Math.max(0, whole)).map((e) => [e.step, Math.fround(Number(e.step) / 10)]),
        );
        expect(end.problems.found).toHaveLength(1);
      }),
      { numRuns: 300 },
    );
  });
});

describe("the scan and the general codec agree", () => {
  const number = fc.oneof(fc.float(), fc.constantFrom(Number.NaN, Number.POSITIVE_INFINITY, -0));
  const tag = fc.oneof(
    fc.constantFrom("loss", "acc/top1", "lr"),
    fc.string({ unit: "grapheme", maxLength: 40 }),
  );
  const step = fc.oneof(fc.nat(1000), fc.maxSafeInteger(), fc.integer({ min: -5, max: 5 }));
  const metadata = { pluginData: { pluginName: "scalars" } };
  const encodings: ((tag: string, value: number) => pb.Summary.Value.$Properties)[] = [
    (name, simpleValue) => ({ tag: name, simpleValue }),
    (name, v) => ({ tag: name, metadata, tensor: { dtype: 1, floatVal: [v] } }),
    (name, v) => ({
      tag: name,
      metadata,
      tensor: { dtype: 1, tensorShape: {}, tensorContent: new Uint8Array(Float32Array.of(v).buffer) },
    }),
  ];
  const summaryValue = fc
    .tuple(tag, number, fc.constantFrom(...encodings))
    .map(([name, v, encode]) => encode(name, v));
  const event: fc.Arbitrary<EventProperties> = fc.record({
    wallTime: fc.double({ min: 1e9, max: 2e9, noNaN: true }),
    step,
    summary: fc.record({ value: fc.array(summaryValue, { maxLength: 4 }) }),
  });

  test("on any scalar events, whatever the sizes of the buffers", () => {
    const path = writeFile(temporaryDirectory(), "tfevents", new Uint8Array());
    fc.assert(
      fc.property(
        fc.array(event, { maxLength: 30 }),
        fc.integer({ min: 8, max: 300 }),
        (events, inputBytes) => {
          const bytes = eventFile(versionEvent, ...events);
          writeFileSync(path, bytes);
          const run = new RunUnderTest({ inputBytes: inputBytes + 12, points: 4 });
          const end = run.read(path);
          expect(end.problems.found).toEqual([]);
          const expected = new Map<string, [number | bigint, number][]>();
          for (const record of readRecords(bytes)) {
            const decoded = decodeEvent(record);
            for (const { tag: name, scalar } of decoded.values) {
              const kept = (expected.get(name) ?? []).filter(([s]) => s < decoded.step);
              expected.set(name, [...kept, [decoded.step, Math.fround(scalar!)]]);
            }
          }
          expect(new Map([...expected.keys()].map((name) => [name, run.points(name)]))).toEqual(expected);
        },
      ),
      { numRuns: 200 },
    );
  });
});

describe("odd input", () => {
  test("a tag of megabytes is kept", () => {
    const tag = "x".repeat(3_000_000);
    const path = writeEvents(
      ...[0, 1, 2].map((step) => scalarEvent(tag, step, step)),
      scalarEvent("loss", 1, 1),
    );
    const run = new RunUnderTest();
    expect(run.read(path).problems).toEqual(none);
    expect(run.points(tag)).toHaveLength(3);
    expect(run.points("loss")).toHaveLength(1);
  });

  test("steps beyond 2^53 stay exact", () => {
    const step = 2n ** 53n + 1n;
    const path = writeFile(
      temporaryDirectory(),
      "tfevents",
      eventFile(versionEvent, scalarEvent("loss", 3, 1), {
        wallTime: 1e9,
        step: Long.fromBits(1, 2 ** 21),
        summary: { value: [{ tag: "loss", simpleValue: 2 }] },
      }),
    );
    const run = new RunUnderTest();
    run.read(path);
    expect(run.points("loss")).toEqual([
      [3, 1],
      [step, 2],
    ]);
  });

  test("an event without a wall time is passed over and said", () => {
    const path = writeEvents(scalarEvent("loss", 1, 1), scalarEvent("loss", 2, 2, Number.NaN));
    const run = new RunUnderTest();
    expect(run.read(path).problems.found[0]!.message).toContain("no wall time");
    expect(run.points("loss")).toHaveLength(1);
  });
});
