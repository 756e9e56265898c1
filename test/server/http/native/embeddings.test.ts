/** Embeddings over the native API: what there is, all vectors or some, metadata, and files that are not as they should be. */
import { writeFileSync } from "node:fs";
import path from "node:path";
import { type Client, connect } from "tsboard/client";
import { beforeEach, describe, expect, test } from "vitest";
import { projector } from "../../../../summary/index.ts";
import { SetUps } from "../../projector/set-ups.ts";

let logs: SetUps;
beforeEach(() => {
  logs = new SetUps();
});

async function serve(): Promise<Client> {
  return connect((await logs.serve()).url);
}

const grid = Float32Array.from({ length: 30 }, (_, i) => i);

test("runs, tensors and their steps, sprites, metadata and bookmarks", async () => {
  const folder = logs.run("train");
  logs.run("nothing");
  for (const step of [0, 10])
    await projector(folder, "words", grid, { shape: [10, 3], step, metadata: [..."abcdefghij"] });
  const images = { data: new Uint8Array(10 * 4 * 6), shape: [10, 4, 6] };
  await projector(folder, "digits:0", grid, { shape: [10, 3], images, bookmarks: [{ label: "one" }] });
  const client = await serve();
  const [run, ...others] = await client.embeddings();
  expect(others).toEqual([]);
  expect(run).toMatchObject({ run: "train", checkpoint: "", checkpoint_problem: null });
  const words = { tensor: "words", shape: [10, 3], has_metadata: true, has_bookmarks: false, sprite: null };
  expect(run?.tensors).toEqual([
    { name: "words:00000", step: 0, ...words },
    { name: "words:00010", step: 10, ...words },
    // TensorFlow's name of an output is no step.
    {
      name: "digits",
      tensor: "digits",
      step: null,
      shape: [10, 3],
      has_metadata: false,
      has_bookmarks: true,
      sprite: [6, 4],
    },
  ]);
  expect(await client.bookmarks({ run: "train", name: "digits:0" })).toEqual([{ label: "one" }]);
  const sprite = await fetch(client.spriteUrl({ run: "train", name: "digits:0" }));
  expect(sprite.headers.get("content-type")).toBe("image/png");
  expect(await client.embeddings({ first: true })).toHaveLength(1);
});

test("no embeddings: an empty list", async () => {
  logs.run("a");
  const client = await serve();
  expect(await client.embeddings({ first: true })).toEqual([]);
  await expect(client.vectors({ run: "a", name: "x" })).rejects.toThrow('no embeddings in run "a"');
});

