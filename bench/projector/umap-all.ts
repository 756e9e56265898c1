/** UMAP of 100,000 points: that it ends, tells how far it is, and leaves the page's thread and other questions alone. */
import type { Page } from "playwright-core";
import { bar, millis, seconds } from "../tools/report.ts";
import { startTsboard, untilLoaded } from "../tools/servers.ts";
import { makeVectors } from "./logs.ts";
import { onPage, openOurs, umapOurs } from "./pages.ts";
import type { Scenario } from "./scenario.ts";

const [ROWS, DIMS] = [100_000, 200];
const LONG_TASK_BAR = 100;

export const umapAll: Scenario = {
  name: "umap-all",
  async measure({ browser, logdir }) {
    await makeVectors(logdir, "all", ROWS, DIMS);
    const server = await startTsboard(logdir);
    await untilLoaded(server);
    const { time, longest, told, asked } = await onPage(browser, async (page) => {
      await openOurs(page, server, "all");
      await watch(page);
      const laidOut = umapOurs(page);
      const asked = await whileItRuns(page, laidOut);
      return { time: await laidOut, asked, ...(await page.evaluate<Watched>("globalThis.watched")) };
    });
    await server.stop();
    return {
      title: "UMAP of all points in the projector's page",
      how: `${ROWS.toLocaleString("en")} vectors of ${DIMS} dimensions in Chromium without a graphics card, from the click to the last pass, neighbours and all. Meanwhile a point is searched for and its neighbours are asked for, again and again.`,
      header: ["", "time"],
      rows: [
        ["tsboard", seconds(time)],
        ["neighbours of a point meanwhile, slowest of all", millis(Math.max(...asked))],
      ],
      notes: [
        bar("longest task of the page's thread", longest, LONG_TASK_BAR, millis),
        `how far it is was told ${told} times; neighbours were asked for ${asked.length} times`,
      ],
    };
  },
};

interface Watched {
  /** Milliseconds. */
  readonly longest: number;
  readonly told: number;
}

/** Counts from now on what the page's thread does, and how often it says how far it is. */
async function watch(page: Page): Promise<void> {
  await page.evaluate(`(() => {
    const watched = (globalThis.watched = { longest: 0, told: 0 });
    new PerformanceObserver((list) => {
      for (const { duration } of list.getEntries()) watched.longest = Math.max(watched.longest, duration);
    }).observe({ entryTypes: ["longtask"] });
    let before = "";
    setInterval(() => {
      const now = document.querySelector(".pj-status progress")?.getAttribute("value") ?? "";
      if (now !== "" && now !== before) watched.told++;
      before = now;
    }, 100);
  })()`);
}

/** Asks for the neighbours of one point after the other; milliseconds each, until the layout is done. */
async function whileItRuns(page: Page, laidOut: Promise<unknown>): Promise<number[]> {
  const times: number[] = [];
  let running = true;
  void laidOut.finally(() => {
    running = false;
  });
  for (let i = 0; running; i++) {
    await page.waitForTimeout(4000);
    await page.getByLabel("Search points").fill(`kind ${i % 20}`);
    const first = page.getByRole("list", { name: "Points found" }).getByRole("button").first();
    const row = await first.getAttribute("data-row");
    await first.click();
    const found = page.locator(`[data-nearest-of="${row}"]`);
    await found.waitFor();
    times.push(Number(await found.getAttribute("data-millis")));
  }
  return times;
}
