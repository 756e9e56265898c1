/** Features by specification. What is expected here is what TensorFlow 2.21's tf.io gives for the same records. */
import { describe, expect, expectTypeOf, test } from "vitest";
import {
  type DenseTensor,
  ExampleError,
  encodeExample,
  encodeSequenceExample,
  fixedLenFeature,
  fixedLenSequenceFeature,
  floatFeature,
  int64Feature,
  type Partition,
  parseExample,
  parseExampleBatch,
  parseSequenceExample,
  parseSequenceExampleBatch,
  type RaggedTensor,
  raggedFeature,
  type SparseTensor,
  toNested,
  toText,
  varLenFeature,
} from "../../../proto/example/index.ts";

const integers = (...values: number[]) => int64Feature(values);
const record = (...values: number[]) => encodeExample({ x: integers(...values) });
const missing = encodeExample({ other: "y" });
const int64 = (...values: number[]) => BigInt64Array.from(values, BigInt);

test("a record, as training code reads it", () => {
  const bytes = encodeExample({ image: Float32Array.of(0, 0.5, 1, 0), label: integers(7), name: "seven" });
  const { image, label, name } = parseExample(bytes, {
    image: fixedLenFeature([2, 2], "float32"),
    label: fixedLenFeature([], "int64"),
    name: fixedLenFeature([], "string"),
  });
  expectTypeOf(image).toEqualTypeOf<DenseTensor<"float32">>();
  expect(image).toEqual({
    kind: "dense",
    dtype: "float32",
    shape: [2, 2],
    data: Float32Array.of(0, 0.5, 1, 0),
  });
  expect([label.shape, label.data]).toEqual([[], int64(7)]);
  expect(name.data.map(toText)).toEqual(["seven"]);
});

describe("fixed lengths", () => {
  const one = { x: fixedLenFeature([], "int64") };
  const pair = { x: fixedLenFeature([2], "int64", { defaultValue: [8, 2n ** 60n] }) };

  test("in a batch have its dimension first", () => {
    expect(parseExampleBatch([record(1), record(2)], one).x).toMatchObject({ shape: [2], data: int64(1, 2) });
    expect(parseExampleBatch([record(1, 2), missing], pair).x.data).toEqual(
      BigInt64Array.of(1n, 2n, 8n, 2n ** 60n),
    );
    expect(parseExampleBatch([], one).x.shape).toEqual([0]);
  });

  test.each([
    [missing, 'feature "x" (int64) is required, but missing'],
    [record(), 'feature "x" has 0 values, but one is expected'],
    [record(1, 2), 'feature "x" has 2 values, but one is expected'],
    [encodeExample({ x: "text" }), 'feature "x" holds bytes (string), but int64 is expected'],
    [encodeExample({ x: Float32Array.of(1) }), 'feature "x" holds floats (float32), but int64 is expected'],
  ])("that are not as said are named (%#)", (bytes, words) => {
    expect(() => parseExample(bytes, one)).toThrow(words);
  });

  test("in a batch, the record is named too", () => {
    const parse = () => parseExampleBatch([record(1, 2), record(1)], { x: fixedLenFeature([2], "int64") });
    expect(parse).toThrow('feature "x" of record 1 has 1 values, but shape [2] holds 2');
    try {
      parse();
    } catch (error) {
      expect(error).toBeInstanceOf(ExampleError);
      expect(error).toMatchObject({ feature: "x", index: 1 });
    }
  });

  test("have defaults of their own shape only", () => {
    expect(() => fixedLenFeature([2], "float32", { defaultValue: 0 })).toThrow(
      /holds 2 values, the default has 1/,
    );
    expect(() => fixedLenFeature([-1], "float32")).toThrow(/not an integer of 0 or more/);
    expect(() => fixedLenFeature([], "int64", { defaultValue: 0.5 })).toThrow(/is 0.5, not an integer/);
  });
});

describe("variable lengths", () => {
  const specs = { x: varLenFeature("int64") };

  test("are sparse", () => {
    const { x } = parseExampleBatch([record(1), missing, record(1, 2)], specs);
    expectTypeOf(x).toEqualTypeOf<SparseTensor<"int64">>();
    expect(x).toMatchObject({
      indices: Int32Array.of(0, 0, 2, 0, 2, 1),
      values: int64(1, 1, 2),
      denseShape: [3, 2],
    });
    expect(parseExample(record(4, 5), specs).x).toMatchObject({
      indices: Int32Array.of(0, 1),
      denseShape: [2],
    });
    expect(parseExample(missing, specs).x).toMatchObject({ indices: Int32Array.of(), denseShape: [0] });
  });

  test("may be strings, also empty ones", () => {
    const { x } = parseExample(encodeExample({ x: ["a", "", "π"] }), { x: varLenFeature("string") });
    expect(x.values.map(toText)).toEqual(["a", "", "π"]);
  });
});

