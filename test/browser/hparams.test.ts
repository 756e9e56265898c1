/** The hyperparameters' page in a real browser. */
import type { Browser } from "playwright-core";
import { afterAll, beforeAll, expect, onTestFinished, test } from "vitest";
import { startServer } from "../../server/index.ts";
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
    await page.mouse.move(box.x + box.width - 56, box.y + 28);
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
});
