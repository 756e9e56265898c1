/** Embeddings as files: what stands in them, and what is refused. */
import { existsSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import path from "node:path";
import fc from "fast-check";
import { decode as decodePng } from "fast-png";
import { describe, expect, test } from "vitest";
import { pb } from "../../../proto/index.ts";
import { parseText } from "../../../proto/text-format.ts";
import {
  type ProjectorMetadata,
  type ProjectorOptions,
  projector,
  ShapeError,
  StepError,
  ValueError,
  type Vectors,
} from "../../../summary/index.ts";
import { temporaryDirectory } from "../event-files.ts";

const CONFIG = "projector_config.pbtxt";
const ROWS = [
  [1, 2],
  [3, 4],
  [5, 6.5],
];

function text(directory: string, file: string): string {
  return readFileSync(path.join(directory, file), "utf8");
}

/** The run's config, parsed. */
function configOf(directory: string): pb.projector.ProjectorConfig {
  const { bytes } = parseText("tensorboard.projector.ProjectorConfig", text(directory, CONFIG));
  return pb.projector.ProjectorConfig.decode(bytes);
}

/** What one embedding's metadata file holds. */
async function metadataOf(metadata: ProjectorMetadata): Promise<string> {
  const directory = temporaryDirectory();
  await projector(directory, "x", ROWS, { metadata });
  return text(directory, "projector/x/metadata.tsv");
}

test("everything of an embedding, as golden/projector.txt", async () => {
  const directory = temporaryDirectory();
  await projector(directory, "words/first layer", ROWS, {
    step: 10,
    metadata: { word: ["a", "b", "π"], count: [3, 2, 1] },
    images: { data: Uint8Array.from({ length: 12 }, (_, i) => i * 20), shape: [3, 2, 2] },
    bookmarks: [{ label: "from above", projections: [] }],
  });
  await projector(directory, "plain", ROWS, { metadata: ["a", "b", "c"] });
  const files = readdirSync(directory, { recursive: true, encoding: "utf8" }).filter((f) => /\.\w+$/.test(f));
  const described = files.sort().map((file) => `== ${file}\n${describeFile(path.join(directory, file))}`);
  await expect(`${described.join("\n\n")}\n`).toMatchFileSnapshot("../golden/projector.txt");
});

/** Text as it is, a PNG as its pixels, other bytes in hexadecimal. */
function describeFile(file: string): string {
  const bytes = readFileSync(file);
  if (file.endsWith(".bytes")) return bytes.toString("hex");
  if (!file.endsWith(".png")) return bytes.toString("utf8").trimEnd();
  const { width, height, channels, data } = decodePng(bytes);
  const rows = Array.from({ length: height }, (_, y) =>
    data.slice(y * width * channels, (y + 1) * width * channels),
  );
  return rows.map((row) => row.join(" ")).join("\n");
}

describe("vectors", () => {
  const expected = Float32Array.of(1, 2, 3, 4, 5, 6.5);
  const tensor = { shape: [3, 2], dtype: "float32", dataSync: () => expected };
  test.each<[string, Vectors, ProjectorOptions]>([
    ["rows of numbers", ROWS, {}],
    ["rows of typed arrays", ROWS.map((row) => Float64Array.from(row)), {}],
    ["a tensor", tensor, {}],
    ["a typed array and a shape", expected, { shape: [3, 2] }],
  ])("%s", async (_name, vectors, options) => {
    const directory = temporaryDirectory();
    await projector(directory, "x", vectors, options);
    const bytes = readFileSync(path.join(directory, "projector/x/tensors.bytes"));
    expect(new Float32Array(Uint8Array.from(bytes).buffer)).toEqual(expected);
    expect(configOf(directory).embeddings).toMatchObject([{ tensorName: "x", tensorShape: [3, 2] }]);
  });

  test("are copied at once: the training may reuse its arrays", async () => {
    const directory = temporaryDirectory();
    const data = Float32Array.of(-1, -2);
    const written = projector(directory, "x", data, { shape: [1, 2] });
    data.fill(0);
    await written;
    const bytes = readFileSync(path.join(directory, "projector/x/tensors.bytes"));
    expect(new Float32Array(Uint8Array.from(bytes).buffer)).toEqual(Float32Array.of(-1, -2));
  });

  // Stock reads a file as text first, and fails when bytes look like text (see test/interop/http.test.ts).
  test.each([
    ["zeros", [0, 0]],
    ["twos", [2, 2]],
    ["a line of text before bytes that are none", [bitsToFloat(0x4141_410a), -1.5]],
  ])("%s, whose bytes begin like text, are written as text", async (_name, row) => {
    const directory = temporaryDirectory();
    await projector(directory, "x", [row]);
    expect(text(directory, "projector/x/tensors.tsv")).toBe(`${row.join("\t")}\n`);
  });
});

describe("metadata", () => {
  test("labels are lines", async () => {
    expect(await metadataOf(["a", 2, true])).toBe("a\n2\ntrue\n");
  });

  test("columns are a table", async () => {
    const columns = { word: ["a", "", "c"], id: BigInt64Array.of(1n, 2n, 3n), known: [true, false, true] };
    expect(await metadataOf(columns)).toBe("word\tid\tknown\na\t1\ttrue\n\t2\tfalse\nc\t3\ttrue\n");
  });

  test("so are rows, in which something may be left out", async () => {
    const rows = [{ word: "a" }, { word: "b", count: 2 }, { count: 3 }];
    expect(await metadataOf(rows)).toBe("word\tcount\na\t\nb\t2\n\t3\n");
  });

  test("a table of one column has no header: the projector would take it for a point", async () => {
    expect(await metadataOf({ word: ["a", "b", "c"] })).toBe("a\nb\nc\n");
  });
});

describe("sprites", () => {
  async function sheet(images: ProjectorOptions["images"], points: number) {
    const directory = temporaryDirectory();
    const vectors = Array.from({ length: points }, (_, i) => [-i, -1]);
    await projector(directory, "x", vectors, { images });
    const { width, height, channels, data } = decodePng(
      readFileSync(path.join(directory, "projector/x/sprite.png")),
    );
    const size = configOf(directory).embeddings[0]?.sprite?.singleImageDim;
    return { width, height, channels, pixels: Array.from(data), size };
  }

  test("stand row by row in a square grid", async () => {
    const data = Uint8Array.of(1, 2, 3, 4, 5);
    expect(await sheet({ data, shape: [5, 1, 1] }, 5)).toEqual({
      width: 3,
      height: 3,
      channels: 1,
      pixels: [1, 2, 3, 4, 5, 0, 0, 0, 0],
      size: [1, 1],
    });
  });

  test("may be coloured, and wider than high", async () => {
    const tensor = {
      shape: [2, 1, 2, 3],
      dtype: "int32",
      dataSync: () => Int32Array.of(1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12),
    };
    expect(await sheet(tensor, 2)).toEqual({
      width: 4,
      height: 2,
      channels: 3,
      pixels: [1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, ...new Array(12).fill(0)],
      size: [2, 1],
    });
  });

  test("of any count keep each image whole and in its place", async () => {
    const given = fc.tuple(
      fc.integer({ min: 1, max: 17 }),
      fc.integer({ min: 1, max: 4 }),
      fc.integer({ min: 1, max: 4 }),
    );
    await fc.assert(
      fc.asyncProperty(given, async ([points, height, width]) => {
        const size = height * width;
        const data = Uint8Array.from({ length: points * size }, (_, i) => i);
        const { width: sheetWidth, pixels } = await sheet({ data, shape: [points, height, width] }, points);
        const columns = sheetWidth / width;
        for (let i = 0; i < data.length; i++) {
          const [point, y, x] = [Math.floor(i / size), Math.floor((i % size) / width), i % width];
          const row = Math.floor(point / columns) * height + y;
          expect(pixels[row * sheetWidth + (point % columns) * width + x]).toBe(data[i]);
        }
      }),
      { numRuns: 30 },
    );
  });
});

describe("the config", () => {
  test("keeps other names and steps, and takes the same once", async () => {
    const directory = temporaryDirectory();
    const negative = [[-1, -2]];
    await Promise.all([
      projector(directory, "a", negative),
      projector(directory, "b", negative, { step: 1 }),
      projector(directory, "b", negative, { step: 20n }),
      projector(directory, "a", [...negative, ...negative]),
    ]);
    expect(configOf(directory).embeddings.map((e) => [e.tensorName, e.tensorShape])).toEqual([
      ["a", [2, 2]],
      ["b:00001", [1, 2]],
      ["b:00020", [1, 2]],
    ]);
    const parts = readdirSync(directory, { recursive: true, encoding: "utf8" });
    expect(parts.filter((file) => file.endsWith(".part"))).toEqual([]);
  });

  const hand = [
    "# by hand",
    'model_checkpoint_path: "model-10"',
    'embeddings { tensor_name: "mine" metadata_path: "words.tsv" }  # mine',
    "future_field: 3",
  ].join("\n");

  test("by hand stays as it is written, and the new embedding stands at its end", async () => {
    const directory = directoryWith(hand);
    await projector(directory, "x", ROWS);
    expect(text(directory, CONFIG).startsWith(`${hand}\nembeddings {\n  tensor_name: "x"\n`)).toBe(true);
    await projector(directory, "x", ROWS);
    expect(configOf(directory).embeddings).toHaveLength(2);
  });

  test("by hand is printed anew only where nothing is lost", async () => {
    const directory = directoryWith(hand.replace("future_field: 3", ""));
    await projector(directory, "mine:0", ROWS);
    expect(text(directory, CONFIG)).toContain('model_checkpoint_path: "model-10"');
    expect(configOf(directory).embeddings).toMatchObject([{ tensorName: "mine:0", metadataPath: "" }]);
    const strict = directoryWith(hand);
    await expect(projector(strict, "mine", ROWS)).rejects.toThrow(/line 4.*future_field/);
    expect(text(strict, CONFIG)).toBe(hand);
  });

  test("that cannot be read is left as it is", async () => {
    const directory = directoryWith("embeddings {");
    await expect(projector(directory, "x", ROWS)).rejects.toThrow(ValueError);
    await expect(projector(directory, "x", ROWS)).rejects.toThrow(/left as it is: line 1/);
    expect(text(directory, CONFIG)).toBe("embeddings {");
  });

  function directoryWith(config: string): string {
    const directory = temporaryDirectory();
    writeFileSync(path.join(directory, CONFIG), config);
    return directory;
  }
});

test.each(["..", ".", "a/../../b", "C:\\x", "con*?", "\ud800", "a/b"])(
  "a name such as %j stays inside the run's directory",
  async (name) => {
    const outer = temporaryDirectory();
    const directory = path.join(outer, "run");
    await projector(directory, name, ROWS);
    expect(readdirSync(outer)).toEqual(["run"]);
    expect(readdirSync(directory).sort()).toEqual(["projector", CONFIG]);
    const [folder] = readdirSync(path.join(directory, "projector"));
    expect(folder).toMatch(/^[\w.%-]+$/);
    expect(existsSync(path.join(directory, configOf(directory).embeddings[0]?.tensorPath ?? ""))).toBe(true);
  },
);

describe("what does not fit is refused with a word on what would, and nothing is written", () => {
  const pixels = (points: number, side: number) => ({
    data: new Uint8Array(points * side * side),
    shape: [points, side, side],
  });
  const many = (points: number) => Array.from({ length: points }, () => [-1]);
  test.each<[string, string, Vectors, ProjectorOptions, new (message: string) => Error, RegExp]>([
    ["no name", "", ROWS, {}, ValueError, /has a name/],
    ["a name too long", "x".repeat(300), ROWS, {}, ValueError, /too long/],
    ["no points", "x", [], {}, ShapeError, /at least one point, not \[0, 0\]/],
    ["a vector of numbers", "x", Float32Array.of(1), { shape: [1] }, ShapeError, /a matrix .*not \[1\]/],
    ["numbers without a shape", "x", Float32Array.of(1, 2), {}, ShapeError, /\[points, dimensions\]/],
    ["a shape of other size", "x", Float32Array.of(1, 2), { shape: [2, 2] }, ShapeError, /holds 4 values/],
    ["rows of two lengths", "x", [[1, 2], [3]], {}, ShapeError, /2 dimensions, but row 1 has 1/],
    ["text for numbers", "x", [["1"]] as never, {}, ValueError, /element 0 is string "1"/],
    ["text for vectors", "x", "rows" as never, {}, ValueError, /not string "rows"/],
    ["too few labels", "x", ROWS, { metadata: ["a", "b"] }, ShapeError, /3 points, but 2 values/],
    ["a short column", "x", ROWS, { metadata: { word: ["a"] } }, ShapeError, /1 values in metadata "word"/],
    ["too many rows", "x", [[1]], { metadata: [{ a: 1 }, { a: 2 }] }, ShapeError, /1 points, but 2/],
    ["a tab", "x", [[1]], { metadata: ["a\tb"] }, ValueError, /tab or line break.*"label" of point 0.*a\\tb/],
    ["a line break", "x", [[1]], { metadata: { word: ["a\nb"] } }, ValueError, /"word" of point 0/],
    ["a tab in a name", "x", [[1]], { metadata: { "a\tb": [1], c: [2] } }, ValueError, /name of a column/],
    ["a blank name", "x", [[1]], { metadata: { " ": [1], c: [2] } }, ValueError, /has no name/],
    ["a blank label", "x", ROWS, { metadata: ["a", " ", "c"] }, ValueError, /point 1 is blank/],
    ["a blank row", "x", [[1]], { metadata: [{ a: "", b: "" }] }, ValueError, /point 0 is blank/],
    ["no columns", "x", [[1]], { metadata: {} }, ValueError, /without columns/],
    ["rows and labels", "x", [[1], [2]], { metadata: [{ a: 1 }, "b"] as never }, ValueError, /row 1 is not/],
    ["an object as label", "x", [[1]], { metadata: { a: [{}] } as never }, ValueError, /is Object/],
    ["a column of one value", "x", [[1]], { metadata: { a: 1 } as never }, ValueError, /an array of values/],
    ["text as metadata", "x", [[1]], { metadata: "a" as never }, ValueError, /not string "a"/],
    ["too few images", "x", ROWS, { images: pixels(2, 4) }, ShapeError, /3 points, but 2 images/],
    [
      "one image",
      "x",
      [[1]],
      { images: { data: new Uint8Array(4), shape: [2, 2] } },
      ShapeError,
      /not \[2, 2\]/,
    ],
    ["a large sheet", "x", many(5), { images: pixels(5, 2731) }, ShapeError, /8193 pixels.*up to 2730/],
    ["bookmarks by name", "x", [[1]], { bookmarks: {} as never }, ValueError, /an array/],
    ["half a step", "x", [[1]], { step: 0.5 }, StepError, /an integer/],
  ])("%s", async (_name, name, vectors, options, error, message) => {
    const directory = temporaryDirectory();
    await expect(projector(directory, name, vectors, options)).rejects.toThrow(error);
    await expect(projector(directory, name, vectors, options)).rejects.toThrow(message);
    expect(readdirSync(directory)).toEqual([]);
  });
});

/** The float whose bytes, little-endian, are these. */
function bitsToFloat(bits: number): number {
  const view = new DataView(new ArrayBuffer(4));
  view.setUint32(0, bits);
  return view.getFloat32(0, true);
}
