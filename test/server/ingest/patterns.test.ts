/**
 * Records that are like the last one of their tag are taken by what is new in them (`wasm/patterns.ts`). Whatever is in
 * them, they give what decoding gives, and damage is found in them as in any.
 */
import fc from "fast-check";
import { beforeEach, describe, expect, test } from "vitest";
import { DataType, encodeRecord, pb } from "../../../proto/index.ts";
import { Scanner, ScanStatus } from "../../../server/ingest/scanner.ts";

const TAGS = ["loss", "accuracy", "a/rather/long/name/of/a/tag/which/takes/more/than/one/vector", "lr"];
/** No event: the caller is asked, and what is expected after it is anything. */
const OTHER = encodeRecord(Uint8Array.of(0xff));

type Point = readonly [tag: string, step: number, wall: number, value: number];

function newScanner(): Scanner {
  const made = new Scanner({ inputBytes: 1 << 16, points: 256 });
  for (const tag of TAGS) made.setKind(tag, "scalar");
  return made;
}

let scanner: Scanner;
let decoder: Scanner;
beforeEach(() => {
  scanner = newScanner();
  decoder = newScanner();
});

function scan(by: Scanner, ...records: readonly Uint8Array[]): ScanStatus {
  const bytes = Buffer.concat(records);
  by.clear();
  by.input.fill(0x5a).set(bytes);
  return by.scan(0, bytes.length, true);
}

function pointsOf(by: Scanner): Point[] {
  const { count, tags, steps, walls, values } = by.points;
  return Array.from({ length: count }, (_, i) => [by.tags[tags[i]!]!, steps[i]!, walls[i]!, values[i]!]);
}

/** What each record gives by itself: after a record that is no event nothing is expected of it. */
function decoded(records: readonly Uint8Array[]): Point[] {
  return records.flatMap((record) => {
    scan(decoder, OTHER);
    const status = scan(decoder, record);
    return status === ScanStatus.NeedMore ? pointsOf(decoder) : [];
  });
}

interface Logged {
  readonly tag: string;
  readonly form: "simple" | "content" | "list";
  readonly described: boolean;
  readonly step: number;
  readonly wall: number;
  readonly value: number;
}

function eventOf({ tag, form, described, step, wall, value }: Logged): Uint8Array {
  const tensor = {
    dtype: DataType.DT_FLOAT,
    tensorShape: {},
    ...(form === "list"
      ? { floatVal: [value] }
      : { tensorContent: new Uint8Array(Float32Array.of(value).buffer) }),
  };
  const metadata = { pluginData: { pluginName: "scalars" } };
  const summary = {
    value: [
      {
        tag,
        ...(described && { metadata }),
        ...(form === "simple" ? { simpleValue: value } : { tensor }),
      },
    ],
  };
  return pb.Event.encode({ wallTime: wall, step, summary }).finish();
}

const logged: fc.Arbitrary<Logged> = fc.record({
  tag: fc.constantFrom(...TAGS),
  form: fc.constantFrom("simple", "content", "list"),
  described: fc.boolean(),
  step: fc.oneof(fc.nat({ max: 300 }), fc.nat({ max: 2 ** 31 - 1 }), fc.constant(-1)),
  wall: fc.oneof(
    fc.double({ min: 1.7e9, max: 1.7e9 + 100, noNaN: true }),
    fc.double({ noNaN: true, noDefaultInfinity: true }),
  ),
  value: fc.float(),
});

/** A training: some tags again and again, each in its form, with what is otherwise now and then. */
const trainings = fc
  .record({
    round: fc.array(logged, { minLength: 1, maxLength: 4 }),
    rounds: fc.integer({ min: 2, max: 12 }),
    odd: fc.dictionary(fc.integer({ min: 0, max: 40 }).map(String), logged, { maxKeys: 6 }),
  })
  .map(({ round, rounds, odd }) =>
    Array.from({ length: round.length * rounds }, (_, i): Logged => {
      const one = round[i % round.length]!;
      const at = Math.floor(i / round.length);
      const usual = { ...one, step: one.step < 0 ? -1 : one.step + at, wall: one.wall + at, value: at / 7 };
      return odd[i] ?? usual;
    }),
  );

describe("what is like the record before", () => {
  test("gives what decoding gives", () => {
    fc.assert(
      fc.property(trainings, (training) => {
        const records = training.map((one) => encodeRecord(eventOf(one)));
        scan(scanner, ...records);
        expect(pointsOf(scanner)).toEqual(decoded(records));
      }),
      { numRuns: 300 },
    );
  });

  test("whatever byte of it is another one, under the right checksum", () => {
    const changes = fc.array(fc.record({ record: fc.nat(), at: fc.nat(), to: fc.nat({ max: 255 }) }), {
      minLength: 1,
      maxLength: 3,
    });
    fc.assert(
      fc.property(trainings, changes, (training, changed) => {
        const events = training.map(eventOf);
        for (const { record, at, to } of changed) {
          const event = events[record % events.length]!;
          event[at % event.length] = to;
        }
        const records = events.map((event) => encodeRecord(event));
        const status = scan(scanner, ...records);
        const expected = decoded(records);
        // The scan stops at the first record that is not for it.
        if (status === ScanStatus.NeedMore) expect(pointsOf(scanner)).toEqual(expected);
        else expect(pointsOf(scanner)).toEqual(expected.slice(0, scanner.points.count));
        scan(scanner, ...records);
        expect(pointsOf(scanner)).toEqual(expected.slice(0, scanner.points.count));
      }),
      { numRuns: 500 },
    );
  });

  test("is damaged where a bit of it is another one", () => {
    fc.assert(
      fc.property(trainings, fc.nat(), fc.nat(), fc.nat({ max: 7 }), (training, which, where, bit) => {
        const records = training.map((one) => encodeRecord(eventOf(one)));
        const at = which % records.length;
        const before = decoded(records.slice(0, at));
        const record = records[at]!;
        const place = where % record.length;
        record[place]! ^= 1 << bit;
        const status = scan(scanner, ...records);
        expect(status).toBe(place < 12 ? ScanStatus.BadLength : ScanStatus.BadData);
        expect(pointsOf(scanner)).toEqual(before);
      }),
      { numRuns: 500 },
    );
  });
});

test("a tag that is no scalar in the next run is not taken for what it was", () => {
  const one: Logged = { tag: "loss", form: "simple", described: false, step: 1, wall: 1.7e9, value: 1 };
  const records = [1, 2, 3].map((step) => encodeRecord(eventOf({ ...one, step })));
  expect(scan(scanner, ...records)).toBe(ScanStatus.NeedMore);
  scanner.setKind("loss", null);
  expect(scan(scanner, ...records)).toBe(ScanStatus.Other);
  expect(scanner.isEmpty).toBe(true);
});

test("more tags than have a pattern are all read", () => {
  const tags = Array.from({ length: 5000 }, (_, i) => `tag${i}`);
  const many = new Scanner({ inputBytes: 1 << 20, points: 1 << 14 });
  for (const tag of tags) many.setKind(tag, "scalar");
  const records = [1, 2].flatMap((step) =>
    tags.map((tag) =>
      encodeRecord(
        eventOf({ tag, form: "content", described: false, step, wall: 1.7e9 + step, value: step }),
      ),
    ),
  );
  expect(scan(many, ...records)).toBe(ScanStatus.NeedMore);
  expect(pointsOf(many)).toEqual(
    [1, 2].flatMap((step) => tags.map((tag) => [tag, step, 1.7e9 + step, step])),
  );
});
