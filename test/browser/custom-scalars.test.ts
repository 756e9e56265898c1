/** Custom scalars in a real browser: layouts of the logs with the numbers of stock's routes, and layouts that are made in the page. */
import { cpSync, readFileSync } from "node:fs";
import path from "node:path";
import { AxeBuilder } from "@axe-core/playwright";
import type { Browser, Page } from "playwright-core";
import { afterAll, beforeAll, expect, onTestFinished, test } from "vitest";
import { isInstalled, python } from "../../bench/tools/servers.ts";
import { startServer } from "../../server/index.ts";
import { createFileWriter } from "../../summary/index.ts";
import { formatValue } from "../../ui/app/format.ts";
import { startStock } from "../odd-logs/stock.ts";
import { describeInBrowser, launch, openPage } from "../tools/chromium.ts";
import { temporaryDirectory, writeFile } from "../tools/records.ts";

/** Tags in which a layout may find something, with a bound above and below. */
const TAGS = ["loss/train", "loss/valid", "accuracy", "Loss", "low", "high"] as const;
const STEPS = 20;

async function writeLogs(logdir: string) {
  const writers = ["a", "b"].map((run) => createFileWriter(path.join(logdir, run)));
  for (const [r, writer] of writers.entries())
    for (let step = 0; step < STEPS; step++)
      for (const [t, tag] of TAGS.entries()) writer.scalar(tag, Math.sin(step / 3 + t) + r, { step });
  writers[0]!.customScalars([
    {
      title: "From the logs",
      charts: [
        { title: "Losses", tags: ["loss/.*"] },
        { title: "No case", tags: ["(?i)LOSS"] },
        { title: "Ahead", tags: ["loss/(?!v)"] },
        { title: "Nested", tags: ["(\\w+)+/\\w+"] },
        { title: "Bounds", series: [{ value: "accuracy", lower: "low", upper: "high" }] },
        { title: "Bad", tags: ["(", "accuracy"] },
        { title: "Only bad", tags: ["["] },
        { title: "None", tags: ["nothing"] },
        { title: "Missing", series: [{ value: "accuracy", lower: "gone", upper: "high" }] },
      ],
    },
  ]);
  for (const writer of writers) await writer.flush();
  return writers;
}