describe("vectors", () => {
  const ranges = [
    [{}, 0, 10],
    [{ from: 4 }, 4, 10],
    [{ from: 4, rows: 3 }, 4, 7],
    [{ from: 9, rows: 100 }, 9, 10],
    [{ from: 20 }, 10, 10],
  ] as const;

  test.each(ranges)("%j", async (range, from, to) => {
    const folder = logs.run("a");
    await projector(
      folder,
      "bytes",
      Float32Array.from(grid, (x) => x - 0.3),
      { shape: [10, 3] },
    );
    logs.write(
      "a/t.tsv",
      Array.from({ length: 10 }, (_, i) => grid.slice(3 * i, 3 * i + 3).join("\t")).join("\n"),
    );
    const config = path.join(folder, "projector_config.pbtxt");
    writeFileSync(config, 'embeddings { tensor_name: "text" tensor_path: "t.tsv" }\n', { flag: "a" });
    logs.checkpoint("saver", "a");
    const client = await serve();
    const text = await client.vectors({ run: "a", name: "text", ...range });
    expect(text).toEqual({
      rows: to - from,
      columns: 3,
      totalRows: 10,
      problems: [],
      data: grid.slice(3 * from, 3 * to),
    });
    const bytes = await client.vectors({ run: "a", name: "bytes", ...range });
    expect(bytes.data).toEqual(Float32Array.from(grid.slice(3 * from, 3 * to), (x) => Math.fround(x - 0.3)));
    const whole = await client.vectors({ run: "a", name: "words" });
    const part = await client.vectors({ run: "a", name: "words", ...range });
    expect(part.data).toEqual(whole.data.slice(from * whole.columns, to * whole.columns));
  });

  const odd: readonly (readonly [string, string | Uint8Array, (number | null)[], string[]])[] = [
    [
      "uneven rows",
      "1\t2\n3\n4\t5\t6\n7\t8\n",
      [1, 2, null, null, null, null, 7, 8],
      ["line 2 has 1 value, the first has 2", "line 3 has 3 values, the first has 2"],
    ],
    ["words", "1\t2\n3\tx\n", [1, 2, 3, null], ['line 2: "x" is no number']],
    ["NaN and infinities", "nan\t2\n3\t-inf\n", [null, 2, 3, Number.NEGATIVE_INFINITY], []],
    ["line ends of the Macintosh", "1\t2\r3\t4\r", [1, 2, 3, 4], []],
    ["line ends of DOS", "1\t2\r\n3\t4\r\n", [1, 2, 3, 4], []],
    ["a byte-order mark", "\ufeff1\t2\n3\t4\n", [1, 2, 3, 4], []],
    ["UTF-16", Buffer.from("\ufeff1\t2\n3\t4\n", "utf16le"), [1, 2, 3, 4], []],
    ["Latin-1", Buffer.from("1\t2\n3\t\xe9\n", "latin1"), [1, 2, 3, null], ['line 2: "é" is no number']],
  ];

  test.each(odd)(
    "with %s are read as far as they go, and it is said what is wrong",
    async (_what, content, values, problems) => {
      logs.run("a");
      logs.write("a/t.tsv", content);
      logs.config("a", 'embeddings { tensor_name: "t" tensor_path: "t.tsv" }');
      const vectors = await (await serve()).vectors({ run: "a", name: "t" });
      expect(vectors.columns).toBe(2);
      expect([...vectors.data]).toEqual(values.map((value) => value ?? Number.NaN));
      expect(vectors.problems).toEqual(problems);
    },
  );

  test("of fewer bytes than the config says are those that are there", async () => {
    logs.run("a");
    logs.write("a/t.bytes", new Uint8Array(grid.buffer).subarray(0, 100));
    logs.config(
      "a",
      'embeddings { tensor_name: "t" tensor_path: "t.bytes" tensor_shape: 10 tensor_shape: 3 }',
    );
    const vectors = await (await serve()).vectors({ run: "a", name: "t" });
    expect([vectors.rows, [...vectors.data]]).toEqual([8, [...grid.slice(0, 24)]]);
    expect(vectors.problems).toEqual([
      "the file has 100 bytes, but float32 of shape [10, 3] take 120: 8 rows are shown",
    ]);
  });

  test("are sent as they are: compressing them takes many times as long as reading them", async () => {
    await projector(logs.run("a"), "t", new Float32Array(2000), { shape: [1000, 2] });
    const question = new URL("api/v1/embeddings/vectors?run=a&name=t", (await logs.serve()).url);
    const { headers } = await fetch(question, { headers: { "Accept-Encoding": "gzip" } });
    expect(headers.get("content-encoding")).toBeNull();
    expect(headers.get("content-length")).toBe("8000");
  });

  test("that are nowhere: which file the config names", async () => {
    logs.run("a");
    logs.write("a/t.tsv", "1\t2\n");
    logs.config("a", 'embeddings { tensor_name: "t" tensor_path: "gone.tsv" }');
    await expect((await serve()).vectors({ run: "a", name: "t" })).rejects.toThrow(
      /"gone.tsv", which ".*" names, is not there/,
    );
  });
});

describe("metadata", () => {
  const tables: readonly (readonly [string, string | Uint8Array, Record<string, string[]>, string[]])[] = [
    ["a header", "word\tcount\na\t1\nb\t2\n", { word: ["a", "b"], count: ["1", "2"] }, []],
    ["one column, without a header", "a\nb", { label: ["a", "b"] }, []],
    ["a blank line", "a\n\nb\n", { label: ["a", "b"] }, ["line 2 is blank and no row"]],
    [
      "uneven lines",
      "x\ty\na\nb\t1\t2\n",
      { x: ["a", "b"], y: ["", "1"] },
      ["line 2 has 1 value for 2 columns", "line 3 has 3 values for 2 columns"],
    ],
    ["DOS's line ends and a mark", "\ufeffx\ty\r\na\t1\r\n", { x: ["a"], y: ["1"] }, []],
    ["UTF-16", Buffer.from("\ufeffx\ty\né\t1\n", "utf16le"), { x: ["é"], y: ["1"] }, []],
    ["Latin-1", Buffer.from("caf\xe9\n", "latin1"), { label: ["café"] }, []],
    ["columns of one name", "x\tx\na\tb\n", { x: ["a"], "x (2)": ["b"] }, []],
  ];

  test.each(tables)("with %s", async (_what, content, columns, problems) => {
    logs.run("a");
    logs.write("a/t.tsv", "1\t2\n");
    logs.write("a/m.tsv", content);
    logs.config("a", 'embeddings { tensor_name: "t" tensor_path: "t.tsv" metadata_path: "m.tsv" }');
    const found = await (await serve()).pointMetadata({ run: "a", name: "t" });
    const texts = found.columns.map(({ name, values, indices }) => [
      name,
      Array.from(indices, (i) => values[i]),
    ]);
    expect(Object.fromEntries(texts)).toEqual(columns);
    expect(found.problems).toEqual(problems);
  });
});
