/** Files that people drop: whatever wrote them, which columns are vectors, and what is wrong by its line. */
import { readFileSync } from "node:fs";
import { tableFromArrays, tableToIPC } from "@uwdata/flechette";
import { strToU8, zipSync } from "fflate";
import { parquetWriteBuffer } from "hyparquet-writer";
import { describe, expect, test } from "vitest";
import { npyOf } from "../../../ui/dashboards/projector/export/npy.ts";
import { decompressLz4Frame } from "../../../ui/dashboards/projector/files/lz4-frame.ts";
import { openFile } from "../../../ui/dashboards/projector/files/open-file.ts";
import { type ReadTable, suggest } from "../../../ui/dashboards/projector/files/source.ts";

async function read(content: string | Uint8Array): Promise<ReadTable & { readonly format: string }> {
  const bytes = typeof content === "string" ? new TextEncoder().encode(content) : Uint8Array.from(content);
  const source = await openFile(bytes.buffer as ArrayBuffer);
  return { format: source.format, ...source.read(suggest(source.columns)) };
}

/** Texts of every row by column. */
const texts = ({ columns }: ReadTable) =>
  Object.fromEntries(
    columns.map(({ name, values, indices }) => [name, Array.from(indices, (i) => values[i] ?? null)]),
  );

describe("text", () => {
  test.each([",", " ", "\t"])(
    "a line of millions of values is told, not waited for: %j",
    async (delimiter) => {
      const start = performance.now();
      await expect(read(`1${delimiter}`.repeat(3_000_000))).rejects.toThrow(
        /line 1 has 300000[01] values, and a table has 100000 columns at most/,
      );
      expect(performance.now() - start).toBeLessThan(10_000);
    },
  );

  test.each(["\n", "\r\n", "\r"])(
    "many lines take a time in proportion, whatever ends them: %j",
    async (end) => {
      const lines = Array.from({ length: 200_000 }, (_, i) => `${i}\t0.25\t0.5`);
      const start = performance.now();
      const { rows, dims } = await read(lines.join(end));
      expect([rows, dims]).toEqual([200_000, 3]);
      // Where each line looked for an end that the file does not have, a minute.
      expect(performance.now() - start).toBeLessThan(8000);
    },
  );

  const numbers = [1, 2, 3, 4, 5, 6];
  test.each([
    ["tabs, no header", "1\t2\t3\n4\t5\t6\n", {}],
    ["a label first", "a\t1\t2\t3\nb\t4\t5\t6\n", { label: ["a", "b"] }],
    ["a header", "word,d0,d1,d2\na,1,2,3\nb,4,5,6\n", { word: ["a", "b"] }],
    ["DOS's line ends", "a\t1\t2\t3\r\nb\t4\t5\t6\r\n", { label: ["a", "b"] }],
    ["the Macintosh's", "a\t1\t2\t3\rb\t4\t5\t6", { label: ["a", "b"] }],
    ["a byte-order mark", "\ufeffa\t1\t2\t3\nb\t4\t5\t6\n", { label: ["a", "b"] }],
    ["blank lines", "\na\t1\t2\t3\n\nb\t4\t5\t6\n\n", { label: ["a", "b"] }],
    [
      "quotes with commas and lines in them",
      '"x, ""y""",1,2,3\n"two\nlines",4,5,6\n',
      { label: ['x, "y"', "two\nlines"] },
    ],
    ["semicolons", "a;1;2;3\nb;4;5;6\n", { label: ["a", "b"] }],
    ["GloVe's spaces", "a 1 2 3\nb 4 5 6\n", { label: ["a", "b"] }],
    ["word2vec's first line", "2 3\na 1 2 3\nb 4 5 6\n", { label: ["a", "b"] }],
    ["other numbers besides", "age,v1,v2,v3\n30,1,2,3\n40,4,5,6\n", { age: ["30", "40"] }],
    ["pandas' index", ",d0,d1,d2\n7,1,2,3\n8,4,5,6\n", { index: ["7", "8"] }],
    [
      "pandas' index of words",
      ",0,1,2,kind\na,1,2,3,x\nb,4,5,6,y\n",
      { label: ["a", "b"], kind: ["x", "y"] },
    ],
    ["an index without alike names", ",x,y,z\n7,1,2,3\n8,4,5,6\n", { index: ["7", "8"] }],
    [
      "one that was read and written again",
      "Unnamed: 0,x,y,z\n7,1,2,3\n8,4,5,6\n",
      { "Unnamed: 0": ["7", "8"] },
    ],
  ])("%s", async (_what, text, columns) => {
    const table = await read(text);
    expect([table.rows, table.dims, [...table.data], texts(table)]).toEqual([2, 3, numbers, columns]);
    expect(table.problems).toEqual([]);
  });

  test.each([
    ["UTF-16", Buffer.from("\ufeffé\t1\t2\t3\n", "utf16le")],
    ["Latin-1", Buffer.from("é\t1\t2\t3\n", "latin1")],
  ])("in %s", async (_what, bytes) => {
    const table = await read(bytes);
    expect([texts(table), [...table.data]]).toEqual([{ label: ["é"] }, [1, 2, 3]]);
  });

  test("a first value that is missing makes no header", async () => {
    const table = await read(",1,2,3\n,4,5,6\nc,7,8,9\n");
    expect([table.rows, table.dims]).toEqual([3, 3]);
  });

  test("rows that do not fit are kept without values, and named by line", async () => {
    const table = await read("a\t1\t2\t3\nb\t1\t2\nc\t1\tx\t3\nd\tnan\t2\t-inf\ne\t1\t2\t3\n");
    expect([...table.data]).toEqual([
      1,
      2,
      3,
      Number.NaN,
      Number.NaN,
      Number.NaN,
      1,
      Number.NaN,
      3,
      Number.NaN,
      2,
      Number.NEGATIVE_INFINITY,
      1,
      2,
      3,
    ]);
    expect(texts(table)).toEqual({ label: ["a", "b", "c", "d", "e"] });
    expect(table.problems).toEqual(["line 2 has 3 values, not 4", 'line 3, 3: "x" is no number']);
  });

  test("without numbers it is metadata", async () => {
    const table = await read("word\tkind\ntea\tdrink\ncat\tanimal\n");
    expect([table.dims, table.rows, texts(table)]).toEqual([
      0,
      2,
      { word: ["tea", "cat"], kind: ["drink", "animal"] },
    ]);
    expect(texts(await read("tea\ncat\n"))).toEqual({ label: ["tea", "cat"] });
  });
});

