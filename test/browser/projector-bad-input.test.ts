/** Embeddings that are not as they should be: said in words on the page, and everything good still shown. */
import { mkdirSync } from "node:fs";
import path from "node:path";
import { expect, test } from "vitest";
import { WITH_WEBGL } from "../../scripts/chromium.ts";
import { createFileWriter } from "../../summary/index.ts";
import { describeInBrowser } from "../tools/chromium.ts";
import { writeFile } from "../tools/records.ts";
import { servedPage } from "./served-page.ts";

const lines = (rows: readonly (readonly (number | string)[])[]): string =>
  `${rows.map((row) => row.join("\t")).join("\n")}\n`;
const floats = (...values: number[]): Uint8Array => new Uint8Array(Float32Array.from(values).buffer);

interface Case {
  /** Lines of an embedding's config beside its name. */
  readonly config: string;
  readonly files: Readonly<Record<string, string | Uint8Array>>;
  /** What is said below the tensor's name. */
  readonly words: readonly RegExp[];
  /** Rows with a place. */
  readonly placed: number;
}

/** `TSBOARD_BAD_INPUT_PICTURES=FOLDER` keeps a picture of each. */
const pictures = process.env.TSBOARD_BAD_INPUT_PICTURES;

const square = [
  [0, 0, 1],
  [1, 0, 2],
  [0, 1, 3],
  [1, 1, 5],
];
const named = (...names: string[]): string => `${names.join("\n")}\n`;
const WITH_NAMES = 'tensor_path: "t.tsv" metadata_path: "m.tsv"';

const cases: Readonly<Record<string, Case>> = {
  "rows of uneven length": {
    config: 'tensor_path: "t.tsv"',
    files: {
      "t.tsv": lines([
        [0, 0, 1],
        [1, 0],
        [0, 1, 3],
        [1, 1, 5, 7],
        [2, 1, 1],
      ]),
    },
    words: [
      /Vectors, line 2 has 2 values, the first has 3/,
      /Vectors, line 4 has 4 values, the first has 3/,
      /2 points with NaN or infinities have no place: row 1, 3/,
      /5 points of 3 dimensions/,
    ],
    placed: 3,
  },
  "values that are no numbers": {
    config: 'tensor_path: "t.tsv"',
    files: {
      "t.tsv": lines([
        [0, 0, 1],
        [1, "oops", 2],
        [0, 1, 3],
        [1, 1, 5],
      ]),
    },
    words: [/Vectors, .*"oops"/, /1 point with NaN or infinities has no place: row 1/],
    placed: 3,
  },
  "NaN and infinities": {
    config: 'tensor_path: "t.bytes" tensor_shape: 5 tensor_shape: 2',
    files: { "t.bytes": floats(0, 0, Number.NaN, 1, 1, 0, 2, Number.POSITIVE_INFINITY, 3, 3) },
    words: [/2 points with NaN or infinities have no place: row 1, 3/, /5 points of 2 dimensions/],
    placed: 3,
  },
  "equal rows and constant columns": {
    config: 'tensor_path: "t.tsv"',
    files: { "t.tsv": lines([...square, ...square].map(([x, y]) => [x!, y!, 4])) },
    words: [/8 points of 3 dimensions, 4 equal to another, 1 dimension the same in all/],
    placed: 8,
  },
  "all rows equal": {
    config: 'tensor_path: "t.tsv"',
    files: { "t.tsv": lines(Array.from({ length: 6 }, () => [1, 2, 3])) },
    words: [/6 points of 3 dimensions, 5 equal to another, 3 dimensions the same in all/],
    placed: 6,
  },
  "two points": {
    config: 'tensor_path: "t.tsv"',
    files: { "t.tsv": lines(square.slice(0, 2)) },
    words: [/2 points are too few for a projection to say anything/],
    placed: 2,
  },
  "one point": {
    config: 'tensor_path: "t.bytes" tensor_shape: 1 tensor_shape: 3',
    files: { "t.bytes": floats(1, 2, 3) },
    words: [/1 point is too few for a projection to say anything/],
    placed: 1,
  },
  "more dimensions than points": {
    config: 'tensor_path: "t.tsv"',
    files: { "t.tsv": lines(square.map((row, i) => [...row, ...row.map((x) => x * i), i * i])) },
    words: [/More dimensions than points: only the first 3 components say something/],
    placed: 4,
  },
  "metadata longer than the vectors": {
    config: WITH_NAMES,
    files: { "t.tsv": lines(square), "m.tsv": named("a", "b", "c", "d", "e", "f") },
    words: [/The metadata have 6 rows for 4 points: those beyond are left out/],
    placed: 4,
  },
  "metadata shorter than the vectors": {
    config: WITH_NAMES,
    files: { "t.tsv": lines(square), "m.tsv": named("a", "b") },
    words: [/The metadata have 2 rows for 4 points: the last have none/],
    placed: 4,
  },
  "metadata that are not there": {
    config: 'tensor_path: "t.tsv" metadata_path: "gone.tsv"',
    files: { "t.tsv": lines(square) },
    words: [/The metadata cannot be shown: .*gone\.tsv/],
    placed: 4,
  },
  "metadata with lines of uneven length": {
    config: WITH_NAMES,
    files: { "t.tsv": lines(square), "m.tsv": "name\tkind\na\tx\nb\nc\tx\ty\nd\tx\n" },
    words: [/Metadata, .*3/],
    placed: 4,
  },
};

