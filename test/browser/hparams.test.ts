/** The hyperparameters' page in a real browser. */
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import type { Browser } from "playwright-core";
import { afterAll, beforeAll, expect, onTestFinished, test } from "vitest";
import { startServer } from "../../server/index.ts";
import { createFileWriter } from "../../summary/index.ts";
import { describeInBrowser, launch, openPage } from "../tools/chromium.ts";
import { corpusLogs } from "../tools/stock-answers.ts";

const PATIENCE = { timeout: 20_000 };

describeInBrowser("hyperparameters", () => {
  let browser: Browser;
  beforeAll(async () => {
    browser = await launch();
  });
  afterAll(() => browser?.close());

  test("are a table with stock's numbers, sorted, brushed, and led on to curves", {
    timeout: 90_000,
  }, async () => {
    const server = await startServer({ logdir: corpusLogs, port: 0, threads: 0 });
    onTestFinished(() => server.close());
    await server.loaded;
    const { page, complaints } = await openPage(browser);
    await page.goto(`${server.url}#hparams?hparams_sort=-m%3Aaccuracy`);
    const plot = page.locator(".hp-parallel canvas[data-lines='9']");
    await plot.waitFor(PATIENCE);
    const answer = await fetch(new URL("data/plugin/hparams/session_groups", server.url), {
      method: "POST",
      body: JSON.stringify({
        startIndex: 0,
        sliceSize: 100,
        allowedStatuses: ["STATUS_UNKNOWN", "STATUS_SUCCESS"],
      }),
    });
    const { sessionGroups } = (await answer.json()) as {
      sessionGroups: { sessions: { name: string }[]; metricValues: { value: number }[] }[];
    };
    const best = sessionGroups.reduce((a, b) =>
      (b.metricValues[0]?.value ?? 0) > (a.metricValues[0]?.value ?? 0) ? b : a,
    );
    const first = page.locator(".hp-table tbody tr").first();
    expect(await first.locator("th").textContent()).toBe(best.sessions[0]!.name);
    expect(Number(await first.locator("td").last().textContent())).toBeCloseTo(
      best.metricValues[0]!.value,
      4,
    );

    // The upper half of the last axis.
    const box = (await plot.boundingBox())!;
    await page.mouse.move(box.x + box.width - 56, box.y + 36);
    await page.mouse.down();
    await page.mouse.move(box.x + box.width - 56, box.y + box.height / 2, { steps: 4 });
    await page.mouse.up();
    await expect.poll(() => page.locator(".hp-table tbody tr").count(), PATIENCE).toBe(4);
    await page.getByRole("button", { name: "Show all rows" }).click();
    await expect.poll(() => page.locator(".hp-table tbody tr").count(), PATIENCE).toBe(9);

    await first.getByRole("button").click();
    await page.locator('[data-tag="accuracy"] canvas.chart-lines[data-points]').waitFor(PATIENCE);
    expect(complaints).toEqual([]);
  });

  test("columns are moved, kept in sight and filtered; importance, scatter matrix and run selection follow", {
    timeout: 90_000,
  }, async () => {
    const logdir = mkdtempSync(path.join(tmpdir(), "tsboard-hparams-"));
    onTestFinished(() => rmSync(logdir, { recursive: true, force: true }));
    for (let i = 0; i < 60; i++) {
      const writer = createFileWriter(path.join(logdir, `s${i}`));
      const rate = 10 ** -(1 + (i % 4));
      writer.hparams({ rate, units: (i * 7) % 13, optimizer: i % 2 === 0 ? "adam" : "sgd" });
      writer.scalar("score", -Math.abs(Math.log10(rate) + 2) + (i % 2) * 0.2, { step: 1 });
      writer.scalar("loss", 1 + i, { step: 1 });
      writer.scalar("loss", 60 - i, { step: 2 });
      await writer.close();
    }
    const server = await startServer({ logdir, port: 0, threads: 0 });
    onTestFinished(() => server.close());
    await server.loaded;
    const { page, complaints } = await openPage(browser);
    await page.goto(`${server.url}#hparams?hparams_target=m%3Ascore`);
    await page.locator(".hp-parallel canvas[data-lines='60']").waitFor(PATIENCE);

    // What makes the score comes first.
    const rate = page.locator('.hp-importance [data-column="h:rate"] td');
    await expect
      .poll(async () => Number.parseFloat(await rate.first().innerText()), PATIENCE)
      .toBeGreaterThan(50);
    expect(await page.locator('.hp-importance [data-column="h:optimizer"] td').first().innerText()).toMatch(
      /%/,
    );

    // Axes by keys and by hand; the table has the same order.
    const titles = () => page.locator(".hp-axes button").allInnerTexts();
    const heads = () => page.locator(".hp-table thead th[data-column] button").allInnerTexts();
    const before = await titles();
    expect(before).toEqual(await heads());
    await page.getByRole("button", { name: "Axis rate, logarithmic" }).focus();
    const at = before.indexOf("rate");
    await page.keyboard.press("ArrowRight");
    const moved = [...before];
    moved.splice(at, 1);
    moved.splice(at + 1, 0, "rate");
    await expect.poll(titles, PATIENCE).toEqual(moved);
    expect(await heads()).toEqual(moved);
    const last = (await page.locator(".hp-axes button").last().boundingBox())!;
    const grip = (await page.locator(".hp-axes button").first().boundingBox())!;
    await page.mouse.move(grip.x + grip.width / 2, grip.y + 8);
    await page.mouse.down();
    await page.mouse.move(last.x + last.width / 2, last.y + 8, { steps: 8 });
    await page.mouse.up();
    await expect.poll(async () => (await titles()).at(-1), PATIENCE).toBe(moved[0]);

    // A column that is kept in sight stands first.
    await page.getByRole("button", { name: "Columns and filters" }).click();
    await page.getByRole("button", { name: "Keep loss in sight" }).click();
    await expect.poll(async () => (await heads())[0], PATIENCE).toBe("loss");
    expect(await page.locator(".hp-table thead th.is-stuck").count()).toBe(1);
    // By value.
    await page.getByRole("checkbox", { name: "optimizer: sgd" }).uncheck();
    const told = page.locator(".hp-note[role=status]");
    await expect.poll(() => told.innerText(), PATIENCE).toMatch(/^30 sessions of 60/);
    await page.keyboard.press("Escape");
    // By expression, of which what is wrong is said.
    const where = page.getByRole("textbox", { name: /^Filter rows/ });
    await where.fill("rate > 0.005 and unit");
    await page.getByRole("alert").getByText("there is no column unit").waitFor(PATIENCE);
    await where.fill("rate > 0.005 and units < 6");
    await expect.poll(() => told.innerText(), PATIENCE).toMatch(/^[0-9] sessions of 60/);
    const kept = Number.parseInt(await told.innerText(), 10);

    // The best of a loss is its smallest.
    await page.getByRole("radio", { name: "Best" }).check();
    const first = page.locator(".hp-table tbody tr").first();
    const run = Number((await first.locator("th").innerText()).slice(1));
    expect(Number(await first.locator("td.is-stuck").innerText())).toBe(Math.min(1 + run, 60 - run));

    await page.getByRole("radio", { name: "Scatter" }).check();
    const matrix = page.locator(`.hp-scatter canvas[data-dots='${kept}'][data-cells='25']`);
    await matrix.waitFor(PATIENCE);
    // A box over the lower left pair keeps a part, in both columns.
    const box = (await matrix.boundingBox())!;
    await page.mouse.move(box.x + 60, box.y + box.height - 40);
    await page.mouse.down();
    await page.mouse.move(box.x + 150, box.y + box.height - 80, { steps: 4 });
    await page.mouse.up();
    await expect.poll(() => new URL(page.url()).hash, PATIENCE).toContain("hparams_within=");

    await page.getByRole("button", { name: "Show all rows" }).click();
    await where.fill("session in ['s1', 's2']");
    await page.getByRole("button", { name: "Only these runs" }).click();
    await page.getByText("2 of 60 on").waitFor(PATIENCE);
    expect(complaints).toEqual([]);
  });
});