describe("NumPy", () => {
  const matrix = async () =>
    new Uint8Array(await npyOf(Float32Array.of(1, 2, 3, 4, 5, 6), 2, 3).arrayBuffer());

  test("a matrix", async () => {
    const table = await read(await matrix());
    expect([table.rows, table.dims, [...table.data]]).toEqual([2, 3, [1, 2, 3, 4, 5, 6]]);
  });

  test("a zip: the largest matrix, and columns of as many rows", async () => {
    const words = npy(
      "<U3",
      "(2,)",
      [..."tea", ..."cat"].flatMap((letter) => [letter.charCodeAt(0), 0, 0, 0]),
    );
    const other = npy("|u1", "(3,)", [1, 2, 3]);
    const table = await read(zipSync({ "x.npy": await matrix(), "words.npy": words, "other.npy": other }));
    expect([table.dims, texts(table)]).toEqual([3, { words: ["tea", "cat"] }]);
    expect(table.problems).toEqual(["other has the shape [3], not 2 rows; left out"]);
  });

  test("texts as long as the widest that there is room for", async () => {
    const length = 200_000;
    const bytes = npy(`<U${length}`, "(1,)", new Array<number>(4 * length).fill(0));
    const header = bytes.length - 4 * length;
    for (let letter = 0; letter < length; letter++) bytes[header + 4 * letter] = 0x61;
    const table = await read(zipSync({ "x.npy": npy("|u1", "(1, 2)", [1, 2]), "words.npy": bytes }));
    expect(texts(table).words?.[0]).toHaveLength(length);
  });

  test("a zip: arrays of more dimensions are left out and named, those of one column are columns", async () => {
    const images = npy("|u1", "(2, 2, 2)", [1, 2, 3, 4, 5, 6, 7, 8]);
    const kinds = npy("|u1", "(2, 1)", [7, 8]);
    const table = await read(zipSync({ "images.npy": images, "x.npy": await matrix(), "y.npy": kinds }));
    expect([table.dims, [...table.data], texts(table)]).toEqual([3, [1, 2, 3, 4, 5, 6], { y: ["7", "8"] }]);
    expect(table.problems).toEqual([
      "images.npy: an array of shape [2, 2, 2] is neither a matrix nor a column; left out",
    ]);
    expect(texts(await read(kinds))).toEqual({ vectors: ["7", "8"] });
    await expect(read(zipSync({ "images.npy": images }))).rejects.toThrow("[2, 2, 2] is neither a matrix");
  });

  test("column by column, and integers", async () => {
    const bytes = npy("|i1", "(2, 3)", [1, 4, 2, 5, 3, 6], true);
    expect([...(await read(bytes)).data]).toEqual([1, 2, 3, 4, 5, 6]);
  });

  test("that ends early says so", async () => {
    await expect(read((await matrix()).subarray(0, 140))).rejects.toThrow(
      "it ends early: 3 of 6 values are there",
    );
  });

  function npy(descr: string, shape: string, data: readonly number[], fortran = false): Uint8Array {
    const words = `{'descr': '${descr}', 'fortran_order': ${fortran ? "True" : "False"}, 'shape': ${shape}, }`;
    const header = `${words.padEnd(117, " ")}\n`;
    return Uint8Array.from([0x93, ...strToU8("NUMPY"), 1, 0, header.length, 0, ...strToU8(header), ...data]);
  }
});

