/** The graphs page of each side: where it is, how long until it has boxes, and a browser that is as ready for both. */
import type { Browser, Page } from "playwright-core";
import { launch } from "../../scripts/chromium.ts";
import { seen, watchPage } from "../tools/seen.ts";
import type { MeasuredServer } from "../tools/servers.ts";

/** Whatever takes longer than this is given up, and the benchmark with it. */
export const MOST_WAIT = 120_000;

export interface Side {
  readonly who: "tsboard" | "TensorBoard";
  address(run: string): string;
  /** There are boxes when this is there. */
  readonly boxes: string;
  readonly picture: string;
}

export const ours = (server: MeasuredServer): Side => ({
  who: "tsboard",
  address: (run) => new URL(`#graphs?graph_run=${run}`, server.url).href,
  boxes: 'canvas.graph-canvas[data-boxes]:not([data-boxes="0"]):not([data-boxes="-1"])',
  picture: "canvas.graph-canvas",
});

export const stock = (server: MeasuredServer): Side => ({
  who: "TensorBoard",
  address: (run) => new URL(`#graphs&run=${run}`, server.url).href,
  boxes: "g.node",
  picture: "tf-graph-scene svg",
});

export async function withPage<T>(
  browser: Browser,
  side: Side,
  run: string,
  work: (page: Page, opened: number) => Promise<T>,
): Promise<T> {
  const context = await browser.newContext({ viewport: { width: 1400, height: 900 } });
  try {
    const page = await context.newPage();
    page.setDefaultTimeout(MOST_WAIT);
    await watchPage(page);
    const start = performance.now();
    await page.goto(side.address(run), { waitUntil: "commit" });
    await seen(page, { selector: side.boxes });
    return await work(page, performance.now() - start);
  } finally {
    await context.close();
  }
}

export function firstBoxes(browser: Browser, side: Side, run: string): Promise<number> {
  return withPage(browser, side, run, async (_, opened) => opened);
}

/** A browser whose own start is paid for: it has had a page, with a canvas and SVG, before the first that is measured. */
export async function readyBrowser(): Promise<Browser> {
  const browser = await launch();
  const context = await browser.newContext({ viewport: { width: 1400, height: 900 } });
  const page = await context.newPage();
  await page.setContent('<canvas id="c"></canvas><svg width="100" height="100"><circle r="50" /></svg>');
  await page.evaluate(
    () =>
      new Promise<void>((resolve) => {
        document.querySelector("canvas")!.getContext("2d")!.fillText("ready", 10, 10);
        requestAnimationFrame(() => requestAnimationFrame(() => resolve()));
      }),
  );
  await context.close();
  return browser;
}

/** Who goes first changes from round to round: whatever the first pays for both, each pays in turn. */
export function inTurn<T>(sides: readonly T[], round: number): readonly T[] {
  return round % 2 === 0 ? sides : [...sides].reverse();
}

/** Stock lists runs a while after it has started. */
export async function untilListed(server: MeasuredServer, runs: readonly string[]): Promise<void> {
  for (;;) {
    const text = await (await fetch(new URL("data/plugin/graphs/info", server.url))).text().catch(() => "");
    if (runs.every((run) => text.includes(`"${run}"`))) return;
    await new Promise((resolve) => setTimeout(resolve, 300));
  }
}
