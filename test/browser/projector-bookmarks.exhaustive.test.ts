/**
 * Saved views go between our page and stock TensorBoard's: each is saved in one and shown in the other, in a real browser.
 * Needs a Python with tensorboard, for the page's files.
 */
import { readFileSync } from "node:fs";
import type { Page } from "playwright-core";
import { afterAll, beforeAll, expect, onTestFinished, test } from "vitest";
import { isInstalled } from "../../bench/tools/servers.ts";
import { WITH_WEBGL } from "../../scripts/chromium.ts";
import { describeInBrowser, openPage } from "../tools/chromium.ts";
import { type FrontEnd, startStockFrontEnd } from "../tools/stock-front-end.ts";
import { DIMS, makeLogs, POINTS } from "./projector-logs.ts";
import { servedPage } from "./served-page.ts";

/** In stock's page: its projector. */
const FIND = `(function find(root) {
  for (const element of root.querySelectorAll("*")) {
    if (element.localName === "vz-projector") return element;
    const found = element.shadowRoot && find(element.shadowRoot);
    if (found) return found;
  }
  return null;
})(document)`;

describeInBrowser("bookmarks", { timeout: 120_000, skip: !isInstalled("tensorboard") }, () => {
  const served = servedPage(makeLogs, WITH_WEBGL);
  let stock: FrontEnd;
  beforeAll(async () => {
    stock = await startStockFrontEnd(served.server.url);
  });
  afterAll(() => stock?.close());

  async function openOurs(more = ""): Promise<Page> {
    const page = await served.open(`projector?p_run=train&p_tensor=words&p_step=0${more}`, {
      acceptDownloads: true,
      reducedMotion: "reduce",
    });
    await page.locator('.pj-points[data-view="pca"]').waitFor();
    return page;
  }

  async function openStock(): Promise<Page> {
    const { page } = await openPage(served.browser);
    onTestFinished(() => page.context().close());
    await page.goto(`${stock.url}data/plugin/projector/projector_binary.html`);
    await page.waitForFunction(`${FIND}?.projection?.projectionType === "pca"`);
    return page;
  }

  const asFile = (content: string) => ({
    name: "views.txt",
    mimeType: "text/plain",
    buffer: Buffer.from(content),
  });

  async function save(page: Page, name: string): Promise<string> {
    await page.getByLabel("Name of the view").fill(name);
    await page.getByRole("button", { name: "Save view" }).click();
    const download = page.waitForEvent("download");
    await page.getByRole("button", { name: "Download" }).click();
    return readFileSync(await (await download).path(), "utf8");
  }

  test("of ours are shown by stock's page: points, places, projection and selection", async () => {
    // Stock's page keeps the places of t-SNE alone: it makes the other projections anew.
    const ours = await openOurs("&p_sel=30,40,50&p_iterations=50&p_perplexity=10");
    await ours.getByText("t-SNE", { exact: true }).click();
    await ours.getByRole("button", { name: "Run t-SNE" }).click();
    await ours.getByRole("button", { name: "Run again" }).waitFor();
    await ours.getByRole("button", { name: "Isolate" }).click();
    const saved = await save(ours, "three");
    const page = await openStock();
    await page.locator("#state-file").setInputFiles(asFile(saved));
    await page.waitForFunction(
      `((projector) => projector.dataSet.points.length === 3 && projector.projection !== null)(${FIND})`,
    );
    const seen = await page.evaluate(`(() => {
      const projector = ${FIND};
      return {
        projection: projector.projection.projectionType,
        selected: projector.selectedPointIndices,
        words: projector.dataSet.points.map((point) => point.metadata.word),
        places: projector.dataSet.points.map((point) => point.projections["tsne-1"]),
      };
    })()`);
    const [{ projections }] = JSON.parse(saved);
    expect(seen).toEqual({
      projection: "tsne",
      selected: [0, 1, 2],
      words: ["word30", "word40", "word50"],
      places: projections.map((places: Record<string, number>) => places["tsne-1"]),
    });
  });

  test("of stock's page are shown by ours", async () => {
    const page = await openStock();
    const state = await page.evaluate(`(() => {
      const projector = ${FIND};
      projector.notifySelectionChanged([7, 8, 9, 10]);
      projector.filterDataset([7, 8, 9, 10]);
      projector.notifySelectionChanged([1, 3]);
      return JSON.stringify([Object.assign(projector.getCurrentState(), { label: "of stock's" })]);
    })()`);
    // It counts the points that are shown.
    expect(JSON.parse(String(state))[0].dataSetDimensions).toEqual([4, DIMS]);
    const ours = await openOurs();
    await ours.locator(".pj-found input[type=file]").setInputFiles(asFile(String(state)));
    await ours.getByRole("button", { name: /^of stock's/ }).click();
    const explore = ours.getByRole("region", { name: "Explore" });
    await explore.getByText(`4 of ${POINTS} shown`).waitFor();
    await expect.poll(() => new URL(ours.url()).hash).toMatch(/p_sel=8,10/);
  });
});
