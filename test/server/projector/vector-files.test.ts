/** Files of vectors: text or bytes, whole or the first rows, kept until the file changes. */
import { appendFileSync, writeFileSync } from "node:fs";
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { parseMetadata } from "../../../server/projector/metadata-table.ts";
import { TsvParser } from "../../../server/projector/tsv-parser.ts";
import { TsvShape } from "../../../server/projector/tsv-shape.ts";
import { VectorFiles } from "../../../server/projector/vector-files.ts";
import { temporaryDirectory, writeFile } from "../../tools/records.ts";

const file = (content: string | Uint8Array) =>
  writeFile(temporaryDirectory(), "vectors", typeof content === "string" ? Buffer.from(content) : content);

async function numbers(...[path, shape, rows]: Parameters<VectorFiles["read"]>): Promise<number[]> {
  const vectors = await new VectorFiles().read(path, shape, rows);
  if (vectors.kind !== "numbers") throw new Error("bytes");
  return [...vectors.data];
}

describe("text", () => {
  test("is rows of numbers; empty lines are passed over", async () => {
    const path = file("1\t2\n\n3\t4\r\n5\t6");
    expect(await numbers(path, [])).toEqual([1, 2, 3, 4, 5, 6]);
    expect(await numbers(path, [], 2)).toEqual([1, 2, 3, 4]);
    expect(await numbers(path, [], 100)).toHaveLength(6);
    expect(await new VectorFiles().shape(path)).toEqual([3, 2]);
  });

  test("is the same in whatever pieces it comes", () => {
    const cell = fc.constantFrom("1", "-2.5", "3e-2", "0.1234567890123456789", "nan");
    const row = fc.array(cell, { minLength: 3, maxLength: 3 }).map((cells) => cells.join("\t"));
    const lines = fc.array(fc.oneof({ weight: 5, arbitrary: row }, fc.constant("")), { maxLength: 20 });
    const ends = fc.constantFrom("", "\n");
    const cuts = fc.array(fc.nat(400), { maxLength: 6 });
    fc.assert(
      fc.property(lines, ends, cuts, (rows, end, at) => {
        const text = Buffer.from(rows.join("\n") + end);
        const whole = new TsvParser();
        whole.push(text);
        const [parser, shape] = [new TsvParser(), new TsvShape()];
        const places = [0, ...at.filter((n) => n < text.length).sort((a, b) => a - b), text.length];
        for (const [i, start] of places.slice(0, -1).entries()) {
          const piece = text.subarray(start, places[i + 1]);
          parser.push(piece);
          shape.push(piece);
        }
        const matrix = parser.finish();
        expect(matrix).toEqual(whole.finish());
        expect(shape.finish()).toEqual(matrix.rows === 0 ? null : [matrix.rows, matrix.columns]);
      }),
    );
  });

  test.each([
    ["1\t2\n3\tx\n", 'line 2: "x" is no number'],
    ["1\t2\n3\n", "line 2 has 1 value, the first has 2"],
    ["word\tcount\n1\t2\n", 'line 1: "word" is no number'],
    ["1\t\n", 'line 1: "" is no number'],
  ])("that is no matrix is an error that says where: %j", async (text, message) => {
    await expect(new VectorFiles().read(file(text), [])).rejects.toThrow(message);
  });
});

describe("bytes", () => {
  const floats = Float32Array.from({ length: 6 }, (_, i) => i + 0.1);

  test("are float32 of the config's shape, sent as they are", async () => {
    const path = file(new Uint8Array(floats.buffer));
    expect(await new VectorFiles().read(path, [3, 2])).toEqual({ kind: "bytes", file: path, length: 24 });
    expect(await new VectorFiles().read(path, [3, 2], 2)).toEqual({ kind: "bytes", file: path, length: 16 });
    expect(await new VectorFiles().shape(path)).toBeNull();
  });

  test("may look like text: zeros do", async () => {
    const path = file(new Uint8Array(24));
    expect(await new VectorFiles().read(path, [3, 2])).toMatchObject({ kind: "bytes", length: 24 });
    expect(await new VectorFiles().shape(path)).toBeNull();
  });

  test.each([
    [[], "needs a tensor_shape of two numbers, not []"],
    [[6], "needs a tensor_shape of two numbers, not [6]"],
    [[1, 2, 3], "needs a tensor_shape of two numbers, not [1, 2, 3]"],
    [[4, 2], "has 24 bytes where float32 of shape [4, 2] take 32"],
  ])("of shape %j are an error in words", async (shape, message) => {
    await expect(new VectorFiles().read(file(new Uint8Array(floats.buffer)), shape)).rejects.toThrow(message);
  });
});

test("a file is parsed once, and again when it changed or more rows are wanted", async () => {
  const files = new VectorFiles();
  const path = file("1\n2\n3\n");
  const read = async (rows?: number) => {
    const vectors = await files.read(path, [], rows);
    return vectors.kind === "numbers" ? vectors.data : null;
  };
  const first = await read(2);
  expect([...first!]).toEqual([1, 2]);
  expect((await read(1))!.buffer).toBe(first!.buffer);
  const all = await read();
  expect([...all!]).toEqual([1, 2, 3]);
  expect((await read(3))!.buffer).toBe(all!.buffer);
  appendFileSync(path, "4\n");
  expect([...(await read())!]).toEqual([1, 2, 3, 4]);
  expect(await files.shape(path)).toEqual([4, 1]);
  writeFileSync(path, "9\t9\n");
  expect(await files.shape(path)).toEqual([1, 2]);
});

test("a matrix of which nearly all is missing is an error in words, and takes no memory", async () => {
  const lines = `${"1\t".repeat(20_000)}1\n${"1\n".repeat(10_000)}`;
  await expect(new VectorFiles().readAll(file(lines), [])).rejects.toThrow(
    /values are missing, and 16,777,216 may/,
  );
  const table = `${"h\t".repeat(9_999)}h\n${"x\n".repeat(10_000)}`;
  expect(() => parseMetadata(table)).toThrow(/would be missing, and 4,194,304 may/);
  // A few are only noted.
  const { rows, problems } = parseMetadata("a\tb\n1\n2\t3\n");
  expect([rows, problems]).toEqual([2, ["line 2 has 1 value for 2 columns"]]);
});
