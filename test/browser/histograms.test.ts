/** Histograms and distributions in a real browser, with the numbers that stock's routes have. */
import type { Page } from "playwright-core";
import { expect, test } from "vitest";
import { createFileWriter } from "../../summary/index.ts";
import { describeInBrowser } from "../tools/chromium.ts";
import { READ_BACK } from "../tools/complaints.ts";
import { servedPage } from "./served-page.ts";

const STEPS = 200;
const START = 1_760_000_000;

async function makeLogs(logdir: string): Promise<void> {
  for (const run of ["a", "b"]) {
    const writer = createFileWriter(`${logdir}/${run}`);
    for (let step = 0; step < STEPS; step++)
      writer.histogram("layer/weights", [-1 - step / 100, 0, 1, run === "a" ? 2 : 3], { step });
    // A step a second.
    for (let step = 0; step < STEPS; step++)
      writer.histogram("timed", [step, step + 1], { step, wallTime: START + step });
    writer.histogram("nothing", [Number.NaN], { step: 0 });
    await writer.close();
  }
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
    // Which colour is whose.
    const key = card.getByRole("list", { name: "Runs in layer/weights" }).getByRole("listitem");
    expect(await key.allTextContents()).toEqual(["a", "b"]);
    const colors = await key
      .locator(".run-swatch")
      .evaluateAll((all) => all.map((one) => getComputedStyle(one).backgroundColor));
    expect(new Set(colors).size).toBe(2);
    await card.locator("canvas.chart-hover").focus();
    await page.keyboard.press("End");
    await page.keyboard.press("ArrowUp");
    await expect
      .poll(() => card.locator("[aria-live]").textContent(), { timeout: 15_000 })
      .toMatch(/^a, step 199, .* to 3: /);
  });

  test("offset or overlaid, by step, relative and wall time, with more bins, or counts on a logarithm", {
    timeout: 90_000,
  }, async () => {
    const page = await open("histograms");
    const card = page.locator('[data-tag="layer/weights"][data-run="a"]');
    const picture = card.locator("canvas.chart-lines[data-ridges='60']");
    await picture.waitFor();
    const pixels = () => picture.evaluate((canvas: HTMLCanvasElement) => canvas.toDataURL());
    const looks = [await pixels()];
    const change = async (act: () => Promise<unknown>) => {
      await act();
      await expect.poll(async () => looks.includes(await pixels()), { timeout: 15_000 }).toBe(false);
      looks.push(await pixels());
    };
    await change(() => page.getByText("Log y", { exact: true }).click());
    await change(() => page.getByText("Overlay", { exact: true }).click());
    await change(async () => {
      await page.getByLabel("Bins value").fill("7");
      await page.getByLabel("Bins value").press("Enter");
    });
    await page.getByText("Offset", { exact: true }).click();
    const said = async () => {
      await card.locator("canvas.chart-hover").focus();
      await page.keyboard.press("Home");
      return card.locator("[aria-live]").textContent();
    };
    await expect.poll(said, { timeout: 15_000 }).toMatch(/^step 199, /);
    await page.getByLabel("Steps by").selectOption("relative");
    await expect.poll(said, { timeout: 15_000 }).toMatch(/^[\d.]+ ?\w+, /);
    await page.getByLabel("Steps by").selectOption("wall_time");
    await expect.poll(said, { timeout: 15_000 }).toMatch(/\d\d:\d\d:\d\d, /);
  });

  test.each(["histograms", "distributions"])(
    "%s: what has no value is said in the card",
    async (dashboard) => {
      const page = await open(dashboard);
      const card = page.locator('[data-tag="nothing"][data-run="a"]');
      await expect
        .poll(() => card.textContent(), { timeout: 15_000 })
        .toContain("1 without a finite value (only NaN or infinities, or nothing)");
      await page.locator('[data-tag="layer/weights"][data-run="a"] canvas[data-last="199"]').waitFor();
    },
  );

  test("distributions stand over the step, relative or wall time", { timeout: 60_000 }, async () => {
    const page = await open("distributions");
    const picture = page.locator(
      `[data-tag="layer/weights"][data-run="a"] canvas.chart-lines[data-points="${STEPS}"]`,
    );
    await picture.waitFor();
    const pixels = () => picture.evaluate((canvas: HTMLCanvasElement) => canvas.toDataURL());
    const looks = [await pixels()];
    for (const [axis, named] of [
      ["Relative", "relative"],
      ["Wall time", "wall_time"],
    ] as const) {
      await page.getByRole("radio", { name: axis }).check();
      await expect.poll(async () => looks.includes(await pixels()), { timeout: 15_000 }).toBe(false);
      looks.push(await pixels());
      await expect.poll(() => new URL(page.url()).hash).toContain(`distribution_x=${named}`);
    }
    await page.getByRole("radio", { name: "Step" }).check();
    await expect.poll(pixels, { timeout: 15_000 }).toBe(looks[0]);
  });

  test("distributions show the range that the page looks at, by step and by time, and say which it is", {
    timeout: 60_000,
  }, async () => {
    const card = (page: Page) => page.locator('[data-tag="layer/weights"][data-run="a"]');
    const drawn = (page: Page, points: number) =>
      card(page).locator(`canvas.chart-lines[data-points="${points}"]`).waitFor();
    const at = async (page: Page, key: string): Promise<string | null> => {
      await card(page).locator("canvas.chart-hover").focus();
      await page.keyboard.press(key);
      return card(page).locator("[aria-live]").textContent();
    };
    const page = await open("distributions?range=50_79&distribution_x=relative");
    await drawn(page, 30);
    await expect.poll(() => at(page, "Home"), { timeout: 15_000 }).toMatch(/^step 50: minimum −1\.5/);
    await expect.poll(() => at(page, "End"), { timeout: 15_000 }).toMatch(/^step 79: minimum −1\.79/);
    // Let go of in the toolbar, as beside the slider of other pages.
    await page.getByRole("button", { name: "Range: 50 to 79" }).click();
    await drawn(page, STEPS);
    await expect.poll(() => new URL(page.url()).hash).not.toContain("range=");
    expect(await page.getByRole("button", { name: /^Range: / }).count()).toBe(0);

    const late = await open("distributions?range=190_");
    await drawn(late, STEPS - 190);
    await late.getByRole("button", { name: "Range: 190 to the newest" }).waitFor();
    const never = await open("distributions?range=1000_2000");
    await card(never).getByText("No distribution from 1,000 to 2,000").waitFor();
    // All of it took less than an hour.
    await drawn(await open("distributions?range=r0_3600"), STEPS);
    await card(await open("distributions?range=r3600_7200"))
      .getByText(/^No distribution from /)
      .waitFor();
  });

  test("relative times of a range count from the beginning of the run, in distributions too", async () => {
    /** From where to where over a range the mark of a held moment stands, in pixels. */
    const mark = async (moment: string): Promise<number[]> => {
      const page = await open(`distributions?range=50_79&distribution_x=relative&step=${moment}`, {
        expected: READ_BACK,
      });
      const card = page.locator('[data-tag="timed"][data-run="a"]');
      await card.locator('canvas.chart-lines[data-points="30"]').waitFor();
      const columns = () =>
        card.locator("canvas.chart-hover").evaluate((canvas: HTMLCanvasElement) => {
          const { width, height } = canvas;
          const { data } = canvas.getContext("2d")!.getImageData(0, 0, width, height);
          return [...Array(width).keys()].filter((x) => data[4 * (width * (height >> 1) + x) + 3]! > 0);
        });
      await expect.poll(columns, { timeout: 15_000 }).not.toEqual([]);
      // The run's first time comes with an answer of its own.
      await page.waitForTimeout(500);
      return columns();
    };
    const held = await mark("60");
    expect(await mark("r60")).toEqual(held);
    expect((await mark("r70"))[0]).toBeGreaterThan(held[0]!);
  });

  test("in distributions a click holds a step, the slider moves it and lets go of it", {
    timeout: 60_000,
  }, async () => {
    const page = await open("distributions?distribution_x=relative");
    const card = page.locator('[data-tag="timed"][data-run="a"]');
    await card.locator(`canvas.chart-lines[data-points="${STEPS}"]`).waitFor();
    const held = async () => new URLSearchParams(new URL(page.url()).hash.split("?")[1]).get("step");
    const said = async () => (await card.locator(".plot-note").allTextContents()).join();
    expect(await said()).toBe("");
    const surface = card.locator("canvas.chart-hover");
    await surface.focus();
    await page.keyboard.press("Home");
    for (let i = 0; i < 3; i++) await page.keyboard.press("ArrowRight");
    await page.keyboard.press("Enter");
    await expect.poll(held, { timeout: 15_000 }).toBe("r3");
    await expect.poll(said, { timeout: 15_000 }).toMatch(/^step 3: 3 to 4, median 3\.\d+$/);
    // The page's slider goes by what the step was chosen on.
    await page.getByRole("slider", { name: "Step", exact: true }).focus();
    await page.keyboard.press("ArrowRight");
    await expect.poll(held, { timeout: 15_000 }).toBe("r4");
    await expect.poll(said, { timeout: 15_000 }).toMatch(/^step 4: 4 to 5/);
    await page.getByRole("button", { name: "Let go of the step" }).click();
    await expect.poll(said, { timeout: 15_000 }).toBe("");
    await expect.poll(held, { timeout: 15_000 }).toBeNull();
    // A click on what is held lets go of it, too.
    const box = (await surface.boundingBox())!;
    for (const step of [true, false]) {
      await page.mouse.click(box.x + box.width / 2, box.y + box.height / 2);
      await expect.poll(async () => (await held()) !== null, { timeout: 15_000 }).toBe(step);
    }
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