describe("sequences of a fixed shape", () => {
  const specs = { x: fixedLenSequenceFeature([2], "int64", { allowMissing: true, defaultValue: -1 }) };

  test("are as long as they are, and in a batch filled up", () => {
    expect(parseExample(record(1, 2, 3, 4), specs).x).toMatchObject({
      shape: [2, 2],
      data: int64(1, 2, 3, 4),
    });
    expect(parseExample(missing, specs).x.shape).toEqual([0, 2]);
    const { x } = parseExampleBatch([record(1, 2, 3, 4), missing, record(5, 6)], specs);
    expect(x).toMatchObject({ shape: [3, 2, 2], data: int64(1, 2, 3, 4, -1, -1, -1, -1, 5, 6, -1, -1) });
  });

  test("end at a whole step, and are there", () => {
    expect(() => parseExample(record(1, 2, 3), specs)).toThrow(
      '"x" has 3 values, which is no multiple of the 2',
    );
    const strict = { x: fixedLenSequenceFeature([], "int64") };
    expect(() => parseExample(missing, strict)).toThrow(/is required, but missing; set its allowMissing/);
  });
});

describe("ragged features", () => {
  const cut = (values: number[], partition: number[], ...partitions: Partition[]) => {
    const bytes = encodeExample({ v: integers(...values), p: integers(...partition) });
    return parseExample(bytes, { x: raggedFeature("int64", { valueKey: "v", partitions }) }).x;
  };
  const nested = (ragged: RaggedTensor<"int64">) =>
    JSON.parse(JSON.stringify(toNested(ragged), (_, v) => (typeof v === "bigint" ? Number(v) : v)));

  test("without partitions are a row a record", () => {
    const specs = { x: raggedFeature("int64") };
    const { x } = parseExampleBatch([record(1, 2), missing, record(3)], specs);
    expect(x.rowSplits).toEqual([Int32Array.of(0, 2, 2, 3)]);
    expect(nested(x)).toEqual([[1, 2], [], [3]]);
    expect(nested(parseExample(record(1, 2), specs).x)).toEqual([1, 2]);
  });

  test.each<[Partition, number[]]>([
    [{ by: "rowSplits", key: "p" }, [0, 1, 1, 3]],
    [{ by: "rowLengths", key: "p" }, [1, 0, 2]],
    [{ by: "rowStarts", key: "p" }, [0, 1, 1]],
    [{ by: "rowLimits", key: "p" }, [1, 1, 3]],
    [{ by: "valueRowIds", key: "p" }, [0, 2, 2]],
  ])("are cut by %j", (partition, numbers) => {
    expect(nested(cut([7, 8, 9], numbers, partition))).toEqual([[7], [], [8, 9]]);
  });

  test("may be cut several times, into even rows too", () => {
    const uniform = { by: "uniformRowLength", length: 2 } as const;
    expect(cut([1, 2, 3, 4], [], uniform)).toMatchObject({ rowSplits: [], valueShape: [2] });
    const inside = cut([1, 2, 3, 4], [0, 1, 2], { by: "rowSplits", key: "p" }, uniform);
    expect(nested(inside)).toEqual([[[1, 2]], [[3, 4]]]);
    expect(inside.valueShape).toEqual([2]);
    const outside = cut([1, 2, 3, 4], [0, 1, 1, 2, 4], uniform, { by: "rowSplits", key: "p" });
    expect(nested(outside)).toEqual([
      [[1], []],
      [[2], [3, 4]],
    ]);
    expect(outside.rowSplits).toHaveLength(2);
  });

  test.each<[Partition["by"], number[], string]>([
    ["rowSplits", [0, 2], "it makes rows of 2 values, but there are 3"],
    ["rowSplits", [1, 3], "row splits start with 0, not 1"],
    ["rowLimits", [2, 1, 3], "row 1 ends at 1, before it starts"],
    ["rowLengths", [4, -1], "row 1 ends at 3, before it starts"],
    ["rowLengths", [], "it makes rows of 0 values, but there are 3"],
    ["rowStarts", [1], "row starts start with 0, not 1"],
    ["valueRowIds", [0, 1], "2 value row ids for 3 values"],
    ["valueRowIds", [0, 2, 1], "value row ids do not grow from 0"],
    ["valueRowIds", [0, 0, 2 ** 40], "beyond the 16777216 rows that are read"],
  ])("that %s %j does not fit are refused", (by, numbers, words) => {
    if (by === "uniformRowLength") throw new Error("has no key");
    expect(() => cut([7, 8, 9], numbers, { by, key: "p" })).toThrow(`feature "p" does not fit as ${by}: `);
    expect(() => cut([7, 8, 9], numbers, { by, key: "p" })).toThrow(words);
  });

  test("of uneven number have no even rows", () => {
    expect(() => cut([1, 2, 3], [], { by: "uniformRowLength", length: 2 })).toThrow(
      'feature "v" has 3 values or rows, which is no multiple of the row length 2',
    );
  });
});

