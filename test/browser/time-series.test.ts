/** The page of all kinds of cards in a real browser: kinds, pins, the range with its table, settings that last. */
import type { BrowserContextOptions, Page } from "playwright-core";
import { expect, onTestFinished, test } from "vitest";
import { createFileWriter } from "../../summary/index.ts";
import { describeInBrowser, openPage } from "../tools/chromium.ts";
import { servedPage } from "./served-page.ts";

const STEPS = 50;
const PATIENCE = { timeout: 20_000 };

async function makeLogs(logdir: string): Promise<void> {
  for (const [r, run] of ["a", "b", "c"].entries()) {
    const writer = createFileWriter(`${logdir}/${run}`);
    for (let step = 0; step < STEPS; step++) {
      writer.scalar("train/loss", Math.abs(step - 20 - r), { step });
      writer.scalar("train/rate", 1, { step });
      if (run === "c") continue;
      writer.histogram("train/weights", [step, step + 1, step + 2], { step });
      const pixels = new Uint8Array(12).fill(step * 4 + r);
      writer.image("samples/digits", pixels, { step, shape: [2, 2, 3] });
    }
    await writer.close();
  }
}

describeInBrowser("the time series page", () => {
  const served = servedPage(makeLogs);
  const open = (fragment: string, options?: BrowserContextOptions) =>
    served.open(`timeseries${fragment}`, options);
  const section = (page: Page, name: string) => page.locator(`section.group[aria-label="${name}"]`);
  const card = (page: Page, tag: string) =>
    section(page, tag.slice(0, tag.indexOf("/"))).locator(`[data-tag="${tag}"]`);
  const rows = async (page: Page, tag: string) =>
    card(page, tag)
      .locator(".values-table tbody tr")
      .evaluateAll((found) =>
        found.map((row) => [...row.querySelectorAll("th bdi, td")].map((cell) => cell.textContent)),
      );

  test("all kinds of a name are together, and the code of a kind comes with its first card", {
    timeout: 60_000,
  }, async () => {
    const scripts: string[] = [];
    const { page } = await openPage(served.browser);
    onTestFinished(() => page.context().close());
    page.on("request", (request) => scripts.push(new URL(request.url()).pathname));
    await page.goto(`${served.server.url}#timeseries?kinds=scalars`);
    await card(page, "train/loss").locator("canvas[data-points]").waitFor(PATIENCE);
    const of = (kind: string) => scripts.filter((name) => name.startsWith(`/assets/${kind}-`)).length;
    expect([of("scalars") > 0, of("histograms"), of("images")]).toEqual([true, 0, 0]);
    expect(await page.locator(".card").count()).toBe(2);

    await page.getByRole("checkbox", { name: "All" }).check();
    await card(page, "train/weights").first().locator("canvas[data-ridges='50']").waitFor(PATIENCE);
    await card(page, "samples/digits").locator('.image-tile[data-step="49"] img').first().waitFor(PATIENCE);
    expect([of("histograms") > 0, of("images") > 0]).toEqual([true, true]);
    const train = section(page, "train");
    expect(
      await train.locator(".card").evaluateAll((cards) => cards.map((one) => one.getAttribute("aria-label"))),
    ).toEqual(["train/loss", "train/rate", "train/weights, a", "train/weights, b"]);
    expect(await card(page, "samples/digits").locator(".image-tile").count()).toBe(2);
  });

  test("cards are pinned without a limit, and stay so after a reload, by the link, and at the next visit", {
    timeout: 90_000,
  }, async () => {
    const page = await open("");
    await card(page, "train/loss").getByRole("button", { name: "Pin: train/loss" }).click();
    await card(page, "train/weights").last().getByRole("button", { name: "Pin: train/weights, b" }).click();
    await card(page, "samples/digits").getByRole("button", { name: "Pin: samples/digits" }).click();
    const pinned = (of: Page) =>
      section(of, "Pinned")
        .locator(".card")
        .evaluateAll((cards) => cards.map((one) => one.getAttribute("aria-label")));
    const expected = ["train/loss", "train/weights, b", "samples/digits"];
    expect(await pinned(page)).toEqual(expected);
    await section(page, "Pinned").locator("canvas[data-ridges='50']").waitFor(PATIENCE);
    // The address follows a moment later: the first pin may be in it before the last.
    await expect.poll(() => new URL(page.url()).hash, PATIENCE).toMatch(/pins=.*digits/);
    const link = page.url();
    await page.reload();
    await expect.poll(() => pinned(page), PATIENCE).toEqual(expected);

    const elsewhere = await open("");
    await elsewhere.goto(link);
    await elsewhere.reload();
    await expect.poll(() => pinned(elsewhere), PATIENCE).toEqual(expected);
    // What is filtered away is still on top, if it is pinned.
    await elsewhere.goto(`${link}&tag_filter=rate`);
    await elsewhere.reload();
    await card(elsewhere, "train/rate").waitFor(PATIENCE);
    expect(await pinned(elsewhere)).toEqual(expected);
    expect(await elsewhere.locator(".group .card").count()).toBe(4);

    // The next visit of the one who pinned, not of the one who followed a link.
    const later = await page.context().newPage();
    await later.goto(`${served.server.url}#timeseries`);
    await expect.poll(() => pinned(later), PATIENCE).toEqual(expected);
    await later.getByRole("button", { name: "Unpin all" }).click();
    expect(await section(later, "Pinned").count()).toBe(0);

    const most = Array.from({ length: 120 }, (_, i) => `scalars:gone${i}`).join(",");
    await elsewhere.goto(`${served.server.url}#timeseries?pins=scalars:train/loss,${most}`);
    await elsewhere.reload();
    await expect.poll(() => pinned(elsewhere), PATIENCE).toEqual(["train/loss"]);
    await elsewhere.getByText("120 pinned cards are of tags or runs that are not here").waitFor(PATIENCE);
  });

  test("a range is the same on every card, and its table has what runs did in it", {
    timeout: 90_000,
  }, async () => {
    const page = await open("?smoothing=0");
    await card(page, "train/loss").locator("canvas[data-points='150']").waitFor(PATIENCE);
    await page.getByRole("checkbox", { name: "Range" }).check();
    await expect
      .poll(() => rows(page, "train/loss"), PATIENCE)
      .toEqual([
        ["a", "20", "29", "0", "29", "+9", "+45", "0 – 49"],
        ["b", "21", "28", "0", "28", "+7", "+33.3", "0 – 49"],
        ["c", "22", "27", "0", "27", "+5", "+22.7", "0 – 49"],
      ]);
    // By keys: from point to point, and ten at a time.
    const start = card(page, "train/loss").getByRole("slider", { name: "Start of the range: train/loss" });
    await start.focus();
    await page.keyboard.press("Shift+ArrowRight");
    await page.keyboard.press("ArrowRight");
    expect(await start.getAttribute("aria-valuetext")).toBe("11");
    expect(await card(page, "train/rate").getByRole("slider").first().getAttribute("aria-valuetext")).toBe(
      "11",
    );
    // By hand: the end to the middle of the other chart.
    const end = card(page, "train/rate").getByRole("slider", { name: "End of the range: train/rate" });
    const grip = (await end.boundingBox())!;
    const plot = (await card(page, "train/rate").locator(".plot").boundingBox())!;
    await page.mouse.move(grip.x + grip.width / 2, grip.y + grip.height - 12);
    await page.mouse.down();
    await page.mouse.move(plot.x + plot.width / 2, grip.y + grip.height - 12, { steps: 5 });
    await page.mouse.up();
    const stop = Number(await end.getAttribute("aria-valuenow"));
    expect(stop).toBeGreaterThan(18);
    expect(stop).toBeLessThan(32);
    await expect.poll(() => new URL(page.url()).hash, PATIENCE).toContain(`range=11_${stop}`);
    await expect.poll(async () => (await rows(page, "train/loss"))[0]!.at(-1), PATIENCE).toBe(`11 – ${stop}`);
    const answer = await fetch(new URL(`api/v1/last?tag=train/loss&from=11&to=${stop}`, served.server.url));
    const { series } = (await answer.json()) as {
      series: { first: { value: number }; last: { value: number }; max: { value: number } }[];
    };
    const numbers = (await rows(page, "train/loss")).map((cells) => cells.slice(1, 5).map(Number));
    expect(numbers).toEqual(
      series.map(({ first, last, max }) => [first.value, last.value, 0, max.value].map(Number)),
    );
    // Histograms show what lies in it.
    await card(page, "train/weights")
      .first()
      .locator(`canvas[data-ridges='${stop - 10}']`)
      .waitFor(PATIENCE);
    // So do the images, with their slider: the newest of the range, and no further back than its start.
    const digits = card(page, "samples/digits");
    await digits.locator(`.image-tile[data-run="a"][data-step="${stop}"] img`).waitFor(PATIENCE);
    await digits.getByRole("slider").focus();
    await page.keyboard.press("Home");
    await digits.locator('.image-tile[data-run="a"][data-step="11"] img').waitFor(PATIENCE);
    expect(await digits.getByRole("slider").getAttribute("max")).toBe(String(stop - 11));
    await page.keyboard.press("End");
    await page.getByRole("button", { name: `Range: 11 to ${stop}` }).waitFor(PATIENCE);
    // Sorted by change, the most first, and then the least.
    const heading = card(page, "train/loss").getByRole("button", { name: "Start" });
    await heading.click();
    await expect
      .poll(async () => (await rows(page, "train/loss")).map(([run]) => run))
      .toEqual(["c", "b", "a"]);
    await heading.click();
    await expect
      .poll(async () => (await rows(page, "train/loss")).map(([run]) => run))
      .toEqual(["a", "b", "c"]);

    // Where the table has no room, its end fades for as long as there is more.
    const table = card(page, "train/loss").locator(".values-table");
    expect(await table.evaluate((box) => box.classList.contains("has-more-aside"))).toBe(false);
    await page.setViewportSize({ width: 390, height: 900 });
    await table.scrollIntoViewIfNeeded();
    const fades = () => table.evaluate((box) => getComputedStyle(box).maskImage !== "none");
    await expect.poll(fades, PATIENCE).toBe(true);
    await table.evaluate((box) => box.scrollTo(box.scrollWidth, 0));
    await expect.poll(fades, PATIENCE).toBe(false);
    await page.setViewportSize({ width: 1280, height: 720 });

    await page.getByRole("checkbox", { name: "Range" }).uncheck();
    await page.getByRole("checkbox", { name: "Values" }).check();
    await expect
      .poll(async () => (await rows(page, "train/loss")).map((cells) => cells.slice(0, 4)), PATIENCE)
      .toEqual([
        ["a", "29", "29", "49"],
        ["b", "28", "28", "49"],
        ["c", "27", "27", "49"],
      ]);
  });

  test("settings last until the next visit, and what the address says wins", {
    timeout: 60_000,
  }, async () => {
    const page = await open("");
    await page.getByRole("button", { name: "Settings" }).click();
    const settings = page.locator(".ts-settings");
    const width = settings.getByRole("spinbutton", { name: "Card width value" });
    await width.fill("600");
    await width.press("Enter");
    await settings.getByRole("spinbutton", { name: "Smoothing value" }).fill("0.3");
    await settings.getByRole("spinbutton", { name: "Smoothing value" }).press("Enter");
    await settings.getByRole("spinbutton", { name: "Bins value" }).fill("12");
    await settings.getByRole("spinbutton", { name: "Bins value" }).press("Enter");
    await settings.getByRole("spinbutton", { name: "Brightness value" }).fill("1.5");
    await settings.getByRole("spinbutton", { name: "Brightness value" }).press("Enter");
    const widest = (of: Page) =>
      card(of, "train/loss").evaluate((element) => Math.round(element.getBoundingClientRect().width));
    await expect.poll(() => widest(page), PATIENCE).toBeGreaterThan(600);

    const later = await page.context().newPage();
    await later.goto(`${served.server.url}#timeseries`);
    await card(later, "train/loss").locator("canvas[data-points]").waitFor(PATIENCE);
    expect(await widest(later)).toBeGreaterThan(600);
    expect(new URL(later.url()).hash).toMatch(/smoothing=0\.3/);
    expect(new URL(later.url()).hash).toMatch(/card_width=600/);
    await expect.poll(() => new URL(later.url()).hash, PATIENCE).toMatch(/bins=12.*|brightness=1\.5.*/);

    const byLink = await page.context().newPage();
    await byLink.goto(`${served.server.url}#timeseries?card_width=300&smoothing=0.9`);
    await card(byLink, "train/loss").locator("canvas[data-points]").waitFor(PATIENCE);
    expect(await widest(byLink)).toBeLessThan(400);
    await byLink.getByRole("button", { name: "Settings" }).click();
    expect(
      await byLink.locator(".ts-settings").getByRole("spinbutton", { name: "Smoothing value" }).inputValue(),
    ).toBe("0.9");
  });

  test("cards of runs that are off are hidden, or shown empty", async () => {
    const page = await open("?runs=%2Bc");
    await card(page, "train/loss").locator("canvas[data-points]").waitFor(PATIENCE);
    expect(await page.locator(".card").count()).toBe(2);
    await page.getByRole("button", { name: "Settings" }).click();
    await page.getByRole("checkbox", { name: "Hide empty cards" }).uncheck();
    await expect
      .poll(() => card(page, "samples/digits").textContent(), PATIENCE)
      .toContain("No run that is on has this tag");
  });
});
