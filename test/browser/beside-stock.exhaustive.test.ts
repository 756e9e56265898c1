/**
 * Our page beside TensorBoard's on the corpus of real logs, each on its own server, in one browser: every dashboard shows
 * every tag that stock's has, run by run, with the same numbers. What stock's page is given is read from the answers that
 * it gets, since most of what it draws is no text. Needs a Python with tensorboard.
 */
import type { Browser, Page } from "playwright-core";
import { afterAll, beforeAll, expect, test } from "vitest";
import {
  isInstalled,
  type MeasuredServer,
  startTensorBoard,
  untilStockHas,
} from "../../bench/tools/servers.ts";
import type { Catalog } from "../../server/api/types.ts";
import { type RunningServer, startServer } from "../../server/index.ts";
import { describeInBrowser, launch } from "../tools/chromium.ts";
import { corpusLogs } from "../tools/stock-answers.ts";

const PATIENCE = { timeout: 30_000 };
type Tags = Record<string, Record<string, unknown> | string[]>;

describeInBrowser("beside stock's page", { timeout: 120_000, skip: !isInstalled("tensorboard") }, () => {
  let browser: Browser;
  let ours: RunningServer;
  let stock: MeasuredServer;
  let stockPage: Page;
  beforeAll(async () => {
    browser = await launch();
    ours = await startServer({ logdir: corpusLogs, port: 0, threads: 0 });
    await ours.loaded;
    stock = (await startTensorBoard(
      corpusLogs,
      "--samples_per_plugin",
      "scalars=10000,images=10000,histograms=10000",
    ))!;
    stockPage = await browser.newPage({ viewport: { width: 1400, height: 900 } });
    // One of the runs has no data that stock lists.
    const { runs } = (await (await fetch(new URL("api/v1/catalog", ours.url))).json()) as Catalog;
    await untilStockHas(stock.url, runs.length - 1);
  }, 120_000);
  afterAll(async () => {
    await browser?.close();
    await ours?.close();
    await stock?.stop();
  });

  /** Opens stock's dashboard, and gives what its page is told of tags. */
  async function stockTags(dashboard: string, route = `plugin/${dashboard}/tags`): Promise<Tags> {
    await stockPage.goto("about:blank");
    const answer = stockPage.waitForResponse((response) => response.url().includes(`/data/${route}`));
    await stockPage.goto(`${stock.url}#${dashboard}`);
    return (await (await answer).json()) as Tags;
  }
  /** What a question of stock's page gives, asked from that page. */
  const askStock = (route: string, parameters: Record<string, string>): Promise<unknown> =>
    stockPage.evaluate(
      async (address) => (await fetch(address)).json(),
      `data/plugin/${route}?${new URLSearchParams(parameters)}`,
    );
  const pairs = (tags: Tags): string[] =>
    Object.entries(tags)
      .flatMap(([run, of]) => (Array.isArray(of) ? of : Object.keys(of)).map((tag) => `${tag} ${run}`))
      .sort();

  /** Our dashboard with every section open, on a screen that has room for all its cards. */
  async function open(fragment: string, height = 6000): Promise<Page> {
    const page = await browser.newPage({ viewport: { width: 1400, height } });
    await page.goto(`${ours.url}#${fragment}${fragment.includes("?") ? "&" : "?"}tag_filter=.`);
    await page.locator("html[data-ready]").waitFor(PATIENCE);
    return page;
  }
  /** Tag and run of what is on the page. */
  const shown = (page: Page, selector: string): Promise<string[]> =>
    page.locator(selector).evaluateAll((found) =>
      found
        .map((element) => {
          const of = (name: string) => element.closest(`[data-${name}]`)?.getAttribute(`data-${name}`) ?? "";
          return `${of("tag")} ${of("run")}`;
        })
        .sort(),
    );

  test.each(["scalars", "timeseries"])("%s: every run's newest value and step", async (dashboard) => {
    const tags = await stockTags("scalars");
    const page = await open(`${dashboard}?values=1&smoothing=0&kinds=scalars`, 14_000);
    const rowsOfAll = async (): Promise<string[]> => {
      // Tables build the rows that are in sight: all of them are to be.
      await page.locator(".values-table").evaluateAll((tables) => {
        for (const table of tables) if (table instanceof HTMLElement) table.style.height = "900px";
      });
      return shown(page, ".values-table tbody tr");
    };
    await expect.poll(rowsOfAll, PATIENCE).toEqual(pairs(tags));
    const rows = await page.locator(".values-table tbody tr").evaluateAll((found) =>
      found.map((row) => ({
        tag: row.closest("[data-tag]")!.getAttribute("data-tag")!,
        run: row.getAttribute("data-run")!,
        value: row.querySelector('[data-column="value"]')!.textContent!,
        step: row.querySelector('[data-column="step"]')!.textContent!,
      })),
    );
    expect(rows.length).toBeGreaterThan(30);
    const answers = await Promise.all(rows.map(({ tag, run }) => askStock("scalars/scalars", { tag, run })));
    for (const [i, { tag, run, value, step }] of rows.entries()) {
      const points = answers[i] as [number, number, number | string][];
      const [, lastStep, lastValue] = points.at(-1)!;
      expect(Number(step.replaceAll(/[^\d-]/g, "")), `${tag} ${run}`).toBe(lastStep);
      const number = Number(value.replace("−", "-").replace("∞", "Infinity"));
      if (!Number.isFinite(Number(lastValue))) expect(number, `${tag} ${run}`).toEqual(Number(lastValue));
      else
        expect(Math.abs(number - Number(lastValue)), `${tag} ${run}: ${value}`).toBeLessThanOrEqual(
          Math.abs(Number(lastValue)) * 1e-4,
        );
    }
    await page.close();
  });

  test.each(["histograms", "distributions"])("%s: every run's, with all its steps", async (dashboard) => {
    const tags = await stockTags(dashboard);
    const page = await open(dashboard, 12_000);
    expect(await shown(page, ".card")).toEqual(pairs(tags));
    for (const card of await page.locator(".card").all()) {
      const [tag, run] = [await card.getAttribute("data-tag"), await card.getAttribute("data-run")];
      const all = (await askStock("histograms/histograms", { tag: tag!, run: run! })) as [
        number,
        number,
        [number, number, number][],
      ][];
      const having = all.filter(([, , buckets]) => buckets.some(([, , inside]) => inside > 0)).length;
      const mark = dashboard === "histograms" ? "ridges" : "points";
      if (having === 0) await expect.poll(() => card.textContent(), PATIENCE).toContain("without a value");
      else
        await expect
          .poll(() => card.locator("canvas.chart-lines").getAttribute(`data-${mark}`), PATIENCE)
          .toBe(String(Math.min(having, mark === "ridges" ? 60 : 250)));
    }
    await page.close();
  });

  test("audio and text: every run's clips and texts at the newest step", async () => {
    const clips = await stockTags("audio");
    const page = await open("audio", 4000);
    const found = () =>
      page
        .locator(".run-clips")
        .evaluateAll((sections) =>
          sections
            .map(
              (one) =>
                `${one.closest("[data-tag]")!.getAttribute("data-tag")} ${one.getAttribute("aria-label")}`,
            )
            .sort(),
        );
    await expect.poll(found, PATIENCE).toEqual(pairs(clips));
    await page.close();

    const texts = await stockTags("text");
    const reading = await open("text", 9000);
    await expect.poll(() => shown(reading, ".card"), PATIENCE).toEqual(pairs(texts));
    for (const card of await reading.locator(".card").all()) {
      const [tag, run] = [await card.getAttribute("data-tag"), await card.getAttribute("data-run")];
      const all = (await askStock("text/text", { tag: tag!, run: run! })) as { text: string; step: number }[];
      const words = await stockPage.evaluate((html) => {
        const element = document.createElement("div");
        element.innerHTML = html;
        return element.textContent!.replace(/\s+/g, "");
      }, all.at(-1)!.text);
      await expect
        .poll(async () => ((await card.textContent()) ?? "").replace(/\s+/g, ""), PATIENCE)
        .toContain(words.slice(0, 200));
    }
    await reading.close();
  });

  test("images: every run's, at the newest step", async () => {
    const tags = (await stockTags("images")) as Record<string, Record<string, { samples: number }>>;
    for (const fragment of ["images", "timeseries?kinds=images"]) {
      const page = await open(fragment, 4000);
      const expected: string[] = [];
      for (const [run, of] of Object.entries(tags))
        for (const [tag, { samples }] of Object.entries(of))
          for (let sample = 0; sample < samples; sample++) {
            const parameters = { tag, run, sample: String(sample) };
            const all = (await askStock("images/images", parameters)) as { step: number }[];
            expected.push(`${tag} ${run} ${all.at(-1)!.step}`);
          }
      const tiles = () =>
        page.locator(".image-tile").evaluateAll((found) =>
          found
            .map((tile) => {
              const tag = tile.closest("[data-tag]")!.getAttribute("data-tag");
              return `${tag} ${tile.getAttribute("data-run")} ${tile.getAttribute("data-step")}`;
            })
            .sort(),
        );
      await expect.poll(tiles, PATIENCE).toEqual(expected.sort());
      await page.close();
    }
  });

  test("PR curves: every run's, with stock's numbers at a threshold", async () => {
    const tags = await stockTags("pr_curves");
    const page = await open("pr_curves", 2500);
    for (const [run, of] of Object.entries(tags))
      for (const tag of Object.keys(of)) {
        const card = page.locator(`.card[data-tag="${tag}"]`);
        await card.locator(".pr-legend").getByText(run, { exact: true }).waitFor(PATIENCE);
        const answer = (await askStock("pr_curves/pr_curves", { tag, run })) as Record<
          string,
          { precision: number[]; recall: number[]; thresholds: number[]; step: number }[]
        >;
        const newest = answer[run]!.at(-1)!;
        await card.locator("canvas.chart-hover").focus();
        await page.keyboard.press("ArrowLeft");
        const cells = card.locator(".plot-tip td");
        await expect.poll(() => cells.count(), PATIENCE).toBe(8);
        const [threshold, precision, recall] = (await cells.allTextContents()).map(Number);
        const at = newest.thresholds.findIndex((one) => Math.abs(one - threshold!) < 1e-4);
        expect(precision).toBeCloseTo(newest.precision[at]!, 3);
        expect(recall).toBeCloseTo(newest.recall[at]!, 3);
      }
    await page.close();
  });

  test("hyperparameters: every session, with what it was given and what came of it", async () => {
    await stockPage.goto("about:blank");
    const asked = stockPage.waitForResponse((response) => response.url().includes("session_groups"));
    await stockPage.goto(`${stock.url}#hparams`);
    const { sessionGroups } = (await (await asked).json()) as {
      sessionGroups: {
        hparams: Record<string, string | number | boolean>;
        sessions: { name: string; metricValues: { value: number }[] }[];
      }[];
    };
    const page = await open("hparams", 1600);
    const rows = page.locator(".hp-table tbody tr");
    await expect.poll(() => rows.count(), PATIENCE).toBeGreaterThanOrEqual(sessionGroups.length);
    for (const { sessions, hparams } of sessionGroups)
      for (const { name, metricValues } of sessions) {
        const cells = await rows.filter({ hasText: name }).locator("td").allTextContents();
        for (const value of Object.values(hparams))
          expect(
            cells.map((cell) => (typeof value === "number" ? Number(cell) : cell)),
            name,
          ).toContain(typeof value === "boolean" ? String(value) : value);
        for (const { value } of metricValues)
          expect(
            cells.some((cell) => Math.abs(Number(cell) - value) <= Math.abs(value) * 1e-4),
            `${name}: ${value}`,
          ).toBe(true);
      }
    await page.close();
  });

  test("graphs: every run and tag", async () => {
    const info = (await stockTags("graphs", "plugin/graphs/info")) as unknown as Record<
      string,
      { run_graph: boolean; tags: Record<string, unknown> }
    >;
    const page = await open("graphs", 900);
    const options = page.locator("main select").first().locator("option");
    const expected = Object.entries(info).filter(
      ([, { run_graph, tags }]) => run_graph || Object.keys(tags).length > 0,
    );
    await expect.poll(() => options.count(), PATIENCE).toBeGreaterThanOrEqual(expected.length);
    const names = (await options.allTextContents()).join("\n");
    for (const [run] of expected) expect(names).toContain(run);
    await page.close();
  });
});
