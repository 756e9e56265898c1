/**
 * A walk through the projector by somebody who has never seen the data: the odd cluster is found, what sets it apart is
 * read, and its points are saved, in under eight clicks. `TSBOARD_WALK_PICTURES=FOLDER` keeps a picture of every step.
 */
import { mkdirSync, readFileSync } from "node:fs";
import path from "node:path";
import { expect, onTestFinished, test } from "vitest";
import { WITH_WEBGL } from "../../scripts/chromium.ts";
import { startServer } from "../../server/index.ts";
import { createFileWriter } from "../../summary/index.ts";
import { describeInBrowser, launch, openPage } from "../tools/chromium.ts";
import { temporaryDirectory } from "../tools/records.ts";

const POINTS = 600;
const DIMS = 16;
const ANIMALS = ["cat", "dog", "horse", "sheep"];

/** Four kinds of animals as they should be, and forty pictures that a broken camera took. */
async function makeLogs(): Promise<string> {
  const logdir = temporaryDirectory();
  const writer = createFileWriter(path.join(logdir, "train"));
  writer.scalar("loss", 1, { step: 0 });
  let state = 5;
  const random = () => {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
    return state / 2 ** 32 - 0.5;
  };
  const isBroken = (row: number) => row % 15 === 7;
  const animal = Array.from({ length: POINTS }, (_, row) => ANIMALS[row % 4]!);
  const vectors = Float32Array.from({ length: POINTS * DIMS }, (_, i) => {
    const [row, d] = [Math.floor(i / DIMS), i % DIMS];
    return random() + (d === (isBroken(row) ? 9 : row % 4) ? 6 : 0);
  });
  await writer.projector("features", vectors, {
    shape: [POINTS, DIMS],
    metadata: {
      file: Array.from({ length: POINTS }, (_, row) => `img-${row}.jpg`),
      animal,
      camera: Array.from({ length: POINTS }, (_, row) => (isBroken(row) ? "cam-7" : `cam-${row % 3}`)),
    },
  });
  await writer.close();
  return logdir;
}

describeInBrowser("a walk through the projector", () => {
  test("from the list of tensors to the saved odd ones in under eight clicks", async () => {
    const browser = await launch(WITH_WEBGL);
    const server = await startServer({ logdir: await makeLogs(), port: 0, threads: 0 });
    onTestFinished(async () => {
      await browser.close();
      await server.close();
    });
    await server.loaded;
    const { page } = await openPage(browser, {
      acceptDownloads: true,
      viewport: { width: 1280, height: 860 },
    });
    const folder = process.env.TSBOARD_WALK_PICTURES;
    if (folder) mkdirSync(folder, { recursive: true });
    let clicks = 0;
    const step = async (name: string, click: () => Promise<void>) => {
      clicks++;
      await click();
      await page.waitForTimeout(900);
      if (folder) await page.screenshot({ path: path.join(folder, `${clicks}-${name}.png`) });
    };

    await page.goto(server.url);
    await page.getByRole("link", { name: "Projector" }).waitFor();
    await step("projector", () => page.getByRole("link", { name: "Projector" }).click());
    await page.locator('.pj-points[data-view="pca"]').waitFor();
    await step("clusters", async () => {
      await page.getByRole("button", { name: "Find clusters" }).click();
      await page.getByRole("list", { name: "Clusters" }).waitFor();
    });
    const clusters = page.getByRole("list", { name: "Clusters" }).getByRole("button");
    const names = await clusters.allInnerTexts();
    const odd = names.findIndex((name) => name.includes("cam-7"));
    expect(names.join()).toMatch(/cam-7/);
    await step("odd", () => clusters.nth(odd).click());
    const traits = page.getByRole("list", { name: "What sets them apart" }).first();
    await traits.waitFor();
    expect(await traits.innerText()).toMatch(/camera is cam-7 in 100 %, of the others in 0 %/);
    await step("menu", () => page.getByRole("button", { name: "Save the selection" }).click());
    const download = page.waitForEvent("download");
    await step("saved", () => page.getByRole("menuitem", { name: /^CSV/ }).click());
    const lines = readFileSync(await (await download).path(), "utf8")
      .trim()
      .split("\r\n");
    expect(lines).toHaveLength(41);
    expect(lines.slice(1).every((line) => line.includes("cam-7"))).toBe(true);
    expect(clicks).toBeLessThan(8);
  });
});