describe("sequence examples", () => {
  const sequence = (...steps: number[][]) =>
    encodeSequenceExample({
      context: { length: integers(steps.length) },
      featureLists: { x: steps.map((step) => integers(...step)) },
    });
  const context = { length: fixedLenFeature([], "int64") };

  test("have a context, and a feature a step", () => {
    const bytes = encodeSequenceExample({
      context: { length: integers(2) },
      featureLists: { x: [integers(1, 2), integers(3, 4)], w: [floatFeature(0.5), floatFeature([])] },
    });
    const parsed = parseSequenceExample(bytes, {
      context,
      featureLists: { x: fixedLenSequenceFeature([2], "int64"), w: varLenFeature("float32") },
    });
    expect(parsed.context.length.data).toEqual(int64(2));
    expect(parsed.featureLists.x).toMatchObject({ shape: [2, 2], data: int64(1, 2, 3, 4) });
    expect(parsed.featureLists.w).toMatchObject({ indices: Int32Array.of(0, 0), denseShape: [2, 1] });
  });

  test("in a batch are filled up, sparse, or ragged, with the number of steps of each", () => {
    const records = [sequence([1, 2], [3]), sequence(), sequence([4])];
    const sparse = parseSequenceExampleBatch(records, {
      context,
      featureLists: { x: varLenFeature("int64") },
    });
    expect(sparse.context.length.data).toEqual(int64(2, 0, 1));
    expect(sparse.featureLists.x).toMatchObject({
      indices: Int32Array.of(0, 0, 0, 0, 0, 1, 0, 1, 0, 2, 0, 0),
      values: int64(1, 2, 3, 4),
      denseShape: [3, 2, 2],
    });
    const ragged = parseSequenceExampleBatch(records, { featureLists: { x: raggedFeature("int64") } });
    expect(ragged.featureLists.x.rowSplits).toEqual([Int32Array.of(0, 2, 2, 3), Int32Array.of(0, 2, 3, 4)]);
    expect(ragged.lengths.x).toEqual(Int32Array.of(2, 0, 1));
    const dense = parseSequenceExampleBatch([sequence([1], [2]), sequence([3])], {
      featureLists: { x: fixedLenSequenceFeature([], "int64", { defaultValue: -1 }) },
    });
    expect(dense.featureLists.x).toMatchObject({ shape: [2, 2], data: int64(1, 2, 3, -1) });
  });

  test("errors name the list, the step and the record", () => {
    const featureLists = { x: fixedLenSequenceFeature([], "int64") };
    expect(() => parseSequenceExample(sequence([1], [2, 3]), { featureLists })).toThrow(
      'feature "x" at step 1 has 2 values, but one is expected',
    );
    expect(() => parseSequenceExampleBatch([sequence([1]), sequence([1], [])], { featureLists })).toThrow(
      'feature "x" at step 1 of record 1 has 0 values',
    );
    const empty = encodeSequenceExample({});
    expect(() => parseSequenceExample(empty, { featureLists })).toThrow(
      'feature list "x" is required, but missing',
    );
    expect(() => parseSequenceExampleBatch([sequence(), empty], { featureLists })).toThrow(
      'feature list "x" of record 1 is required',
    );
  });
});

test("integers beyond 2^53 stay what they are", () => {
  const values = [2n ** 53n + 1n, -(2n ** 63n), 2n ** 63n - 1n];
  const { x } = parseExample(encodeExample({ x: int64Feature(values) }), { x: varLenFeature("int64") });
  expect(Array.from(x.values)).toEqual(values);
});
