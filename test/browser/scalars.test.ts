/** The scalars dashboard under a person's hands, in a real browser. */
import { appendFileSync, readFileSync } from "node:fs";
import type { Browser, Locator, Page } from "playwright-core";
import { afterAll, beforeAll, beforeEach, expect, onTestFinished, test } from "vitest";
import { type RunningServer, startServer } from "../../server/index.ts";
import { describeInBrowser, launch, openPage } from "../tools/chromium.ts";
import { eventFile, scalarEvent, temporaryDirectory, writeFile } from "../tools/records.ts";

const STEPS = 5000;
const RUNS = ["sweep/a", "sweep/b", "other"];
/** A single high value, far from either end. */
const SPIKE = 3210;

/** Three runs with a loss and an accuracy; the first has a spike of one point. */
function makeLogs(): string {
  const logdir = temporaryDirectory();
  for (const [i, run] of RUNS.entries()) {
    const events = Array.from({ length: STEPS }, (_, step) => [
      scalarEvent("loss/train", step, i === 0 && step === SPIKE ? 9 : 1 / (step + 1) + i, 1.7e9 + step + i),
      scalarEvent("accuracy", step, 1 - 1 / (step + 1), 1.7e9 + step + i),
    ]).flat();
    writeFile(logdir, `${run}/events.out.tfevents.1`, eventFile(...events));
  }
  return logdir;
}

