/** Files that grow by what is sent: every record once, whatever is repeated, lost or torn. */
import { appendFileSync, existsSync, readFileSync, symlinkSync, truncateSync, writeFileSync } from "node:fs";
import path from "node:path";
import fc from "fast-check";
import { expect, test } from "vitest";
import { ReceivedFile } from "../../../server/receive/event-file.ts";
import { eventFile, scalarEvent, temporaryDirectory, versionEvent } from "../../tools/records.ts";

const newPath = () => path.join(temporaryDirectory(), "events.out.tfevents.1");
const start = eventFile(versionEvent);
/** A file of version and scalars, with the offsets of its records. */
function whole(count: number): { bytes: Buffer; offsets: number[] } {
  const records = [start, ...Array.from({ length: count }, (_, i) => eventFile(scalarEvent("loss", i, i)))];
  let end = 0;
  return { bytes: Buffer.concat(records), offsets: [0, ...records.map((record) => (end += record.length))] };
}

test("any order of repeated and overlapping requests leaves every record there once", async () => {
  const { bytes, offsets } = whole(10);
  const place = fc.nat(offsets.length - 1);
  const requests = fc.array(fc.tuple(place, place), { maxLength: 15 });
  await fc.assert(
    fc.asyncProperty(requests, fc.boolean(), async (ranges, restarts) => {
      const file = newPath();
      let received = new ReceivedFile(file);
      let there = 0;
      for (const [a, b] of ranges) {
        const [from, to] = [offsets[Math.min(a, b)]!, offsets[Math.max(a, b)]!];
        if (from === to) continue;
        if (restarts) received = new ReceivedFile(file);
        const answer = await received.append(from, bytes.subarray(from, to)).catch((error: unknown) => error);
        if (from > there) expect(answer).toMatchObject({ name: "OffsetError", offset: there });
        else {
          there = Math.max(there, to);
          expect(answer).toBe(there);
        }
        const content = existsSync(file) ? readFileSync(file) : Buffer.alloc(0);
        expect(content.equals(bytes.subarray(0, there))).toBe(true);
      }
    }),
    { numRuns: 50 },
  );
});

test("requests that come at the same time wait for each other", async () => {
  const { bytes, offsets } = whole(20);
  const received = new ReceivedFile(newPath());
  const parts = offsets
    .slice(1)
    .map((end, i) => received.append(offsets[i]!, bytes.subarray(offsets[i]!, end)));
  expect(received.idle).toBe(false);
  expect(await Promise.all(parts)).toEqual(offsets.slice(1));
  expect(received.idle).toBe(true);
});

test("a tail that a killed server left torn is cut off, and sent again", async () => {
  const { bytes, offsets } = whole(3);
  for (let cut = 0; cut < bytes.length; cut += 5) {
    const file = newPath();
    writeFileSync(file, bytes.subarray(0, cut));
    const end = offsets.filter((offset) => offset <= cut).at(-1)!;
    const received = new ReceivedFile(file);
    await expect(received.append(bytes.length, bytes)).rejects.toMatchObject({ offset: end });
    expect(await received.append(end, bytes.subarray(end))).toBe(bytes.length);
    expect(readFileSync(file).equals(bytes)).toBe(true);
  }
});

test("a file that others changed meanwhile is looked at again", async () => {
  const { bytes, offsets } = whole(3);
  const file = newPath();
  const received = new ReceivedFile(file);
  await received.append(0, bytes);
  truncateSync(file, offsets[2]! + 3);
  expect(await received.append(offsets[2]!, bytes.subarray(offsets[2]!))).toBe(bytes.length);
  appendFileSync(file, "torn");
  expect(await received.append(0, bytes)).toBe(bytes.length);
  expect(readFileSync(file).equals(bytes)).toBe(true);
});

test("a large file is found to its end again", async () => {
  const large = eventFile(
    versionEvent,
    ...Array.from({ length: 5 }, () => ({ graphDef: new Uint8Array(900_000) })),
  );
  const file = newPath();
  writeFileSync(file, Buffer.concat([large, start.subarray(0, 10)]));
  expect(await new ReceivedFile(file).append(large.length, start)).toBe(large.length + start.length);
});

test("other records than those that are there are refused", async () => {
  const { bytes } = whole(2);
  const received = new ReceivedFile(newPath());
  await received.append(0, bytes);
  const other = eventFile(versionEvent, scalarEvent("loss", 7, 7));
  await expect(received.append(0, other)).rejects.toThrow(/other records at byte 0: is this another writer/);
});

test("a file that is damaged is not continued, and nothing of it is cut off", async () => {
  const { bytes } = whole(3);
  const file = newPath();
  const damaged = Buffer.from(bytes);
  damaged[start.length]! ^= 1;
  writeFileSync(file, damaged);
  await expect(new ReceivedFile(file).append(bytes.length, start)).rejects.toThrow(
    `damaged at byte ${start.length} and cannot be continued`,
  );
  expect(readFileSync(file).equals(damaged)).toBe(true);
});

test("a new file starts with its version", async () => {
  const file = newPath();
  const received = new ReceivedFile(file);
  await expect(received.append(0, eventFile(scalarEvent("loss", 1, 1)))).rejects.toThrow(
    /starts with .* file_version/,
  );
  expect(await received.append(0, start)).toBe(start.length);
});

test("a link in its place is not followed", async () => {
  const [file, elsewhere] = [newPath(), newPath()];
  writeFileSync(elsewhere, "");
  symlinkSync(elsewhere, file);
  await expect(new ReceivedFile(file).append(0, start)).rejects.toThrow("a link has the file's name");
  expect(readFileSync(elsewhere)).toHaveLength(0);
});
