/** Our page and TensorBoard's on the same logs, each on its own server, in one browser: for tests that compare the two. */
import type { Browser, Page } from "playwright-core";
import { afterAll, beforeAll, expect } from "vitest";
import { type MeasuredServer, startTensorBoard, untilStockHas } from "../../bench/tools/servers.ts";
import { WITH_WEBGL } from "../../scripts/chromium.ts";
import type { Catalog } from "../../server/api/types.ts";
import { type RunningServer, startServer } from "../../server/index.ts";
import { launch } from "../tools/chromium.ts";

export const PATIENCE = { timeout: 30_000 };

/** Tags by run, as stock's page is told of them. */
export type Tags = Record<string, Record<string, unknown> | string[]>;

export interface BesideStock {
  /** Opens stock's dashboard, and gives what its page is told of tags. */
  stockTags(dashboard: string, route?: string): Promise<Tags>;
  /** What stock's page gives for a question, asked from that page. */
  askStock(route: string, parameters: Record<string, string>): Promise<unknown>;
  /** The bytes that stock's page gets, as base64. */
  bytesOfStock(path: string): Promise<string>;
  stockPage(): Page;
  stockUrl(): string;
  /** Our dashboard with every section open, on a screen that has room for all its cards. */
  open(fragment: string, height?: number): Promise<Page>;
}

/**
 * For the tests of a describe block.
 *
 * @param logs gives the logs' directory
 * @param lacking runs of ours that stock lists nowhere
 */
export function besideStock(logs: () => Promise<string>, lacking: number): BesideStock {
  let browser: Browser;
  let ours: RunningServer;
  let stock: MeasuredServer;
  let stockPage: Page;
  beforeAll(async () => {
    const logdir = await logs();
    browser = await launch(WITH_WEBGL);
    ours = await startServer({ logdir, port: 0, threads: 0 });
    await ours.loaded;
    const all = ["scalars", "images", "histograms", "distributions", "audio", "meshes"];
    stock = (await startTensorBoard(
      logdir,
      "--samples_per_plugin",
      all.map((plugin) => `${plugin}=10000`).join(),
    ))!;
    stockPage = await browser.newPage({ viewport: { width: 1400, height: 900 } });
    const { runs } = (await (await fetch(new URL("api/v1/catalog", ours.url))).json()) as Catalog;
    await untilStockHas(stock.url, runs.length - lacking);
  }, 240_000);
  afterAll(async () => {
    await browser?.close();
    await ours?.close();
    await stock?.stop();
  });
  return {
    stockPage: () => stockPage,
    stockUrl: () => stock.url,
    async stockTags(dashboard, route = `plugin/${dashboard}/tags`) {
      await stockPage.goto("about:blank");
      const answer = stockPage.waitForResponse((response) => response.url().includes(`/data/${route}`));
      await stockPage.goto(`${stock.url}#${dashboard}`);
      return (await (await answer).json()) as Tags;
    },
    askStock: (route, parameters) =>
      stockPage.evaluate(
        async (address) => (await fetch(address)).json(),
        `data/plugin/${route}?${new URLSearchParams(parameters)}`,
      ),
    bytesOfStock: (path) => bytesAt(stockPage, path),
    async open(fragment, height = 6000) {
      const page = await browser.newPage({ viewport: { width: 1400, height }, reducedMotion: "reduce" });
      await page.goto(`${ours.url}#${fragment}${fragment.includes("?") ? "&" : "?"}tag_filter=.`);
      await page.locator("html[data-ready]").waitFor(PATIENCE);
      return page;
    },
  };
}

/** What stands at an address of a page's server, as base64. */
export function bytesAt(page: Page, address: string): Promise<string> {
  return page.evaluate(async (path) => {
    const bytes = new Uint8Array(await (await fetch(path)).arrayBuffer());
    return btoa(Array.from(bytes, (byte) => String.fromCharCode(byte)).join(""));
  }, address);
}

export const pairs = (tags: Tags): string[] =>
  Object.entries(tags)
    .flatMap(([run, of]) => (Array.isArray(of) ? of : Object.keys(of)).map((tag) => `${tag} ${run}`))
    .sort();

/** Tag and run of what is on the page. */
export const shown = (page: Page, selector: string): Promise<string[]> =>
  page.locator(selector).evaluateAll((found) =>
    found
      .map((element) => {
        const of = (name: string) => element.closest(`[data-${name}]`)?.getAttribute(`data-${name}`) ?? "";
        return `${of("tag")} ${of("run")}`;
      })
      .sort(),
  );

/** A number as the page has it. */
export const numberOf = (text: string): number =>
  Number(text.replaceAll("−", "-").replaceAll(",", "").replace("∞", "Infinity"));

/** Holds a number of the page, which has four digits at least, to stock's. */
export function expectNear(text: string, stock: number, about: string): void {
  const number = numberOf(text);
  if (!Number.isFinite(stock)) expect(number, about).toEqual(stock);
  else
    expect(Math.abs(number - stock), `${about}: ${text}`).toBeLessThanOrEqual(Math.abs(stock) * 5e-4 + 1e-9);
}
