/** Points on the projector's canvas under a person's hands: places that are known beforehand, clicked, coloured, dropped. */
import { readFileSync } from "node:fs";
import path from "node:path";
import { decode } from "fast-png";
import type { BrowserContextOptions, Page } from "playwright-core";
import { expect, test } from "vitest";
import { WITH_WEBGL } from "../../scripts/chromium.ts";
import { createFileWriter } from "../../summary/index.ts";
import { describeInBrowser } from "../tools/chromium.ts";
import { makeLogs } from "./projector-logs.ts";
import { servedPage } from "./served-page.ts";

/** Points a side of the square that the columns x and y make. */
const SIDE = 8;
const COUNT = SIDE * SIDE;
const DIMS = 60;
const GREY = [196, 201, 208];

describeInBrowser("points under the hand", { timeout: 60_000 }, () => {
  const served = servedPage(async (logdir) => {
    await makeLogs(logdir);
    await makeSquare(path.join(logdir, "square"));
  }, WITH_WEBGL);
  const newPage = (hash: string, options: BrowserContextOptions = { reducedMotion: "reduce" }) =>
    served.open(hash, { acceptDownloads: true, ...options });

  async function open(hash: string, view: string, options?: BrowserContextOptions): Promise<Page> {
    const page = await newPage(`projector?${hash}`, options);
    await drawn(page, view);
    return page;
  }
  const drawn = (page: Page, view: string) =>
    page.locator(`.pj-points[data-view="${view}"]`).first().waitFor();
  const SQUARE =
    "p_run=square&p_tensor=square&p_dims=2&p_view=columns&p_axes=x&p_axes=y&p_labels=0&p_label=name";
  const WORDS = "p_run=train&p_tensor=words&p_dims=2";

  /** Where a point of the square is on the screen: its corners fill a circle of radius one, of 1.1 in sight. */
  async function spotOf(page: Page, row: number) {
    const box = (await page.locator(".pj-points").boundingBox())!;
    const [i, j] = [row % SIDE, Math.floor(row / SIDE)];
    const half = Math.min(box.width, box.height) / 2 / 1.1;
    const along = (n: number) => (half * ((2 * n) / (SIDE - 1) - 1)) / Math.SQRT2;
    return { x: box.x + box.width / 2 + along(i), y: box.y + box.height / 2 - along(j) };
  }
  async function click(page: Page, row: number, modifier?: "Shift" | "Alt"): Promise<void> {
    const { x, y } = await spotOf(page, row);
    if (modifier) await page.keyboard.down(modifier);
    await page.mouse.click(x, y);
    if (modifier) await page.keyboard.up(modifier);
  }
  /** Red, green and blue in the middle of points. */
  async function colors(page: Page, rows: readonly number[]): Promise<number[][]> {
    await page.mouse.move(2, 2);
    await page.waitForTimeout(400);
    const { data, width, channels } = decode(await page.screenshot());
    return Promise.all(
      rows.map(async (row) => {
        const { x, y } = await spotOf(page, row);
        const at = (Math.round(y) * width + Math.round(x)) * channels;
        return [...data.slice(at, at + 3)].map(Number);
      }),
    );
  }
  const selected = (page: Page) =>
    [...new URLSearchParams(new URL(page.url()).hash.split("?")[1])]
      .filter(([name]) => name === "p_sel")
      .flatMap(([, value]) => value.split(",").map(Number));

  test("a click takes the very point that it hits; Shift adds, Alt takes away, the ground clears", async () => {
    const page = await open(SQUARE, "columns");
    for (const row of [0, 7, 27, 63]) {
      await click(page, row);
      await expect.poll(() => selected(page)).toEqual([row]);
      await page
        .getByRole("heading", { name: `point ${row}`, exact: true })
        .or(page.getByText(`point ${row}`, { exact: true }))
        .first()
        .waitFor();
    }
    await click(page, 5, "Shift");
    await click(page, 6, "Shift");
    await expect.poll(() => selected(page)).toEqual([5, 6, 63]);
    await click(page, 63, "Alt");
    await expect.poll(() => selected(page)).toEqual([5, 6]);
    const { x, y } = await spotOf(page, 0);
    await page.mouse.click(x - 60, y);
    await expect.poll(() => selected(page)).toEqual([]);
    // What is known of a point stands beside the pointer.
    const spot = await spotOf(page, 12);
    await page.mouse.move(spot.x, spot.y);
    await expect.poll(() => page.locator(".pj-hover").innerText()).toMatch(/point 12[\s\S]*kind12/);
  });

  test("what is not selected stays in grey; hidden points are gone", async () => {
    const page = await open(`${SQUARE}&p_sel=9,10`, "columns");
    const [one, two, ...others] = await colors(page, [9, 10, 0, 8, 63]);
    for (const color of others) expect(color).toEqual(GREY);
    for (const color of [one, two]) expect(color).not.toEqual(GREY);
    await page.getByRole("button", { name: "Isolate" }).click();
    const [still, gone] = await colors(page, [9, 0]);
    expect(still).toEqual(one);
    expect(gone).toEqual([255, 255, 255]);
  });

  test("colours by more than fifty kinds, and by a scale; names by any column", async () => {
    const page = await open(SQUARE, "columns");
    await page.getByLabel("Colour by").selectOption("kind");
    const all = await colors(
      page,
      Array.from({ length: COUNT }, (_, row) => row),
    );
    expect(new Set(all.map(String)).size).toBe(COUNT);
    await page.getByRole("button", { name: "All 64" }).click();
    expect(await page.getByRole("list", { name: "Legend" }).getByRole("listitem").count()).toBeGreaterThan(
      60,
    );
    await page.getByLabel("Colour by").selectOption("score");
    await page.getByRole("img", { name: /^Scale from 0 to 63/ }).waitFor();
    const scale = await colors(page, [0, 20, 40, 63]);
    const light = scale.map(([r, g, b]) => 0.2126 * r! + 0.7152 * g! + 0.0722 * b!);
    expect(light).toEqual([...light].sort((a, b) => a - b));
    await page.getByLabel("Label by").selectOption("kind");
    await page.getByLabel("Search points").fill("point 12");
    await page.getByRole("list", { name: "Points found" }).getByText("kind12", { exact: true }).waitFor();
  });

  test("sizes by one column while another colours", async () => {
    const page = await open(`${SQUARE}&p_size=score&p_point=2`, "columns");
    const { data, width, channels } = decode(await page.screenshot());
    const across = async (row: number) => {
      const { x, y } = await spotOf(page, row);
      const isPoint = (dx: number) => {
        const at = (Math.round(y) * width + Math.round(x) + dx) * channels;
        return [0, 1, 2].some((c) => Number(data[at + c]) < 250);
      };
      let size = 0;
      for (let dx = -20; dx <= 20; dx++) if (isPoint(dx)) size++;
      return size;
    };
    expect(await across(63)).toBeGreaterThan(2 * (await across(0)));
  });

  test("tells of a selection by column, and how far all points lie from one", async () => {
    const page = await open(`${SQUARE}&p_sel=0,1,2,3`, "columns");
    const table = page.getByRole("table", { name: "Statistics of the selection" });
    expect(await table.getByRole("row", { name: /^score/ }).innerText()).toMatch(
      /mean 1\.50 of all 31\.5\s*0 to 3/,
    );
    expect(await table.getByRole("row", { name: /^half/ }).innerText()).toMatch(/lower\s*4 of 32/);
    await click(page, 3);
    const bars = page.getByRole("img", { name: "Distances of all points" });
    await bars.waitFor();
    expect(await bars.locator("i").count()).toBe(40);
    expect(await bars.locator("i.is-on").count()).toBeGreaterThan(0);
    await page.getByLabel("Distance", { exact: true }).selectOption("euclidean");
    await page.getByText("euclidean distance of all points").waitFor();
  });

  test("the address holds the view: the same picture elsewhere", async () => {
    const page = await open(`${WORDS}&p_sel=3,4`, "pca");
    await page.getByLabel("Colour by").selectOption("size");
    await page.getByText("3D", { exact: true }).click();
    await page.locator(".pj-points").focus();
    for (const key of ["ArrowLeft", "ArrowLeft", "ArrowUp", "+"]) await page.keyboard.press(key);
    await page.getByLabel("Search points").fill("word7");
    await page.waitForTimeout(900);
    const picture = async (from: Page) => decode(await from.locator(".pj-pictures").screenshot()).data;
    const first = await picture(page);
    const other = await newPage(new URL(page.url()).hash.slice(1));
    await drawn(other, "pca");
    await other.waitForTimeout(900);
    // The camera's place is rounded in the address.
    const second = await picture(other);
    let different = 0;
    for (let at = 0; at < second.length; at++) if (second[at] !== first[at]) different++;
    expect(second).toHaveLength(first.length);
    expect(different / first.length).toBeLessThan(0.002);
    expect(await other.getByLabel("Search points").inputValue()).toBe("word7");
  });

  test("TensorBoard's defaults", async () => {
    const page = await open(SQUARE, "columns");
    const value = (label: string) => page.getByLabel(label, { exact: true }).first().inputValue();
    // Of 50 dimensions or more.
    expect([await value("Normalise"), await value("Distance")]).toEqual(["sphere", "cosine"]);
    await page.getByText("UMAP", { exact: true }).click();
    expect([await value("Neighbours"), await value("Least distance")]).toEqual(["15", "0.1"]);
    await page.getByText("t-SNE", { exact: true }).click();
    expect(await value("Perplexity")).toBe("30");
    const few = await open(WORDS, "pca");
    expect(await few.getByLabel("Normalise").inputValue()).toBe("none");
  });

  test("the projection is chosen before anything starts", async () => {
    const page = await newPage("projector");
    await page.getByRole("radiogroup", { name: "Projection to show first" }).getByText("UMAP").click();
    await page.getByRole("button", { name: /^words/ }).click();
    await drawn(page, "umap");
    await page.getByRole("button", { name: "Run again" }).waitFor();
  });

  test("the training plays, step by step", async () => {
    const page = await open(`${WORDS}&p_step=0`, "pca");
    await page.getByRole("button", { name: "Play" }).click();
    await page.getByRole("button", { name: "Stop", exact: true }).waitFor();
    for (const step of [10, 20]) await page.locator(".pj-steps").getByText(`Step ${step}`).waitFor();
    await page.getByRole("button", { name: "Play" }).waitFor();
  });

  test("the image of a point is its own", async () => {
    const page = await open("p_run=train&p_tensor=pictures&p_sel=3", "pca");
    const image = page.getByRole("img", { name: "Image of point 3" });
    await image.waitFor();
    const size = () =>
      image.evaluate((canvas) => [canvas.clientWidth > 0, (canvas as HTMLCanvasElement).width]);
    await expect.poll(size).toEqual([true, 4]);
  });

  test("files are dropped onto the page: vectors, and what is told of them", async () => {
    const page = await newPage("projector");
    await page.getByText("or drop them here").waitFor();
    const data = await page.evaluateHandle(() => {
      const data = new DataTransfer();
      const rows = Array.from({ length: 40 }, (_, row) => [row, row % 7, (row * row) % 11]);
      const vectors = rows.map((row) => row.map((value) => value.toFixed(4)).join("\t")).join("\n");
      data.items.add(new File([vectors], "vectors.tsv"));
      data.items.add(
        new File([`name\tkind\n${rows.map((_, row) => `n${row}\tk${row % 2}`).join("\n")}`], "names.tsv"),
      );
      return data;
    });
    await page.locator(".pj-drop").dispatchEvent("dragover", { dataTransfer: data });
    await page.locator(".pj-drop.is-over").waitFor();
    await page.locator(".pj-drop").dispatchEvent("drop", { dataTransfer: data });
    await page.getByRole("dialog").getByRole("button", { name: "Show" }).click();
    await drawn(page, "pca");
    await expect
      .poll(() => page.getByRole("region", { name: "Set up" }).innerText())
      .toMatch(/40 points of 3 dimensions/);
    await page.getByLabel("Colour by").selectOption("kind");
    expect(await page.getByRole("list", { name: "Legend" }).innerText()).toMatch(/k0\s*20/);
  });

  test("two steps side by side: what is selected in one is selected in the other", async () => {
    const page = await open(`${WORDS}&p_beside_run=train&p_beside=words:00000`, "pca");
    const other = page.getByRole("region", { name: /^Beside/ });
    await other.locator('.pj-points[data-view="pca"]').waitFor();
    await page.waitForTimeout(600);
    const before = await other.screenshot();
    await page.getByLabel("Search points").fill("word12");
    await page.getByRole("button", { name: "Select", exact: true }).click();
    await expect.poll(async () => (await other.screenshot()).equals(before)).toBe(false);
    // A box in the second picture.
    await page.getByText("Box", { exact: true }).click();
    const box = (await other.locator(".pj-points").boundingBox())!;
    await page.mouse.move(box.x + 2, box.y + 2);
    await page.mouse.down();
    await page.mouse.move(box.x + box.width - 2, box.y + box.height - 2, { steps: 4 });
    await page.mouse.up();
    await page.getByRole("region", { name: "Explore" }).getByText("240 points", { exact: true }).waitFor();
  });

  test("points glide from one projection to the next", async () => {
    const page = await open(SQUARE, "columns", { reducedMotion: "no-preference" });
    await page.waitForTimeout(900);
    const bytes = async () => (await page.locator(".pj-picture").screenshot()).toString("base64");
    const seen = new Set([await bytes()]);
    await page.getByText("PCA", { exact: true }).click();
    const until = Date.now() + 2500;
    while (Date.now() < until) seen.add(await bytes());
    expect(seen.size).toBeGreaterThan(3);
  });

  test("saves vectors of what is selected as NumPy has them", async () => {
    const page = await open(`${SQUARE}&p_sel=1,2&p_sphere=none`, "columns");
    await page.getByRole("button", { name: "Save the selection" }).click();
    const download = page.waitForEvent("download");
    await page.getByRole("menuitem", { name: /^NPY/ }).click();
    const file = readFileSync(await (await download).path());
    const start = 10 + file.readUInt16LE(8);
    const values = new Float32Array(
      file.buffer.slice(file.byteOffset + start, file.byteOffset + file.length),
    );
    expect(values).toHaveLength(2 * DIMS);
    expect(values[0]).toBeCloseTo(vectorAt(1, 0), 5);
    expect(values[DIMS + 1]).toBeCloseTo(vectorAt(2, 1), 5);
  });
});

const vectorAt = (row: number, d: number): number => Math.sin(row * (d + 1));

/** Points whose metadata lie on a square, of many kinds. */
async function makeSquare(folder: string): Promise<void> {
  const writer = createFileWriter(folder);
  writer.scalar("loss", 1, { step: 0 });
  const rows = Array.from({ length: COUNT }, (_, row) => row);
  const vectors = Float32Array.from({ length: COUNT * DIMS }, (_, i) =>
    vectorAt(Math.floor(i / DIMS), i % DIMS),
  );
  await writer.projector("square", vectors, {
    shape: [COUNT, DIMS],
    metadata: {
      name: rows.map((row) => `point ${row}`),
      kind: rows.map((row) => `kind${row}`),
      half: rows.map((row) => (row < COUNT / 2 ? "lower" : "upper")),
      x: rows.map((row) => row % SIDE),
      y: rows.map((row) => Math.floor(row / SIDE)),
      score: rows,
    },
  });
  await writer.close();
}
