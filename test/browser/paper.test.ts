/** Every dashboard on paper: what scrolls on the screen stands there whole, and what is built only in sight is built. */
import type { Page } from "playwright-core";
import { expect, test } from "vitest";
import { WITH_WEBGL } from "../../scripts/chromium.ts";
import { createFileWriter } from "../../summary/index.ts";
import { describeInBrowser } from "../tools/chromium.ts";
import { corpusLogs } from "../tools/stock-answers.ts";
import { DASHBOARDS, type DashboardCase, EveryKind, fragmentOf, titleOf } from "./every-kind.ts";
import { servedPage } from "./served-page.ts";

const PATIENCE = { timeout: 30_000 };
/** A4 without its margins, CSS pixels. */
const PAPER = { width: 718, height: 1000 };
const RUNS = 60;

/** More of everything than there is room for on the screen. */
async function makeLogs(logdir: string): Promise<void> {
  const logs = await new EveryKind(logdir).begin();
  await logs.close();
  const tags = Array.from({ length: 30 }, (_, i) => `curves/number_${i}`);
  for (let run = 0; run < RUNS; run++) {
    const writer = createFileWriter(`${logdir}/many/run_${run}_of_a_sweep_with_quite_a_long_name`);
    writer.hparams(
      Object.fromEntries(
        Array.from({ length: 16 }, (_, i) => [`parameter_${i}`, ((run * (i + 3)) % 17) / 7]),
      ),
    );
    for (const step of [0, 1]) {
      writer.scalar("curves/number_0", run + step, { step });
      writer.histogram("weights", [run, run + 1, step], { step });
      const labels = [true, false, true, false];
      writer.prCurve("found", { labels, predictions: [0.9, 0.3, 0.6, run / RUNS] }, { step, thresholds: 11 });
    }
    await writer.close();
  }
  const writer = createFileWriter(`${logdir}/other`);
  for (const tag of tags) writer.scalar(tag, 1, { step: 0 });
  writer.customScalars([{ title: "All", charts: [{ title: "many", tags: ["curves/.*"] }] }]);
  const columns = 12;
  const table = `| ${"wide column | ".repeat(columns)}\n| ${"- | ".repeat(columns)}\n| ${"cell | ".repeat(columns)}\n\n`;
  writer.text("long", `${table}${"a\n\n".repeat(200)}`, { step: 0 });
  writer.text("long", "b\n\n".repeat(200), { step: 1 });
  await writer.close();
}

/** In the page: what is cut off in an element, or scrolls in it. */
function cutOff(): string[] {
  const isCut = (element: Element): boolean => {
    if (element.matches(".visually-hidden, input, select, textarea, canvas, svg *, .chart, .image-view"))
      return false;
    const { overflowX, overflowY } = getComputedStyle(element);
    const { scrollHeight, clientHeight, scrollWidth, clientWidth } = element;
    if (clientHeight === 0 || clientWidth === 0) return false;
    // A line's own parts may stick out of it by a pixel or two.
    return (
      (overflowY !== "visible" && scrollHeight > clientHeight + 2) ||
      (overflowX !== "visible" && scrollWidth > clientWidth + 2)
    );
  };
  return [...document.querySelectorAll("#app *")]
    .filter((element) => element.checkVisibility({ visibilityProperty: true }) && isCut(element))
    .map((element) => `${element.tagName} ${element.className}: ${element.textContent?.slice(0, 60)}`);
}

/** As Ctrl+P has it, before the browser prints. */
async function toPaper(page: Page): Promise<void> {
  await page.evaluate(() => window.dispatchEvent(new Event("beforeprint")));
  await page.emulateMedia({ media: "print" });
  await page.setViewportSize(PAPER);
}

/** Choices that open what may be cut. */
const CASES: readonly DashboardCase[] = [
  ...DASHBOARDS,
  { name: "scalars", query: "values=1", ready: ".values-table" },
  { name: "histograms", query: "histogram_mode=runs", ready: ".runs-key" },
  { name: "text", query: "text_all=1", ready: ".text-prose" },
];

describeInBrowser("on paper", { timeout: 120_000 }, () => {
  const served = servedPage(makeLogs, WITH_WEBGL);
  const traced = servedPage(corpusLogs);

  test.each(CASES.map((one) => ({ ...one, title: titleOf(one) })))("$title: nothing is cut", async (one) => {
    // With every section open.
    const page = await served.open(`${fragmentOf(one)}${one.query ? "&" : "?"}tag_filter=.`);
    // How many there are is another matter here.
    await page
      .locator(one.ready.replace(/='\d+'/, ""))
      .first()
      .waitFor(PATIENCE);
    await toPaper(page);
    await page.waitForLoadState("networkidle");
    await page.locator("details").evaluateAll((all) => {
      for (const one of all) one.setAttribute("open", "");
    });
    await expect.poll(() => page.evaluate(cutOff), PATIENCE).toEqual([]);
    // Browsers make what is a little too wide fit.
    const width = await page.evaluate(() => document.documentElement.scrollWidth);
    expect(width).toBeLessThanOrEqual(PAPER.width * 1.3);
  });

  test.each(["table", "timeline", "memory"])("the %s of a step: nothing is cut", async (panel) => {
    const page = await traced.open(`graphs?graph_run=v1_graph&graph_step=step010&graph_panel=${panel}`);
    await page.locator(".graph-dock :is(.data-row, canvas)").last().waitFor(PATIENCE);
    await toPaper(page);
    await expect.poll(() => page.evaluate(cutOff), PATIENCE).toEqual([]);
    if (panel !== "table") return;
    const table = page.getByRole("table");
    const rows = Number(await table.getAttribute("aria-rowcount"));
    await expect.poll(() => table.getByRole("row").count(), PATIENCE).toBe(rows);
  });

  test("every row of a long table is there", async () => {
    const page = await served.open("hparams");
    await page.locator(".hp-table tbody tr").first().waitFor(PATIENCE);
    expect(await page.locator(".hp-table tbody th").count()).toBeLessThan(RUNS);
    await toPaper(page);
    await expect.poll(() => page.locator(".hp-table tbody th").count(), PATIENCE).toBe(RUNS + 2);
    await page.evaluate(() => window.dispatchEvent(new Event("afterprint")));
    await page.emulateMedia({ media: null });
    await expect.poll(() => page.locator(".hp-table tbody th").count(), PATIENCE).toBeLessThan(RUNS);
  });
});
