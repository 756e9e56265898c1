/** Frames, whole, torn and damaged: every good record before the damage is found, and nothing else. */
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { encodeRecord, FRAME_BYTES, readRecord, readRecords } from "../../proto/index.ts";
import { sealRecord } from "../../proto/tfrecord.ts";

const record = fc.uint8Array({ maxLength: 300 });
const records = fc.array(record, { maxLength: 8 });
const concat = (parts: readonly Uint8Array[]) => new Uint8Array(Buffer.concat(parts));
const file = (data: readonly Uint8Array[]) => concat(data.map(encodeRecord));

/** Offsets after each record. */
function ends(data: readonly Uint8Array[]): number[] {
  let end = 0;
  return data.map((one) => (end += FRAME_BYTES + one.length));
}

test("what is written is read", () => {
  fc.assert(
    fc.property(records, (data) => {
      expect(Array.from(readRecords(file(data)), (one) => one.slice())).toEqual(data);
    }),
  );
});

test("the bytes are TensorFlow's", () => {
  // Written by `tf.io.TFRecordWriter` of TensorFlow 2.21.
  const expected = "0500000000000000eab2043e68656c6c6fbb1f1c19";
  expect(Buffer.from(encodeRecord(new TextEncoder().encode("hello"))).toString("hex")).toBe(expected);
});

test("sealing in place gives the same frame, anywhere in a buffer", () => {
  fc.assert(
    fc.property(record, fc.nat(50), (data, offset) => {
      const buffer = new Uint8Array(offset + FRAME_BYTES + data.length + 7);
      buffer.set(data, offset + 12);
      const end = sealRecord(buffer, offset, data.length);
      expect(end).toBe(offset + FRAME_BYTES + data.length);
      expect(buffer.slice(offset, end)).toEqual(encodeRecord(data));
    }),
  );
});

test("a record is a view, also of a part of a larger buffer", () => {
  const bytes = concat([Uint8Array.of(1, 2, 3), encodeRecord(Uint8Array.of(7))]).subarray(3);
  const result = readRecord(bytes);
  expect(result).toMatchObject({ kind: "record", end: 17 });
  expect(result.kind === "record" && result.data.buffer).toBe(bytes.buffer);
});

describe("a torn tail", () => {
  test("anywhere: the whole records before it are read, and the rest is still to come", () => {
    fc.assert(
      fc.property(records, fc.double({ min: 0, max: 1, noNaN: true }), (data, fraction) => {
        const bytes = file(data);
        const cut = Math.floor(bytes.length * fraction);
        const whole = ends(data).filter((end) => end <= cut).length;
        expect(Array.from(readRecords(bytes.subarray(0, cut)), (one) => one.slice())).toEqual(
          data.slice(0, whole),
        );
      }),
    );
  });

  test("of every length", () => {
    const bytes = encodeRecord(Uint8Array.of(1, 2, 3));
    for (let length = 0; length < bytes.length; length++)
      expect(readRecord(bytes.subarray(0, length))).toEqual({ kind: "truncated" });
  });
});

describe("a flipped bit", () => {
  test("anywhere: the records before it are read, the damage is named, and no record is made up", () => {
    const damaged = fc
      .array(record, { minLength: 1, maxLength: 6 })
      .chain((data) => fc.tuple(fc.constant(data), fc.nat(file(data).length * 8 - 1)));
    fc.assert(
      fc.property(damaged, ([data, bit]) => {
        const bytes = file(data);
        bytes[bit >> 3]! ^= 1 << (bit & 7);
        const hit = ends(data).findIndex((end) => bit >> 3 < end);
        const start = hit === 0 ? 0 : ends(data)[hit - 1]!;
        const read: Uint8Array[] = [];
        expect(() => {
          for (const one of readRecords(bytes)) read.push(one.slice());
        }).toThrow(`TFRecord at byte ${start}`);
        expect(read).toEqual(data.slice(0, hit));
      }),
    );
  });

  test("in the data or its CRC loses that record only", () => {
    const bytes = file([Uint8Array.of(1), Uint8Array.of(2)]);
    bytes[12]! ^= 1;
    const bad = readRecord(bytes);
    expect(bad).toMatchObject({ kind: "bad-data", end: 17 });
    expect(readRecord(bytes, 17)).toMatchObject({ kind: "record", data: Uint8Array.of(2) });
    expect(readRecord(bytes, 0, false)).toMatchObject({ kind: "record" });
  });

  test("in the length or its CRC ends the file", () => {
    const bytes = file([Uint8Array.of(1), Uint8Array.of(2)]);
    bytes[1]! ^= 1;
    expect(readRecord(bytes)).toMatchObject({ kind: "bad-length" });
  });
});

test("zeros, as after a crash, are a damaged length and no endless empty records", () => {
  expect(readRecord(new Uint8Array(64))).toMatchObject({ kind: "bad-length", stored: 0 });
});

test("any bytes: a result, never an exception", () => {
  fc.assert(
    fc.property(fc.uint8Array({ maxLength: 64 }), (bytes) => {
      expect(["truncated", "bad-length", "bad-data", "record"]).toContain(readRecord(bytes).kind);
    }),
  );
});
