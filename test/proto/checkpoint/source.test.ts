/** Parts of files: read in pieces, checked as a whole. */
import { expect, test } from "vitest";
import { readPart, readWithCrc, sourceOf } from "../../../proto/checkpoint/source.ts";
import { maskedCrc, unmaskCrc } from "../../../proto/index.ts";

const MEGABYTE = 1 << 20;
const bytes = new Uint8Array(10 * MEGABYTE).map((_, i) => (i * 7919) >> 5);
const source = sourceOf("file", bytes);

test.each([0, 1, 3 * MEGABYTE, 4 * MEGABYTE, 5 * MEGABYTE, 9 * MEGABYTE + 17])(
  "the first %i bytes of more, with the CRC of all",
  async (wanted) => {
    const [offset, length] = [3, 9 * MEGABYTE + 17];
    const target = new Uint8Array(wanted);
    const crc = await readWithCrc(source, offset, length, target);
    expect(crc).toBe(unmaskCrc(maskedCrc(bytes, offset, offset + length)));
    expect(Buffer.compare(target, bytes.subarray(offset, offset + wanted))).toBe(0);
  },
);

test("of nothing", async () => {
  expect(await readWithCrc(source, 3, 0, new Uint8Array())).toBe(0);
});

test("a part beyond the end is an error that says where", async () => {
  await expect(readPart(source, bytes.length - 1, 2, "a block")).rejects.toThrow(
    `file, byte ${bytes.length - 1}: a block takes 2 bytes, but the file ends at byte ${bytes.length}; is it cut off?`,
  );
});
