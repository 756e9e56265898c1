/** One point among many: how soon its neighbours are shown; and what memory the page takes for the vectors. */
import { readFileSync } from "node:fs";
import type { Browser, Page } from "playwright-core";
import { bar, median, megabytes, millis } from "../tools/report.ts";
import { startTsboard, untilLoaded } from "../tools/servers.ts";
import { makeVectors } from "./logs.ts";
import { onPage, openOurs, turn } from "./pages.ts";
import type { Scenario } from "./scenario.ts";

const [ROWS, DIMS, ASKED] = [100_000, 200, 15];
const BYTES = 4 * ROWS * DIMS;
const [NEAR_BAR, MEMORY_BAR] = [50, 3];

export const points: Scenario = {
  name: "points",
  async measure({ browser, logdir }) {
    await makeVectors(logdir, "all", ROWS, DIMS);
    const server = await startTsboard(logdir);
    await untilLoaded(server);
    const figures = await onPage(browser, async (page) => {
      await page.goto(`${server.url}#scalars`);
      await page.waitForTimeout(1000);
      const before = await memoryOf(browser);
      const watch = watchMemory(browser);
      await openOurs(page, server, "all");
      const peak = (await watch()) - before;
      await turn(page);
      const rest = (await memoryOf(browser)) - before;
      const near = await neighbours(page);
      return { peak, rest, near, after: (await memoryOf(browser)) - before };
    });
    await server.stop();
    const { peak, rest, near, after } = figures;
    const perByte = (bytes: number): string => (bytes / BYTES).toFixed(2);
    const row = (what: string, times: readonly number[]) => [
      what,
      millis(median(times)),
      `${millis(Math.min(...times))} to ${millis(Math.max(...times))}`,
    ];
    return {
      title: "Points of the projector's page",
      how: `Neighbours of ${ASKED} points, one after the other, among ${ROWS.toLocaleString("en")} of ${DIMS} dimensions in Chromium without a graphics card: from asking to the answer, and from the click to the list in the page.`,
      header: ["", "median", "all"],
      rows: [row("asked to answered", near.asked), row("click to list", near.shown)],
      notes: [
        bar("neighbours of a point", median(near.shown), NEAR_BAR, millis),
        bar("memory at rest, bytes for each of the vectors", rest / BYTES, MEMORY_BAR, (value) =>
          value.toFixed(2),
        ),
        `what the page's process has more than before the projector: ${megabytes(rest)} at rest; ${perByte(peak)} for each byte of the vectors at most while they were opened, ${perByte(after)} after the neighbours`,
      ],
    };
  },
};

/** Bytes that the largest page's process has for itself: heap, typed arrays and WebAssembly of the page and its workers. */
async function memoryOf(browser: Browser): Promise<number> {
  const session = await browser.newBrowserCDPSession();
  const { processInfo } = await session.send("SystemInfo.getProcessInfo");
  await session.detach();
  const sizes = processInfo
    .filter(({ type }) => type === "renderer")
    .map(({ id }) => {
      const rollup = readFileSync(`/proc/${id}/smaps_rollup`, "utf8");
      return 1024 * Number(/Private_Dirty:\s+(\d+)/.exec(rollup)?.[1]);
    });
  return Math.max(...sizes);
}

/** Looks again and again; gives the way to stop, which gives the most that was seen. */
function watchMemory(browser: Browser): () => Promise<number> {
  let [on, most] = [true, 0];
  const watching = (async () => {
    while (on) {
      most = Math.max(most, await memoryOf(browser));
      await new Promise((resolve) => setTimeout(resolve, 50));
    }
  })();
  return async () => {
    on = false;
    await watching;
    return most;
  };
}

/** Clicks on points that were searched for; milliseconds each. */
async function neighbours(page: Page): Promise<{ asked: number[]; shown: number[] }> {
  const [asked, shown]: number[][] = [[], []];
  for (let i = 0; i < ASKED; i++) {
    await page.getByLabel("Search points").fill(`kind ${i}`);
    const list = page.getByRole("list", { name: "Points found" }).getByRole("button");
    await list.nth(i % 5).waitFor();
    await page.waitForTimeout(500);
    const row = Number(await list.nth(i % 5).getAttribute("data-row"));
    const figures = await page.evaluate(async (row) => {
      const button = document.querySelector<HTMLElement>(`[aria-label="Points found"] [data-row="${row}"]`);
      const start = performance.now();
      button?.click();
      for (;;) {
        const found = document.querySelector<HTMLElement>(`[data-nearest-of="${row}"]`);
        if (found) return [Number(found.dataset.millis), performance.now() - start];
        await new Promise<void>((resolve) => {
          const observer = new MutationObserver(() => {
            observer.disconnect();
            resolve();
          });
          observer.observe(document.body, { subtree: true, childList: true, attributes: true });
        });
      }
    }, row);
    asked!.push(figures[0]!);
    shown!.push(figures[1]!);
  }
  console.log(
    `asked to answered ${asked!.map(millis).join(", ")}\nclick to list ${shown!.map(millis).join(", ")}`,
  );
  return { asked: asked!, shown: shown! };
}
