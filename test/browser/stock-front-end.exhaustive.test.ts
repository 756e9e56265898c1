/**
 * Stock TensorBoard's own page on our server: each of its dashboards opens in a real browser, draws what the corpus
 * holds, asks for nothing that fails and reports no error. Needs a Python with tensorboard, for the page's files.
 */
import { fileURLToPath } from "node:url";
import type { Browser, Page } from "playwright-core";
import { afterAll, beforeAll, expect, test } from "vitest";
import { isInstalled } from "../../bench/tools/servers.ts";
import { startServer } from "../../server/index.ts";
import { describeInBrowser, launch } from "../tools/chromium.ts";
import { startStockFrontEnd } from "../tools/stock-front-end.ts";
import { coloursOf, curves, seconds, whenDrawn, widths } from "./drawn.ts";

const logs = fileURLToPath(new URL("../corpus/logs", import.meta.url));

/** Charts of all tags: the page opens the first few groups alone, and their histograms are of one step. */
const EVERY_TAG = "&tagFilter=.*";

describeInBrowser("stock's own front end", { timeout: 120_000, skip: !isInstalled("tensorboard") }, () => {
  let browser: Browser;
  let corpus: Site;
  beforeAll(async () => {
    [browser, corpus] = await Promise.all([launch(), startSite(logs)]);
  });
  afterAll(async () => {
    await browser?.close();
    await corpus?.close();
  });

  /** Opens a dashboard, has it looked at, and sees that nothing failed. */
  async function visit(site: Site, dashboard: string, look: (page: Page) => Promise<void>): Promise<void> {
    const page = await browser.newPage({ viewport: { width: 1400, height: 900 } });
    const failures = failuresOf(page);
    await page.goto(`${site.url}#${dashboard}`);
    try {
      await look(page);
      expect(failures).toEqual([]);
    } finally {
      await page.close();
    }
  }

  test("draws scalars", () =>
    visit(corpus, "scalars", async (page) => {
      await whenDrawn(() => curves(page.locator("tf-scalar-card path.line"))).toBeGreaterThan(3);
    }));

  test("draws time series", () =>
    visit(corpus, "timeseries", async (page) => {
      const chart = page.locator("scalar-card-component line-chart canvas").first();
      await whenDrawn(() => coloursOf(chart)).toBeGreaterThan(2);
    }));

  test("shows images", () =>
    visit(corpus, "images", async (page) => {
      const images = page.locator("tf-image-loader img");
      await whenDrawn(() => images.count()).toBeGreaterThan(0);
      await whenDrawn(async () => Math.min(...(await widths(images)))).toBeGreaterThan(0);
    }));

  test("loads audio", () =>
    visit(corpus, "audio", async (page) => {
      const clips = page.locator("tf-audio-loader audio");
      await whenDrawn(() => clips.count()).toBeGreaterThan(0);
      await whenDrawn(async () => Math.min(...(await seconds(clips)))).toBeGreaterThan(0);
    }));

  test("draws distributions", () =>
    visit(corpus, `distributions${EVERY_TAG}`, async (page) => {
      await whenDrawn(() => curves(page.locator("vz-distribution-chart path.area"))).toBeGreaterThan(3);
    }));

  test("draws histograms", () =>
    visit(corpus, `histograms${EVERY_TAG}`, async (page) => {
      await whenDrawn(() => curves(page.locator("vz-histogram-timeseries path.outline"))).toBeGreaterThan(3);
    }));

  test("shows text, with its tables", () =>
    visit(corpus, "text", async (page) => {
      const cells = page.locator("tf-markdown-view td");
      await whenDrawn(() => cells.allTextContents()).toContain("<b>x</b>");
    }));

  test("draws PR curves", () =>
    visit(corpus, "pr_curves", async (page) => {
      await whenDrawn(() => curves(page.locator("tf-pr-curve-card path.line"))).toBe(1);
    }));

  test("lists trials with their hyperparameters", () =>
    visit(corpus, "hparams", async (page) => {
      const cells = page.locator("tf-hparams-table-view vaadin-grid-cell-content");
      const row = ["t7", "", "0.20000", "32.000", "sgd", "", "0.69000"];
      await whenDrawn(async () =>
        (await cells.allTextContents()).map((text) => text.trim()).join("|"),
      ).toContain(row.join("|"));
    }));

  test("draws meshes", () =>
    visit(corpus, "mesh", async (page) => {
      const meshes = page.locator("tf-mesh-loader canvas");
      await whenDrawn(() => coloursOf(meshes.first())).toBeGreaterThan(2);
    }));

  test("draws custom scalars, with a margin", () =>
    visit(corpus, "custom_scalars", async (page) => {
      const margin = page.locator("tf-custom-scalar-margin-chart-card");
      await whenDrawn(() => curves(margin.locator("path.area"))).toBe(1);
      await whenDrawn(() => curves(page.locator("path.line"))).toBeGreaterThan(3);
    }));

  test("projects an embedding", () =>
    visit(corpus, "projector", async (page) => {
      const frame = page.frameLocator("iframe").frameLocator("iframe");
      await whenDrawn(() => frame.locator(".numDataPoints").allTextContents()).toEqual(["30"]);
      await whenDrawn(() => coloursOf(frame.locator("canvas").first())).toBeGreaterThan(20);
    }));

  test("draws a graph", async () => {
    // The page opens the first run's: in the whole corpus that is a Keras model's, at which it fails anywhere.
    const site = await startSite(`${logs}/v1_graph`);
    try {
      await visit(site, "graphs", async (page) => {
        await whenDrawn(() => page.locator("text.nodelabel").allTextContents()).toEqual(
          expect.arrayContaining([expect.stringContaining("x-input"), expect.stringContaining("layer1")]),
        );
        await whenDrawn(() => curves(page.locator("path.edgeline"))).toBeGreaterThan(5);
      });
    } finally {
      await site.close();
    }
  });
});

interface Site {
  readonly url: string;
  close(): Promise<void>;
}

/** Our server on a folder of logs, with stock's page in front of it. */
async function startSite(logdir: string): Promise<Site> {
  const server = await startServer({ logdir, port: 0, threads: 0 });
  await server.loaded;
  const frontEnd = await startStockFrontEnd(server.url);
  return {
    url: frontEnd.url,
    close: async () => {
      await frontEnd.close();
      await server.close();
    },
  };
}

/** Everything that goes wrong in the page from now on. */
function failuresOf(page: Page): string[] {
  const failures: string[] = [];
  page.on("console", (message) => {
    if (message.type() === "error") failures.push(message.text());
  });
  page.on("pageerror", (error) => failures.push(error.message));
  page.on("requestfailed", (asked) => failures.push(`${asked.url()}: ${asked.failure()?.errorText}`));
  page.on("response", (answer) => {
    if (answer.status() >= 400) failures.push(`${answer.url()}: ${answer.status()}`);
  });
  return failures;
}