describeInBrowser("the scalars dashboard", () => {
  let browser: Browser;
  let server: RunningServer;
  let logdir: string;
  let page: Page;
  let complaints: string[];
  let chart: Locator;

  beforeAll(async () => {
    browser = await launch();
  });
  afterAll(() => browser?.close());
  beforeEach(async () => {
    logdir = makeLogs();
    const started = await startServer({ logdir, port: 0, threads: 0 });
    server = started;
    onTestFinished(() => started.close());
    await started.loaded;
    ({ page, complaints } = await openPage(browser, { acceptDownloads: true }));
    await page.goto(server.url);
    chart = page.locator('[data-tag="loss/train"] canvas.chart-lines');
    await settled();
  });

  /** The card has drawn its points, and nothing is on its way. */
  async function settled(on = page): Promise<void> {
    await on.locator('[data-tag="loss/train"] canvas.chart-lines[data-points]').waitFor();
    await on.waitForLoadState("networkidle").catch(() => {});
    await on.waitForTimeout(250);
  }
  const points = async () => Number(await chart.getAttribute("data-points"));
  const hash = async () => {
    await page.waitForTimeout(250); // the address is written a moment later
    return new URL(page.url()).hash;
  };
  /** How strong each pixel of the chart's lines is, 0 to 255. */
  const picture = (on: Page): Promise<number[]> =>
    on.evaluate(() => {
      const canvas = document.querySelector<HTMLCanvasElement>('[data-tag="loss/train"] canvas.chart-lines')!;
      const { data } = canvas.getContext("2d")!.getImageData(0, 0, canvas.width, canvas.height);
      return Array.from({ length: data.length / 4 }, (_, i) => data[i * 4 + 3]!);
    });
  /** A point of the chart, as shares of its width and height from the left and the top. */
  async function at(x: number, y: number): Promise<[number, number]> {
    const box = (await chart.boundingBox())!;
    return [box.x + box.width * x, box.y + box.height * y];
  }
  async function drag(from: [number, number], to: [number, number]): Promise<void> {
    await page.mouse.move(...(await at(...from)));
    await page.mouse.down();
    await page.mouse.move(...(await at(...to)), { steps: 4 });
    await page.mouse.up();
  }

  test("groups tags, filters them, and folds their sections", async () => {
    expect(await page.locator(".group-name").allInnerTexts()).toEqual(["Ungrouped", "loss"]);
    await page.getByLabel("Filter tags").fill("^acc");
    await page.locator('[data-tag="loss/train"]').waitFor({ state: "detached" });
    await expect.poll(hash).toContain("tag_filter=^acc");
    await page.getByLabel("Filter tags").fill("(");
    expect(await page.locator(".toolbar").textContent()).toMatch(/regular expression|group/i);
    await page.getByLabel("Filter tags").fill("nothing like it");
    await page.getByText("No tag matches the filter").waitFor();
    await page.getByText("Clear the filter").click();
    await page.getByRole("button", { name: "loss 1 tag" }).click();
    await page.locator('[data-tag="loss/train"]').waitFor({ state: "detached" });
    expect(complaints).toEqual([]);
  });

  test("switches runs on and off, alone, by folder and by filter", async () => {
    const all = await points();
    await page.getByRole("treeitem", { name: "other" }).click();
    await expect.poll(points).toBeLessThan(all);
    await expect.poll(hash).toContain("runs=-other");
    await page.getByRole("treeitem", { name: "sweep/b" }).hover();
    await page.getByRole("treeitem", { name: "sweep/b" }).locator(".solo").click();
    await expect.poll(hash).toContain("runs=+sweep/b");
    await page.getByRole("button", { name: "All off" }).click();
    await page.getByText("All runs are off, so there is nothing to show.").waitFor();
    await page.getByRole("button", { name: "Switch them on" }).click();
    await expect.poll(points).toBe(all);
    await page.getByLabel("Filter runs").fill("sweep");
    await expect.poll(points).toBeLessThan(all);
    expect(await page.getByRole("treeitem").count()).toBe(3);
  });

  test("keeps the whole view in the address: a link shows the same", async () => {
    await page.getByLabel("Smoothing value").fill("0.9");
    await page.getByLabel("Smoothing value").press("Enter");
    await page.getByText("Relative", { exact: true }).click();
    await page.getByText("Log y").click();
    await page.getByRole("treeitem", { name: "other" }).click();
    await drag([0.4, 0.2], [0.6, 0.8]);
    await settled();
    const link = `${server.url}${await hash()}`;
    const second = await openPage(browser);
    await second.page.goto(link);
    await settled(second.page);
    const state = (on: Page) =>
      on.evaluate(() => ({
        smoothing: document.querySelector<HTMLInputElement>(".slider input[type=number]")?.value,
        checked: [...document.querySelectorAll<HTMLInputElement>(".toolbar input:checked")].map(
          (input) => input.parentElement?.textContent,
        ),
        on: [...document.querySelectorAll(".run-row.is-on")].map((row) => row.getAttribute("data-run")),
      }));
    expect(await state(second.page)).toEqual(await state(page));
    expect((await state(page)).smoothing).toBe("0.9");
    // The picture too, but for the zoom, which the address rounds to less than a pixel.
    const [ours, theirs] = [await picture(page), await picture(second.page)];
    const differing = ours.filter((value, i) => Math.abs(value - theirs[i]!) > 96).length;
    expect(ours.filter((value) => value > 96).length).toBeGreaterThan(500);
    expect(differing).toBeLessThan(ours.length / 500);
    await second.page.context().close();
  });

  test("shows every run's point at the crosshair, held by a click and sorted by a column", async () => {
    await page.mouse.move(...(await at(0.5, 0.5)));
    const table = page.getByRole("region", { name: "Values at the crosshair" });
    await table.waitFor();
    expect(await table.locator("tbody th").allInnerTexts()).toHaveLength(3);
    expect(await table.locator("thead th").allInnerTexts()).toEqual([
      "Run",
      "Smoothed",
      "Value",
      "Step",
      "Time",
      "Relative",
    ]);
    await page.mouse.down();
    await page.mouse.up();
    await table.getByRole("button", { name: "Value" }).click();
    expect(await table.locator("tbody th").allInnerTexts()).toEqual(["sweep/a", "sweep/b", "other"]);
    await table.getByRole("button", { name: "Value" }).click();
    expect(await table.locator("tbody th").allInnerTexts()).toEqual(["other", "sweep/b", "sweep/a"]);
    await page.keyboard.press("Escape");
    await table.waitFor({ state: "detached" });
  });

  test("holds a step, not a pixel: every card marks it, the address has it, and a growing run does not move it", async () => {
    await page.getByLabel("Smoothing value").fill("0");
    await page.getByLabel("Smoothing value").press("Enter");
    await settled();
    const held = (tag: string) =>
      page.locator(`[data-tag="${tag}"] canvas.chart-hover`).getAttribute("data-held");
    await page.mouse.click(...(await at(0.5, 0.5)));
    const table = page.getByRole("region", { name: "Values at the crosshair" });
    const step = async () => (await table.locator("tbody .col-step").first().innerText()).trim();
    const before = await step();
    const place = await held("loss/train");
    await expect.poll(hash).toMatch(/[?&]step=\d+/);
    await expect.poll(() => held("accuracy")).not.toBeNull();
    expect(await table.count()).toBe(1);
    // The run goes on for as long again: the same step, half as far to the right.
    const more = Array.from({ length: STEPS }, (_, i) => scalarEvent("loss/train", STEPS + i, 1, 1.8e9 + i));
    appendFileSync(`${logdir}/other/events.out.tfevents.1`, eventFile(...more));
    await expect.poll(async () => Number(await held("loss/train"))).toBeLessThan(Number(place) - 50);
    expect(await step()).toBe(before);
    // A click elsewhere closes the table; the step stays held until it is let go.
    await page.locator(".toolbar").click({ position: { x: 3, y: 3 } });
    await table.waitFor({ state: "detached" });
    expect(await held("accuracy")).not.toBeNull();
    await page.getByRole("slider", { name: "Step", exact: true }).press("ArrowRight");
    await expect.poll(hash).not.toContain(`step=${before.replace(",", "")}&`);
    await page.getByRole("button", { name: "Let go of the step" }).click();
    await expect.poll(() => held("accuracy")).toBeNull();
    expect(complaints).toEqual([]);
  });

  test("zooms by dragging, asks for finer data there, and resets by a double click", async () => {
    const asked: { from?: number; to?: number; pixels?: number }[] = [];
    page.on("request", (request) => {
      if (request.url().endsWith("/series")) asked.push(JSON.parse(request.postData() ?? "{}"));
    });
    const all = await points();
    expect(all).toBeLessThan(STEPS * RUNS.length);
    await drag([0.45, 0.5], [0.55, 0.5]);
    await expect.poll(() => asked.length).toBeGreaterThan(0);
    await settled();
    const { from = 0, to = 0 } = asked.at(-1)!;
    expect(from).toBeGreaterThan(STEPS * 0.3);
    expect(to).toBeLessThan(STEPS * 0.7);
    // Few enough points are left in sight that all of them are drawn.
    expect(await points()).toBeGreaterThanOrEqual(Math.floor(to - from) * RUNS.length);
    await page.mouse.dblclick(...(await at(0.5, 0.5)));
    await expect.poll(points).toBe(all);
    await expect.poll(hash).not.toContain("zoom");
  });

  test("pans with Shift, zooms with Ctrl and the wheel", async () => {
    await page.mouse.move(...(await at(0.5, 0.5)));
    await page.keyboard.down("Control");
    await page.mouse.wheel(0, -300);
    await page.keyboard.up("Control");
    await expect.poll(hash).toContain("zoom=");
    const zoomed = await hash();
    await page.keyboard.down("Shift");
    await drag([0.5, 0.5], [0.4, 0.5]);
    await page.keyboard.up("Shift");
    await expect.poll(hash).not.toBe(zoomed);
  });

  test("never loses a spike to the pixel budget", async () => {
    await page.getByText("Ignore outliers").click();
    await page.getByLabel("Smoothing value").fill("0");
    await page.getByLabel("Smoothing value").press("Enter");
    await settled();
    await page.mouse.move(...(await at(0.5, 0.5)));
    await page.keyboard.press("Tab");
    // The y axis reaches the spike: its picture has ink near the top, in the column of its step.
    const top = await chart.evaluate(
      (canvas: HTMLCanvasElement, share) => {
        const context = canvas.getContext("2d")!;
        const column = Math.round(canvas.width * share);
        const { data } = context.getImageData(column - 12, 0, 24, canvas.height / 4);
        return data.some((value, i) => i % 4 === 3 && value > 128);
      },
      0.105 + (SPIKE / STEPS) * 0.855,
    );
    expect(top).toBe(true);
  });

  test("downloads a card as PNG, SVG, CSV and JSON, the last two with every point", async () => {
    const card = page.locator('[data-tag="loss/train"]');
    const save = async (form: string): Promise<Buffer> => {
      await card.getByRole("button", { name: "Download" }).click();
      const [download] = await Promise.all([
        page.waitForEvent("download"),
        card.getByRole("menuitem", { name: form }).click(),
      ]);
      expect(download.suggestedFilename()).toBe(`loss_train.${form.toLowerCase()}`);
      return readFileSync(await download.path());
    };
    expect((await save("PNG")).subarray(1, 4).toString()).toBe("PNG");
    const svg = (await save("SVG")).toString();
    expect(svg).toMatch(/^<svg/);
    for (const run of RUNS) expect(svg).toContain(`>${run}</text>`);
    expect((await save("CSV")).toString().trim().split("\r\n")).toHaveLength(1 + STEPS * RUNS.length);
    const json: { series: { value: number[] }[] } = JSON.parse((await save("JSON")).toString());
    expect(json.series.map(({ value }) => value.length)).toEqual(RUNS.map(() => STEPS));
    expect(complaints).toEqual([]);
  });

  test("grows a card to full width", async () => {
    const card = page.locator('[data-tag="loss/train"]');
    const before = (await card.boundingBox())!.width;
    await card.getByRole("button", { name: "Full width" }).click();
    await expect.poll(async () => (await card.boundingBox())!.width).toBeGreaterThan(before * 1.5);
    await expect.poll(hash).toContain("wide=loss/train");
  });

  test("works by keyboard alone: runs, charts and the table", async () => {
    await page.getByRole("treeitem", { name: "sweep, folder" }).focus();
    await page.keyboard.press("End");
    await page.keyboard.press("Space");
    await expect.poll(hash).toContain("runs=-");
    await page.locator('[data-tag="loss/train"] canvas.chart-hover').focus();
    await page.keyboard.press("ArrowLeft");
    const spoken = page.locator('[data-tag="loss/train"] .visually-hidden[aria-live]');
    await expect.poll(() => spoken.textContent()).toMatch(/step [\d,]+/);
    await page.keyboard.press("Enter");
    await page.getByRole("button", { name: "Close" }).waitFor();
    await page.keyboard.press("+");
    await expect.poll(hash).toContain("zoom=");
    await page.keyboard.press("0");
    await expect.poll(hash).not.toContain("zoom=");
  });

  test("costs nothing where it is out of sight", async () => {
    await page.setViewportSize({ width: 700, height: 300 });
    await page.locator(".card").evaluateAll((cards) => {
      for (const card of cards) card.style.height = "1200px";
    });
    await page.mouse.wheel(0, 0);
    await page.evaluate(() => document.querySelector("main")?.scrollTo(0, 0));
    await expect
      .poll(() => page.locator('[data-tag="loss/train"] canvas').count(), { timeout: 5000 })
      .toBe(0);
    await page.locator('[data-tag="loss/train"]').scrollIntoViewIfNeeded();
    await expect.poll(() => page.locator('[data-tag="loss/train"] canvas').count()).toBeGreaterThan(0);
  });
});