describeInBrowser("custom scalars", () => {
  let browser: Browser;
  beforeAll(async () => {
    browser = await launch();
  });
  afterAll(() => browser?.close());

  const card = (page: Page, title: string, category = "From the logs") =>
    page.locator(`[data-tag="${category}/${title}"]`);
  const points = (page: Page, title: string, category?: string) =>
    card(page, title, category).locator("canvas.chart-lines").getAttribute("data-points");
  const wait = { timeout: 20_000 };

  test("layouts of the logs are drawn with stock's tags and numbers; bad ones are said, the rest goes on", {
    timeout: 120_000,
  }, async () => {
    const logdir = temporaryDirectory();
    const writers = await writeLogs(logdir);
    onTestFinished(() => Promise.all(writers.map((writer) => writer.close())).then(() => {}));
    const server = await startServer({ logdir, port: 0, threads: 0, indexCache: null });
    onTestFinished(() => server.close());
    await server.loaded;
    const { page, complaints } = await openPage(browser, { acceptDownloads: true, reducedMotion: "reduce" });
    await page.goto(`${server.url}#custom_scalars`);

    /** Points of the tags that stock's route finds for a layout's expressions, over all runs. */
    const stock = async (run: string, expression: string) => {
      const query = new URLSearchParams({ run, tag: expression });
      const answer = await fetch(new URL(`data/plugin/custom_scalars/scalars?${query}`, server.url));
      return (await answer.json()) as {
        regex_valid: boolean;
        tag_to_events: Record<string, [number, number, number][]>;
      };
    };
    for (const [title, expression] of [
      ["Losses", "loss/.*"],
      ["No case", "(?i)LOSS"],
      ["Ahead", "loss/(?!v)"],
      ["Nested", "(\\w+)+/\\w+"],
    ] as const) {
      const answers = await Promise.all(["a", "b"].map((run) => stock(run, expression)));
      const series = answers.flatMap(({ tag_to_events: found }) => Object.values(found));
      expect(series.length).toBeGreaterThan(0);
      await card(page, title).scrollIntoViewIfNeeded();
      await expect.poll(() => points(page, title), wait).toBe(String(series.flat().length));
    }
    // Values, by the file that the card gives.
    await card(page, "Losses").scrollIntoViewIfNeeded();
    await page.getByRole("button", { name: "Download Losses" }).click();
    const [download] = await Promise.all([
      page.waitForEvent("download"),
      page.getByRole("menuitem", { name: /JSON/ }).click(),
    ]);
    const given = JSON.parse(readFileSync(await download.path(), "utf8")) as {
      tag: string;
      series: { run: string; step: string[]; value: string[] }[];
    }[];
    for (const run of ["a", "b"]) {
      const { tag_to_events: found } = await stock(run, "loss/.*");
      expect(given.map(({ tag }) => tag).sort()).toEqual(Object.keys(found).sort());
      for (const { tag, series } of given) {
        const own = series.find((one) => one.run === run)!;
        expect(own.step.map((step, i) => [Number(step), Number(own.value[i])])).toEqual(
          found[tag]!.map(([, step, value]) => [step, value]),
        );
      }
    }

    await card(page, "Bounds").scrollIntoViewIfNeeded();
    await expect.poll(() => points(page, "Bounds"), wait).toBe(String(2 * STEPS));
    await card(page, "Bounds").locator("canvas.chart-hover").focus();
    await page.keyboard.press("ArrowRight");
    const value = page.locator(".hover-table td.col-value").first();
    // The value, between what its bounds have at the same step.
    await expect.poll(() => value.textContent(), wait).toMatch(/^\S+ \(\S+ … \S+\)$/);
    await page.keyboard.press("Escape");

    // The table of values: a row a line, whatever the chart is made of.
    await page.getByRole("checkbox", { name: "Values" }).click();
    await card(page, "Losses").scrollIntoViewIfNeeded();
    const rows = (title: string) => card(page, title).locator(".values-table tbody tr");
    await expect
      .poll(() => rows("Losses").locator("th").allTextContents(), wait)
      .toEqual(["a · loss/train", "a · loss/valid", "b · loss/train", "b · loss/valid"]);
    const newest = await rows("Losses").locator('td[data-column="value"]').allTextContents();
    const wanted = given
      .flatMap(({ series }) => series)
      .map(({ value: all }) => formatValue(Number(all.at(-1))));
    expect([...newest].sort()).toEqual([...wanted].sort());
    await card(page, "Bounds").scrollIntoViewIfNeeded();
    await expect.poll(() => rows("Bounds").locator("th").allTextContents(), wait).toEqual(["a", "b"]);
    // With a range, what each line did in it.
    await page.getByRole("checkbox", { name: "Range" }).click();
    await card(page, "Losses").scrollIntoViewIfNeeded();
    await expect.poll(() => rows("Losses").locator('td[data-column="max"]').count(), wait).toBe(4);
    await page.getByRole("checkbox", { name: "Range" }).click();

    for (const [title, words] of [
      ["Bad", /\(: Not a regular expression/],
      ["Only bad", /\[: Not a regular expression/],
      ["None", /No tag matches nothing/],
      ["Missing", /These tags are not there: gone/],
    ] as const) {
      await card(page, title).scrollIntoViewIfNeeded();
      await expect.poll(() => card(page, title).textContent(), wait).toMatch(words);
    }
    await card(page, "Bad").scrollIntoViewIfNeeded();
    await expect.poll(() => points(page, "Bad"), wait).toBe(String(2 * STEPS));

    // New values, and a new layout, without a click.
    await card(page, "Losses").scrollIntoViewIfNeeded();
    writers[1]!.scalar("loss/train", 1, { step: STEPS });
    writers[1]!.customScalars([{ title: "Later", charts: [{ title: "Came", tags: ["acc"] }] }]);
    await writers[1]!.flush();
    await expect.poll(() => points(page, "Losses"), wait).toBe(String(4 * STEPS + 1));
    await card(page, "Came", "Later").scrollIntoViewIfNeeded(wait);
    await expect.poll(() => points(page, "Came", "Later"), wait).toBe(String(2 * STEPS));
    expect(complaints).toEqual([]);
  });

  test("a layout is made in the page, kept, and given as the file that stock reads", {
    timeout: 180_000,
  }, async () => {
    const logdir = temporaryDirectory();
    const writers = await writeLogs(logdir);
    await Promise.all(writers.map((writer) => writer.close()));
    const server = await startServer({ logdir, port: 0, threads: 0, indexCache: null });
    onTestFinished(() => server.close());
    await server.loaded;
    const { page, complaints } = await openPage(browser, {
      acceptDownloads: true,
      viewport: { width: 390, height: 900 },
    });
    await page.goto(`${server.url}#custom_scalars?closed=layout:%20From%20the%20logs`);
    await page.getByRole("button", { name: "New chart" }).click();
    const form = page.getByRole("form", { name: "New chart" });
    // Whoever types at once types the title.
    await page.keyboard.type("M");
    expect(await page.getByLabel("Title").inputValue()).toBe("M");
    const status = () => form.getByRole("status").textContent();
    await form.getByLabel("Tags by regular expression").fill("loss/(");
    await expect.poll(status, wait).toMatch(/Not a regular expression/);
    await form.getByLabel("Tags by regular expression").fill("loss/t.*");
    await expect.poll(status, wait).toBe("1 tag: loss/train");
    await form.getByLabel("Title").fill("Mine");
    await form.getByLabel("Category").fill("Made");
    expect((await new AxeBuilder({ page }).analyze()).violations.map(({ id }) => id)).toEqual([]);
    expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(390);
    await page.keyboard.press("Enter");
    await expect.poll(() => points(page, "Mine", "Made"), wait).toBe(String(2 * STEPS));
    // It stands at the end, in sight, and has the focus.
    const mine = card(page, "Mine", "Made");
    expect(await mine.evaluate((one) => one === document.activeElement)).toBe(true);
    const { y, height } = (await mine.boundingBox())!;
    expect(y).toBeGreaterThanOrEqual(0);
    expect(y + height).toBeLessThanOrEqual(900);

    await page.getByRole("button", { name: "New chart" }).click();
    await page.getByText("Values with margins").click();
    await page.getByLabel("Title").fill("Between");
    await page.getByLabel("Tag of the value").fill("accuracy");
    await page.getByLabel("of the lower bound").fill("low");
    await page.getByLabel("of the upper bound").fill("high");
    await page.getByRole("button", { name: "Add chart" }).click();
    await expect.poll(() => points(page, "Between", "Made"), wait).toBe(String(2 * STEPS));

    // After a reload it is still there, and can be changed.
    await page.reload();
    await expect.poll(() => points(page, "Mine", "Made"), wait).toBe(String(2 * STEPS));
    await page.getByRole("button", { name: "Change Mine, Made" }).click();
    await page.getByLabel("Tags by regular expression").fill("loss/.*");
    await page.getByRole("button", { name: "Keep" }).click();
    await expect.poll(() => points(page, "Mine", "Made"), wait).toBe(String(4 * STEPS));

    const layout = [
      {
        title: "Made",
        chart: [
          { title: "Mine", multiline: { tag: ["loss/.*"] } },
          { title: "Between", margin: { series: [{ value: "accuracy", lower: "low", upper: "high" }] } },
        ],
        closed: false,
      },
    ];
    const take = async (name: string | RegExp) => {
      await page.getByRole("button", { name: "Layout that was made here" }).click();
      const [download] = await Promise.all([
        page.waitForEvent("download"),
        page.getByRole("menuitem", { name }).click(),
      ]);
      return { name: download.suggestedFilename(), bytes: readFileSync(await download.path()) };
    };
    const json = await take("As JSON");
    expect(JSON.parse(json.bytes.toString())).toMatchObject({ category: [{ title: "Made" }] });
    const file = await take(/As TensorBoard reads it/);
    expect(file.name).toMatch(/^events\.out\.tfevents\.\d+\.custom_scalars\.v2$/);

    // Back from JSON, after all of it was removed.
    await page.getByRole("button", { name: "Layout that was made here" }).click();
    await page.getByRole("menuitem", { name: "Remove all" }).click();
    await card(page, "Mine", "Made").waitFor({ state: "detached" });
    await page.setInputFiles('input[type="file"]', {
      name: "layout.json",
      mimeType: "application/json",
      buffer: json.bytes,
    });
    await expect.poll(() => points(page, "Mine", "Made"), wait).toBe(String(4 * STEPS));
    await page.setInputFiles('input[type="file"]', {
      name: "no.json",
      mimeType: "application/json",
      buffer: Buffer.from("{}"),
    });
    await page.getByText(/no list at layout\.category/).waitFor();
    expect(complaints).toEqual([]);

    // Stock, on a copy of the logs with nothing but this layout in it.
    if (python === null || !isInstalled("tensorboard")) return;
    const copy = temporaryDirectory();
    cpSync(path.join(logdir, "b"), path.join(copy, "b"), { recursive: true });
    writeFile(copy, path.join("layout", file.name), file.bytes);
    const tensorboard = await startStock(copy, 2);
    onTestFinished(() => void tensorboard.process.kill());
    const answer = await fetch(new URL("data/plugin/custom_scalars/layout", tensorboard.url));
    expect(await answer.json()).toEqual({ version: 0, category: layout });
  });
});