test("Arrow: lists are vectors", async () => {
  const table = tableFromArrays({
    word: ["tea", "cat"],
    vector: [
      [1, 2, 3],
      [4, 5, 6],
    ],
  });
  const found = await read(tableToIPC(table, { format: "file" })!);
  expect([found.format, found.dims, [...found.data], texts(found)]).toEqual([
    "Arrow",
    3,
    [1, 2, 3, 4, 5, 6],
    { word: ["tea", "cat"] },
  ]);
});

test("Parquet: columns called alike are the vector", async () => {
  const columnData = [
    { name: "word", data: ["tea", "cat"] },
    ...[0, 1, 2].map((d) => ({ name: `dim_${d}`, data: new Float32Array([1 + d, 4 + d]) })),
  ];
  const found = await read(new Uint8Array(parquetWriteBuffer({ columnData })));
  expect([found.format, [...found.data], texts(found)]).toEqual([
    "Parquet",
    [1, 2, 3, 4, 5, 6],
    { word: ["tea", "cat"] },
  ]);
});

test.each([
  "pandas-lz4.feather",
  "pyarrow-zstd.feather",
  "polars-lz4.arrow",
  "polars-zstd.arrow",
  "pandas-brotli.parquet",
  "pandas-lz4.parquet",
  "polars-lz4.parquet",
  "polars-zstd.parquet",
  "pyarrow-gzip.parquet",
])("compressed: %s", async (name) => {
  const found = await read(new Uint8Array(readFileSync(new URL(`files/${name}`, import.meta.url))));
  expect([found.rows, found.dims, found.problems]).toEqual([4096, 3, []]);
  const rows = Array.from({ length: 4096 }, (_, row) => row);
  expect([...found.data]).toEqual(rows.flatMap((row) => [row % 16, 1.5, -1]));
  expect(texts(found)).toEqual({ word: rows.map((row) => `word${row % 7}`) });
});