describeInBrowser("bad input", { timeout: 60_000 }, () => {
  const served = servedPage(async (logdir) => {
    for (const [name, { config, files }] of Object.entries(cases))
      await makeRun(logdir, runOf(name), config, files);
    const further = 'embeddings { tensor_name: "good" tensor_path: "t.tsv" }';
    await makeRun(logdir, "nowhere", 'tensor_path: "gone.tsv"', { "t.tsv": lines(square) }, further);
  }, WITH_WEBGL);

  const open = (run: string) =>
    served.open(`projector?p_run=${run}&p_tensor=t`, {
      reducedMotion: "reduce",
      acceptDownloads: true,
      // The browser's own word for what the server refused with a reason.
      expected: /status of 400/,
    });

  test.each(Object.keys(cases))("%s: said, and the good is shown", async (name) => {
    const { words, placed } = cases[name]!;
    const page = await open(runOf(name));
    await page.locator('.pj-points[data-view="pca"]').waitFor();
    const setup = page.getByRole("region", { name: "Set up" });
    for (const expected of words) await expect.poll(() => setup.innerText()).toMatch(expected);
    expect(await page.getByRole("alert").count()).toBe(0);
    if (pictures) {
      mkdirSync(pictures, { recursive: true });
      await page.waitForTimeout(600);
      await page.screenshot({ path: path.join(pictures, `${runOf(name)}.png`) });
    }
    // Every row that has a place is in the file of places.
    await page.getByRole("button", { name: "Save the points" }).click();
    const download = page.waitForEvent("download");
    await page.getByRole("menuitem", { name: /^CSV/ }).click();
    expect(await placesIn(await (await download).createReadStream())).toBe(placed);
  });

  test("a config that points nowhere: said, and the others stay", async () => {
    const page = await open("nowhere");
    expect(await page.getByRole("alert").innerText()).toMatch(/"gone.tsv", which ".*" names, is not there/);
    if (pictures) await page.screenshot({ path: path.join(pictures, "nowhere.png") });
    await page.getByLabel("Tensor").selectOption({ label: "nowhere: good (4 × 3)" });
    await page.locator('.pj-points[data-view="pca"]').waitFor();
  });
});

const runOf = (name: string): string => name.replaceAll(" ", "-");

async function makeRun(
  logdir: string,
  run: string,
  config: string,
  files: Case["files"],
  further = "",
): Promise<void> {
  const writer = createFileWriter(path.join(logdir, run));
  writer.scalar("loss", 1, { step: 0 });
  await writer.close();
  for (const [file, content] of Object.entries(files))
    writeFile(logdir, `${run}/${file}`, Buffer.from(content));
  const text = `embeddings { tensor_name: "t" ${config} }\n${further}\n`;
  writeFile(logdir, `${run}/projector_config.pbtxt`, Buffer.from(text));
}

/** Rows of a table of points that have a place. */
async function placesIn(stream: AsyncIterable<Uint8Array>): Promise<number> {
  const pieces: Uint8Array[] = [];
  for await (const piece of stream) pieces.push(piece);
  const [header, ...rows] = Buffer.concat(pieces).toString().trim().split("\r\n");
  const x = header!.split(",").indexOf("pca_x");
  return rows.filter((row) => row.split(",")[x] !== "" && Number.isFinite(Number(row.split(",")[x]))).length;
}
