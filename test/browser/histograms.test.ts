/** Histograms and distributions in a real browser, with the numbers that stock's routes have. */
import { mkdtempSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { expect, test } from "vitest";
import { createFileWriter } from "../../summary/index.ts";
import { describeInBrowser } from "../tools/chromium.ts";
import { servedPage } from "./served-page.ts";

const STEPS = 200;

async function makeLogs(): Promise<string> {
  const logdir = mkdtempSync(path.join(tmpdir(), "tsboard-histograms-"));
  for (const run of ["a", "b"]) {
    const writer = createFileWriter(`${logdir}/${run}`);
    for (let step = 0; step < STEPS; step++)
      writer.histogram("layer/weights", [-1 - step / 100, 0, 1, run === "a" ? 2 : 3], { step });
    writer.histogram("nothing", [Number.NaN], { step: 0 });
    await writer.close();
  }
  return logdir;
}

describeInBrowser("histograms", () => {
  const served = servedPage(makeLogs);
  const { open } = served;
  const data = async (path: string) =>
    (await fetch(new URL(`data/plugin/${path}`, served.server.url))).json();

  test("a card a run has a hill a step, evenly chosen, and says what is at the pointer", async () => {
    const page = await open("histograms");
    const card = page.locator('[data-tag="layer/weights"][data-run="a"]');
    await card.locator("canvas.chart-lines[data-ridges='60']").waitFor();
    const surface = card.locator("canvas.chart-hover");
    await surface.focus();
    await page.keyboard.press("Home");
    // The last step's bin at the left edge has its smallest value: -2.99.
    await expect
      .poll(() => card.locator("[aria-live]").textContent(), { timeout: 15_000 })
      .toMatch(/^step 199, −2\.990 to .*: 1$/);
    await page.keyboard.press("Enter");
    await expect.poll(() => new URL(page.url()).hash).toContain("step=199");
  });

  test("a step that is held is drawn exactly, though it is none of the chosen ones", async () => {
    const page = await open("histograms?step=103");
    const card = page.locator('[data-tag="layer/weights"][data-run="b"]');
    await card.locator("canvas.chart-lines[data-ridges='61']").waitFor();
  });

  test("runs are laid over each other", async () => {
    const page = await open("histograms?histogram_mode=runs&bins=3");
    const card = page.locator('[data-tag="layer/weights"]');
    await card.locator("canvas.chart-lines[data-ridges='2']").waitFor();
    await card.locator("canvas.chart-hover").focus();
    await page.keyboard.press("End");
    await page.keyboard.press("ArrowUp");
    await expect
      .poll(() => card.locator("[aria-live]").textContent(), { timeout: 15_000 })
      .toMatch(/^a, step 199, .* to 3: /);
  });

  test("what has no value is said in the card", async () => {
    const page = await open("histograms");
    const card = page.locator('[data-tag="nothing"][data-run="a"]');
    await expect
      .poll(() => card.textContent(), { timeout: 15_000 })
      .toContain("1 without a value (only NaN, or nothing)");
  });

  test("distributions have stock's nine quantiles", async () => {
    const page = await open("distributions");
    const card = page.locator('[data-tag="layer/weights"][data-run="a"]');
    await card.locator(`canvas.chart-lines[data-points="${STEPS}"]`).waitFor();
    await card.locator("canvas.chart-hover").focus();
    await page.keyboard.press("Home");
    const rows = await data("distributions/distributions?run=a&tag=layer%2Fweights");
    const expected = rows[0][2].map(([, value]: [number, number]) => value);
    await expect.poll(() => card.locator(".plot-tip td").count()).toBe(9);
    const shown = await card.locator(".plot-tip td").allTextContents();
    const numbers = shown.map((text) => Number(text.replace("−", "-"))).reverse();
    for (const [i, value] of numbers.entries()) expect(value).toBeCloseTo(expected[i], 4);
  });
});
