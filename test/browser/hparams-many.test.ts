/** A table of 10,000 sessions in a real browser: a few dozen rows on the page, and all of them in every answer. */
import { readFileSync } from "node:fs";
import path from "node:path";
import type { Page } from "playwright-core";
import { expect, test, vi } from "vitest";
import { createFileWriter } from "../../summary/index.ts";
import { describeInBrowser } from "../tools/chromium.ts";
import { servedPage } from "./served-page.ts";

const PATIENCE = { timeout: 60_000 };
const SESSIONS = 10_000;
/** Sessions that are written at once. */
const AT_ONCE = 50;
/** Rows that a window of 800 pixels has room for, and some above and below. */
const MOST_ROWS = 60;

interface Session {
  readonly name: string;
  readonly rate: number;
  readonly optimizer: string;
  readonly score: number;
}

/** Every score from 0 to 9,999 once, in no order. */
const sessions: readonly Session[] = Array.from({ length: SESSIONS }, (_, i) => ({
  name: `s${i}`,
  rate: i / SESSIONS,
  optimizer: i % 2 === 0 ? "adam" : "sgd",
  score: (i * 7_919) % SESSIONS,
}));
const byScore = sessions.toSorted((a, b) => a.score - b.score);

async function makeLogs(logdir: string): Promise<void> {
  const write = async ({ name, rate, optimizer, score }: Session): Promise<void> => {
    const writer = createFileWriter(path.join(logdir, name));
    writer.hparams({ rate, optimizer });
    writer.scalar("score", score, { step: 1 });
    await writer.close();
  };
  for (let at = 0; at < SESSIONS; at += AT_ONCE)
    await Promise.all(sessions.slice(at, at + AT_ONCE).map(write));
}

// Files of 10,000 runs are written before, and removed after.
vi.setConfig({ hookTimeout: 180_000 });

describeInBrowser("10,000 sessions", () => {
  const served = servedPage(makeLogs);
  const table = (page: Page) => page.locator(".hp-table");
  const told = (page: Page) => page.locator(".hp-note[role=status]").innerText();

  async function show(view: string): Promise<Page> {
    const page = await served.open(`hparams?${view}`, { acceptDownloads: true });
    await expect.poll(() => told(page), PATIENCE).toBe("10,000 sessions");
    return page;
  }

  /** The rows on the page that can be seen below the header, from the top. */
  const rowsInSight = (page: Page) =>
    table(page).evaluate((scroller) => {
      const head = scroller.querySelector("thead th")!.getBoundingClientRect();
      const { bottom } = scroller.getBoundingClientRect();
      return [...scroller.querySelectorAll<HTMLTableRowElement>("tbody tr[aria-rowindex]")]
        .filter((row) => {
          const place = row.getBoundingClientRect();
          return place.bottom > head.bottom + 1 && place.top < bottom - 1;
        })
        .map((row) => ({
          index: Number(row.getAttribute("aria-rowindex")) - 2,
          top: row.getBoundingClientRect().top,
          cells: [...row.cells].map((cell) => cell.innerText.trim()),
        }));
    });

  /** What is in sight goes on without a gap, and is what stands there in the order. */
  async function expectInSight(page: Page, order: readonly Session[], from: number): Promise<void> {
    await expect.poll(async () => (await rowsInSight(page))[0]?.index, PATIENCE).toBe(from);
    const rows = await rowsInSight(page);
    expect(rows.length).toBeGreaterThan(3);
    for (const [i, { index, top, cells }] of rows.entries()) {
      const { name, rate, optimizer, score } = order[index]!;
      expect(index).toBe(from + i);
      expect(cells.filter((text) => text !== "").sort()).toEqual(
        [name, "unknown", String(rate), optimizer, String(score)].sort(),
      );
      if (i > 0) expect(top - rows[i - 1]!.top).toBeCloseTo(30, 0);
    }
    expect(await table(page).locator("tr").count()).toBeLessThan(MOST_ROWS);
    expect(await table(page).locator("table").getAttribute("aria-rowcount")).toBe(String(order.length + 1));
  }

  const scrollTo = (page: Page, row: number) =>
    table(page).evaluate((scroller, top) => scroller.scrollTo(0, top), row * 30);
  /** The first row in sight where the last is at the bottom. */
  const firstOfLast = async (page: Page): Promise<number> => {
    await expect.poll(async () => (await rowsInSight(page)).at(-1)?.index, PATIENCE).toBeGreaterThan(0);
    return (await rowsInSight(page))[0]!.index;
  };

  async function csv(page: Page): Promise<string[]> {
    await page.getByRole("button", { name: "Download the table" }).click();
    const [file] = await Promise.all([
      page.waitForEvent("download"),
      page.getByRole("menuitem", { name: "CSV" }).click(),
    ]);
    return readFileSync(await file.path(), "utf8")
      .trimEnd()
      .split("\n");
  }
  const csvLines = (of: readonly Session[]): string[] => [
    "session,status,optimizer,rate,score",
    ...of.map(({ name, rate, optimizer, score }) => [name, "unknown", optimizer, rate, score].join(",")),
  ];

  test("few rows are on the page, and it scrolls through all of them", { timeout: 120_000 }, async () => {
    const page = await show("hparams_view=none&hparams_sort=m:score");
    await expectInSight(page, byScore, 0);
    await scrollTo(page, 4_321);
    await expectInSight(page, byScore, 4_321);
    await table(page).focus();
    await page.keyboard.press("End");
    await expect.poll(async () => (await rowsInSight(page)).at(-1)?.index, PATIENCE).toBe(SESSIONS - 1);
    await expectInSight(page, byScore, await firstOfLast(page));
    await page.keyboard.press("Home");
    await expectInSight(page, byScore, 0);
  });

  test("they are sorted and filtered, and the file has all that the table has", {
    timeout: 120_000,
  }, async () => {
    const page = await show("");
    await page.locator(`.hp-parallel canvas[data-lines='${SESSIONS}']`).waitFor(PATIENCE);
    const heading = table(page).locator('th[data-column="m:score"] button').first();
    await heading.click();
    await expectInSight(page, byScore, 0);
    expect(await csv(page)).toEqual(csvLines(byScore));
    await heading.click();
    const falling = byScore.toReversed();
    await expectInSight(page, falling, 0);
    expect(await csv(page)).toEqual(csvLines(falling));

    // From the end of all of them to the few that are left.
    await table(page).evaluate((scroller) => scroller.scrollTo(0, scroller.scrollHeight));
    await expect.poll(async () => (await rowsInSight(page)).at(-1)?.index, PATIENCE).toBe(SESSIONS - 1);
    const where = page.getByRole("textbox", { name: /^Filter rows/ });
    await where.fill('optimizer == "sgd" and rate < 0.1');
    await expect.poll(() => told(page), PATIENCE).toMatch(/^500 sessions of 10,000/);
    const kept = falling.filter(({ optimizer, rate }) => optimizer === "sgd" && rate < 0.1);
    await scrollTo(page, 0);
    await expectInSight(page, kept, 0);
    expect(await csv(page)).toEqual(csvLines(kept));
    await where.fill("score >= 9998");
    await expect.poll(() => told(page), PATIENCE).toMatch(/^2 sessions of 10,000/);
    expect(await csv(page)).toEqual(csvLines(falling.slice(0, 2)));
    await page.getByRole("button", { name: "Show all rows" }).click();
    await expect.poll(() => told(page), PATIENCE).toBe("10,000 sessions");
    await expectInSight(page, falling, 0);
  });
});