test("a damaged frame of LZ4 is refused in words", () => {
  const frame = (...bytes: number[]) => Uint8Array.of(0x04, 0x22, 0x4d, 0x18, 0x40, 0x40, 0, ...bytes);
  const block = [5, 0, 0, 0, 0x10, 7, 1, 0, 0x00];
  expect(() => decompressLz4Frame(Uint8Array.of(1, 2, 3, 4, 5, 6, 7, 8), 1)).toThrow("it is no LZ4 frame");
  expect(() => decompressLz4Frame(frame(4, 0, 0, 0, 0x10, 7, 9, 0), 8)).toThrow(
    "copies from before its start",
  );
  expect(() => decompressLz4Frame(frame(...block, 0, 0, 0, 0), 8)).toThrow(/holds \d+ bytes, not 8/);
});

describe("JSON", () => {
  test("lines of objects; a line that is none keeps its place", async () => {
    const found = await read(
      '{"word":"tea","v":[1,2,3]}\n{"word":\n{"word":"cat","v":[4,5]}\n{"word":"dog","v":[7,8,9]}\n',
    );
    expect(found.dims).toBe(3);
    expect([...found.data]).toEqual([
      1,
      2,
      3,
      Number.NaN,
      Number.NaN,
      Number.NaN,
      Number.NaN,
      Number.NaN,
      Number.NaN,
      7,
      8,
      9,
    ]);
    expect(texts(found)).toEqual({ word: ["tea", null, "cat", "dog"] });
    expect(found.problems).toEqual([
      expect.stringMatching(/^line 2 is no JSON/),
      'line 2 has no list of numbers in "v"',
      'line 3 has 2 values in "v", not 3',
    ]);
  });

  const NONE = Number.NaN;
  test("a value that is missing, and a row that is something else, take no column away", async () => {
    const good = Array.from({ length: 8 }, (_, i) => `{"v":[${i},1,2],"x":${i}}\n`).join("");
    const found = await read(`${good}{"v":[1,null,3],"x":"oops"}\n{"v":"oops","x":""}\n`);
    expect(found.dims).toBe(3);
    expect([...found.data.slice(-6)]).toEqual([1, NONE, 3, NONE, NONE, NONE]);
    expect(found.problems).toEqual([
      'line 9 has a value in "v" that is missing',
      'line 10 has no list of numbers in "v"',
    ]);
    const source = await openFile(new TextEncoder().encode(`${good}{"x":"oops"}\n{"x":""}\n`).buffer);
    const { data, problems } = source.read({ vectors: ["x"], metadata: [] });
    expect([...data]).toEqual([0, 1, 2, 3, 4, 5, 6, 7, NONE, NONE]);
    expect(problems).toContain('line 9: "oops" in "x" is no number');
  });

  test("Python's numbers that JSON does not have, and the same words in texts", async () => {
    const lines = '{"word":"a NaN, \\"Infinity","v":[NaN,Infinity,-Infinity]}\n{"word":"cat","v":[1,2,3]}\n';
    const found = await read(lines);
    expect([...found.data]).toEqual([NONE, Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY, 1, 2, 3]);
    expect(texts(found)).toEqual({ word: ['a NaN, "Infinity', "cat"] });
    expect([...(await read(`[${lines.trim().replace("\n", ",")}]`)).data]).toEqual([...found.data]);
  });

  test("lists of numbers, and a line that is none", async () => {
    const found = await read("[1,2]\n[3,\n[5,6]\n");
    expect([...found.data]).toEqual([1, 2, NONE, NONE, 5, 6]);
  });

  test("one list, and lists of numbers", async () => {
    expect((await read('[{"v":[1,2]},{"v":[3,4]}]')).dims).toBe(2);
    expect([...(await read("[1,2]\n[3,4]\n")).data]).toEqual([1, 2, 3, 4]);
  });
});

test.each([
  ["nothing", "", "the file is empty"],
  ["bytes", Uint8Array.of(0, 1, 2, 3, 0), "it is none of TSV, CSV, NPY"],
  ["blank lines", "\n \n", "the file has no line with anything in it"],
  ["a zip of something else", zipSync({ "a.txt": strToU8("x") }), "the zip holds no array that can be read"],
])("%s is refused in words", async (_what, content, words) => {
  await expect(read(content)).rejects.toThrow(words);
});
