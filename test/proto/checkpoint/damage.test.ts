/** Damaged checkpoints: each gives an error that names the file, never wrong values, and never anything else. */
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import {
  type Checkpoint,
  CheckpointError,
  openBundle,
  openSavedSlices,
  sourceOf,
} from "../../../proto/checkpoint/index.ts";
import { sliceKey } from "../../../proto/checkpoint/slice-key.ts";
import { DataType, maskedCrc, pb, type TensorValue } from "../../../proto/index.ts";
import { bytesOf, filesOf, open } from "./files.ts";
import { tableOf, tableOfBlock } from "./write-table.ts";

const prefixes = ["types", "objects", "partitioned", "sharded", "snappy", "types_v1", "partitioned_v1"];
const files = prefixes.flatMap((prefix) => filesOf(prefix).map((file) => ({ prefix, file })));

/** Opens a checkpoint of which one file has other bytes. */
function openWith(prefix: string, file: string, bytes: Uint8Array): Promise<Checkpoint> {
  return open(prefix, (name) => sourceOf(name, name === file ? bytes : bytesOf(name)));
}

/** What each variable gives: its values, or the error. Errors of any other kind fail the test. */
async function outcomes(opening: Promise<Checkpoint>): Promise<Map<string, TensorValue> | CheckpointError> {
  const read = new Map<string, TensorValue>();
  try {
    const checkpoint = await opening;
    for (const name of checkpoint.variables.keys()) {
      const value = await checkpoint.read(name).catch(checkpointError);
      if (!(value instanceof CheckpointError)) read.set(name, value);
    }
    return read;
  } catch (error) {
    return checkpointError(error);
  }
}

function checkpointError(error: unknown): CheckpointError {
  if (error instanceof CheckpointError) return error;
  throw error;
}

describe.each(files)("$file", ({ prefix, file }) => {
  const bytes = bytesOf(file);

  test("flipped bits never give other values", async () => {
    const whole = await outcomes(open(prefix));
    if (whole instanceof CheckpointError) throw whole;
    const flips = fc.array(fc.tuple(fc.nat(bytes.length - 1), fc.integer({ min: 1, max: 255 })), {
      minLength: 1,
      maxLength: 3,
    });
    await fc.assert(
      fc.asyncProperty(flips, async (places) => {
        const damaged = bytes.slice();
        for (const [at, bits] of places) damaged[at]! ^= bits;
        const left = await outcomes(openWith(prefix, file, damaged));
        if (left instanceof CheckpointError) expect(left.file).toBe(file);
        else for (const [name, value] of left) expect(value).toEqual(whole.get(name));
      }),
      { numRuns: 200 },
    );
  });

  test("cut off anywhere, what is missing is said", async () => {
    const whole = await outcomes(open(prefix));
    if (whole instanceof CheckpointError) throw whole;
    for (let length = 0; length < bytes.length; length += Math.ceil(bytes.length / 150)) {
      const left = await outcomes(openWith(prefix, file, bytes.subarray(0, length)));
      if (left instanceof CheckpointError)
        expect(left.message).toMatch(/cut off|too short|damaged|not the end/);
      else {
        // A shard without its end: what stands before is there.
        expect(file).toContain(".data-");
        for (const [name, value] of left) expect(value).toEqual(whole.get(name));
      }
    }
  });
});

test("any bytes are an error", async () => {
  await fc.assert(
    fc.asyncProperty(fc.uint8Array({ maxLength: 300 }), async (bytes) => {
      for (const opening of [openIndex(bytes), openSavedSlices([sourceOf("any", bytes)])])
        expect(await outcomes(opening)).toBeInstanceOf(CheckpointError);
    }),
  );
});

test("any block with the right CRC is entries or an error", async () => {
  const blocks = fc.tuple(fc.uint8Array({ maxLength: 200 }), fc.constantFrom(0, 1, 2));
  await fc.assert(
    fc.asyncProperty(blocks, async ([block, compression]) => {
      const table = tableOfBlock(block, compression);
      await outcomes(openIndex(table));
      await outcomes(openSavedSlices([sourceOf("any", table)]));
    }),
    { numRuns: 500 },
  );
});

