/** Our page and TensorBoard's, driven alike: opened, turned, asked for UMAP. */
import type { Browser, Page } from "playwright-core";
import { seen, watchPage } from "../tools/seen.ts";
import type { MeasuredServer } from "../tools/servers.ts";

/** Whatever takes longer than this is given up, and said. */
export const PATIENCE = 300_000;
const TURN_MILLIS = 4000;
/** What is under way when a page is first drawn, of its own and of the browser's, is done by then. */
const SETTLED = 1500;

/** A page for one measurement. */
export async function onPage<T>(browser: Browser, work: (page: Page) => Promise<T>): Promise<T> {
  const page = await browser.newPage({ viewport: { width: 1280, height: 800 } });
  page.setDefaultTimeout(PATIENCE);
  await watchPage(page);
  try {
    return await work(page);
  } finally {
    await page.close();
  }
}

/** Opens a tensor; gives milliseconds until its principal components are on the screen. */
export async function openOurs(
  page: Page,
  server: MeasuredServer,
  name: string,
  choices = "",
): Promise<number> {
  const start = performance.now();
  await page.goto(`${server.url}#projector?p_run=${name}&p_tensor=${name}${choices}`);
  await seen(page, { selector: '.pj-points[data-view="pca"]', visible: true });
  return performance.now() - start;
}

/** What a person opens is the whole page; the projector alone, without the frame around it, takes a little less. */
export const STOCK_WHOLE = "#projector";
export const STOCK_ALONE = "data/plugin/projector/projector_binary.html";

export async function openStock(page: Page, server: MeasuredServer, what: string): Promise<number> {
  const start = performance.now();
  await page.goto(`${server.url}${what}`);
  await page.waitForFunction(`(${STOCK_PROJECTOR})()?.projection?.projectionType === "pca"`, undefined, {
    polling: 20,
  });
  return performance.now() - start;
}

/** In stock's page: its projector, wherever it is. */
const STOCK_PROJECTOR = `function find(root = document) {
  for (const element of root.querySelectorAll("*")) {
    if (element.localName === "vz-projector") return element;
    const inside = element.shadowRoot ?? element.contentDocument;
    const found = inside && find(inside);
    if (found) return found;
  }
  return null;
}`;

/** Turns the points under the pointer for a while; gives pictures a second. */
export async function turn(page: Page): Promise<number> {
  await page.waitForTimeout(SETTLED);
  const { width, height } = page.viewportSize()!;
  const [x, y] = [width * 0.45, height * 0.55];
  await page.mouse.move(x, y);
  await page.mouse.down();
  const counting = page.evaluate(async (time) => {
    const start = performance.now();
    let pictures = 0;
    while (performance.now() - start < time) {
      await new Promise(requestAnimationFrame);
      pictures++;
    }
    return (1000 * pictures) / (performance.now() - start);
  }, TURN_MILLIS);
  let done = false;
  const finished = counting.finally(() => {
    done = true;
  });
  for (let i = 0; !done; i++) await page.mouse.move(x + 60 * Math.sin(i / 9), y + 40 * Math.cos(i / 7));
  await page.mouse.up();
  return finished;
}

/** Milliseconds of our UMAP, neighbours and all. */
export async function umapOurs(page: Page): Promise<number> {
  await page.getByText("UMAP", { exact: true }).first().click();
  const start = performance.now();
  await page.getByRole("button", { name: "Run UMAP" }).click();
  await seen(page, { selector: "button", text: ["Run again"], visible: true });
  return performance.now() - start;
}

/** Milliseconds of stock's own UMAP, of the 5,000 points that it takes. */
export function umapStock(page: Page): Promise<number> {
  return page.evaluate(`new Promise((resolve, reject) => {
    const start = performance.now();
    setTimeout(() => reject(new Error("stock's UMAP takes too long")), ${PATIENCE});
    (${STOCK_PROJECTOR})().dataSet.projectUmap(3, 15, 0.1, () => {}).then(() => resolve(performance.now() - start), reject);
  })`);
}

export const perSecond = (value: number): string => value.toFixed(1);
