/** PR curves in a real browser, with the numbers that stock's routes have. */
import type { Browser } from "playwright-core";
import { afterAll, beforeAll, expect, onTestFinished, test } from "vitest";
import { startServer } from "../../server/index.ts";
import { createFileWriter } from "../../summary/index.ts";
import { describeInBrowser, launch, openPage } from "../tools/chromium.ts";
import { temporaryDirectory } from "../tools/records.ts";

describeInBrowser("PR curves", () => {
  let browser: Browser;
  beforeAll(async () => {
    browser = await launch();
  });
  afterAll(() => browser?.close());

  test("every run's curve at the step, with all that stock tells of a threshold", {
    timeout: 90_000,
  }, async () => {
    const logdir = temporaryDirectory();
    for (const [run, better] of Object.entries({ a: 0, b: 0.3 })) {
      const writer = createFileWriter(`${logdir}/${run}`);
      const labels = Array.from({ length: 200 }, (_, i) => i % 3 === 0);
      for (const step of [0, 10])
        writer.prCurve(
          "seven",
          { labels, predictions: labels.map((l, i) => ((i * 37) % 100) / 100 + (l ? better : 0)) },
          { step, thresholds: 11 },
        );
      writer.tensor("seven/odd", Float32Array.of(1), { step: 0, plugin: "pr_curves" });
      await writer.close();
    }
    const server = await startServer({ logdir, port: 0, threads: 0 });
    onTestFinished(() => server.close());
    await server.loaded;
    const { page, complaints } = await openPage(browser);
    await page.goto(`${server.url}#pr_curves`);
    const card = page.locator('[data-tag="seven"]');
    await card.locator("canvas.chart-lines[data-curves='2']").waitFor();
    // The better run is first.
    await expect.poll(() => card.locator(".pr-legend li").allTextContents()).toHaveLength(2);
    expect((await card.locator(".pr-legend li").allTextContents())[0]).toMatch(/^bAUC/);

    await card.locator("canvas.chart-hover").focus();
    await page.keyboard.press("ArrowRight");
    const answer = await fetch(new URL("data/plugin/pr_curves/pr_curves?tag=seven&run=a", server.url));
    const { a } = (await answer.json()) as { a: Record<string, number[]>[] };
    const last = a.at(-1)!;
    const numbers = async () =>
      (await card.locator(".plot-tip td").allTextContents()).map((text) => Number(text));
    await expect.poll(numbers, { timeout: 15_000 }).toHaveLength(8);
    const [threshold, precision, recall, , tp, fp, tn, fn] = await numbers();
    const at = last.thresholds!.findIndex((one) => Math.abs(one - threshold!) < 1e-3);
    expect(at).toBeGreaterThanOrEqual(0);
    expect(precision).toBeCloseTo(last.precision![at]!, 4);
    expect(recall).toBeCloseTo(last.recall![at]!, 4);
    expect([tp, fp, tn, fn]).toEqual(
      ["true_positives", "false_positives", "true_negatives", "false_negatives"].map(
        (name) => last[name]![at],
      ),
    );
    // Another step, on the card alone.
    await card.locator("canvas.chart-lines[data-step='10']").waitFor();
    await card.getByRole("button", { name: "Step with the whole page: seven" }).click();
    await card.getByRole("slider").focus();
    await page.keyboard.press("Home");
    await card.locator("canvas.chart-lines[data-step='0'][data-curves='2']").waitFor();
    await expect
      .poll(() => page.locator('[data-tag="seven/odd"]').textContent(), { timeout: 15_000 })
      .toContain("of another shape than [6, thresholds]");
    expect(complaints).toEqual([]);
  });
});