const header = pb.BundleHeaderProto.encode({ numShards: 1, version: { producer: 1 } }).finish();
const four = Uint8Array.of(0, 0, 128, 63, 0, 0, 0, 64);
const entry = {
  dtype: DataType.DT_FLOAT,
  shape: { dim: [{ size: 2 }] },
  size: 8,
  crc32c: maskedCrc(four),
} satisfies pb.BundleEntryProto.$Properties;

function openIndex(index: Uint8Array, data: Uint8Array = four): Promise<Checkpoint> {
  return openBundle({
    index: sourceOf("model.index", index),
    shard: async (ending) => sourceOf(`model${ending}`, data),
  });
}

function bundle(changed: pb.BundleEntryProto.$Properties = {}): Promise<Checkpoint> {
  const bytes = pb.BundleEntryProto.encode({ ...entry, ...changed }).finish();
  return openIndex(
    tableOf([
      ["", header],
      ["w", bytes],
    ]),
  );
}

describe("a bundle that says", () => {
  test("nothing wrong is read", async () => {
    expect((await (await bundle()).read("w")).data).toEqual(Float32Array.of(1, 2));
  });

  test.each([
    [
      "another size than its shape's",
      { size: 4 },
      /^model\.index: "w" of shape \[2\] takes 8 bytes, but 4 are there$/,
    ],
    [
      "a place beyond the file",
      { offset: 4 },
      /^model\.data-00000-of-00001, byte 4: the values of "w" take.*cut off/,
    ],
    [
      "another CRC",
      { crc32c: 1 },
      /^model\.data-00000-of-00001, byte 0: the values of "w" do not match their CRC/,
    ],
    ["a shard that is not one of them", { shardId: 7 }, /^model\.index: "w" is said to be in shard 7 of 1$/],
    [
      "an unknown type",
      { dtype: 99 },
      /^model\.index: "w" is of type number 99, which holds no numbers known here$/,
    ],
    [
      "parts that are not there",
      { slices: [{ extent: [{ start: 0, length: 1 }] }] },
      /a part of "w" is missing/,
    ],
  ])("%s", async (_what, changed, message) => {
    await expect((await bundle(changed)).read("w")).rejects.toThrow(message);
  });

  test.each([
    [
      "a dimension of unknown size",
      { shape: { dim: [{ size: -1 }] } },
      /^model\.index: the entry of "w" cannot be read: .*-1/,
    ],
    ["a negative offset", { offset: -8 }, /the entry of "w" cannot be read: 8 bytes at offset -8/],
  ])("%s", async (_what, changed, message) => {
    await expect(bundle(changed)).rejects.toThrow(message);
  });

  test("parts that do not make the whole", async () => {
    const slice = { extent: [{ start: 0, length: 1 }] };
    const first = four.subarray(0, 4);
    const part = { ...entry, shape: { dim: [{ size: 1 }] }, size: 4, crc32c: maskedCrc(first) };
    const key = sliceKey("w", { extents: [{ start: 0, length: 1 }] });
    const checkpoint = await openIndex(
      tableOf([
        ["", header],
        [key, pb.BundleEntryProto.encode(part).finish()],
        ["w", pb.BundleEntryProto.encode({ ...entry, slices: [slice], size: 0 }).finish()],
      ]),
      first,
    );
    expect([...checkpoint.variables.keys()]).toEqual(["w"]);
    await expect(checkpoint.read("w")).rejects.toThrow(
      'model.index: the parts of "w" hold 1 of its 2 values',
    );
  });
});

describe("an index that is", () => {
  const saying = (properties: pb.BundleHeaderProto.$Properties) =>
    openIndex(tableOf([["", pb.BundleHeaderProto.encode({ numShards: 1, ...properties }).finish()]]));

  test("of a big-endian machine", () =>
    expect(saying({ endianness: pb.BundleHeaderProto.Endianness.BIG })).rejects.toThrow(
      /^model\.index: written on a big-endian machine/,
    ));

  test("for newer readers", () =>
    expect(saying({ version: { producer: 9, minConsumer: 9 } })).rejects.toThrow(
      "model.index: made for readers of version 9, this one is 1",
    ));

  test("a table of something else", () =>
    expect(openIndex(tableOf([["a", four]]))).rejects.toThrow(
      "model.index: a table, but not of a checkpoint",
    ));

  test("not a table", () =>
    expect(openIndex(new Uint8Array(100))).rejects.toThrow(
      "model.index, byte 52: not the end of a checkpoint's table; is it cut off?",
    ));
});
