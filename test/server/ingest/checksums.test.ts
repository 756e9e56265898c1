/** The checksums of the scan, which takes them sixteen bytes at a time: every length, wherever a record stands. */
import fc from "fast-check";
import { expect, test } from "vitest";
import { encodeRecord } from "../../../proto/index.ts";
import { Scanner, ScanStatus } from "../../../server/ingest/scanner.ts";

const scanner = new Scanner({ inputBytes: 1 << 12 });
/** Frame before the data, and checksum behind it. */
const HEAD = 12;

/** Scans one record that stands at a place of the input, among other bytes. */
function statusOf(record: Uint8Array, place: number, around: number): ScanStatus {
  scanner.clear();
  scanner.input.fill(around);
  scanner.input.set(record, place);
  return scanner.scan(place, place + record.length, true);
}

const datas = fc.uint8Array({ maxLength: 200 });
const places = fc.nat({ max: 40 });
const arounds = fc.constantFrom(0, 0x5a, 0xff);

test("every length is found whole, at every place", () => {
  for (let length = 0; length <= 70; length++)
    for (let place = 0; place < 17; place++) {
      const data = Uint8Array.from({ length }, (_, i) => (i * 37 + length) & 0xff);
      expect([length, place, statusOf(encodeRecord(data), place, 0xff)]).toEqual([
        length,
        place,
        ScanStatus.Other,
      ]);
    }
});

test("whatever the bytes are, and those around them", () => {
  fc.assert(
    fc.property(datas, places, arounds, (data, place, around) => {
      expect([ScanStatus.BadData, ScanStatus.BadLength]).not.toContain(
        statusOf(encodeRecord(data), place, around),
      );
    }),
    { numRuns: 500 },
  );
});

test("a bit that is another one is found, wherever it is", () => {
  const damage = fc.record({
    data: fc.uint8Array({ minLength: 1, maxLength: 200 }),
    at: fc.nat(),
    bit: fc.nat({ max: 7 }),
  });
  fc.assert(
    fc.property(damage, places, arounds, ({ data, at, bit }, place, around) => {
      const record = encodeRecord(data);
      record[HEAD + (at % (data.length + 4))]! ^= 1 << bit;
      expect(statusOf(record, place, around)).toBe(ScanStatus.BadData);
    }),
    { numRuns: 1000 },
  );
});
