/** The images dashboard in a real browser: what is shown of every run and tag, steps, and bad images; what compares two is tested beside it. */
import { encode } from "fast-png";
import { imageSize } from "image-size";
import type { Browser, Page } from "playwright-core";
import { afterAll, beforeAll, expect, onTestFinished, test } from "vitest";
import { type RunningServer, startServer } from "../../server/index.ts";
import { createFileWriter } from "../../summary/index.ts";
import { describeInBrowser, launch, openPage } from "../tools/chromium.ts";
import { movingGif, movingPng } from "../tools/moving-images.ts";
import { temporaryDirectory } from "../tools/records.ts";
import { corpusLogs } from "../tools/stock-answers.ts";
import { whenDrawn, widths } from "./drawn.ts";

/** A grey square of `size` pixels, all of one value. */
const flat = (value: number, size = 8) => new Uint8Array(size * size).fill(value);

async function serve(logdir: string): Promise<RunningServer> {
  const server = await startServer({ logdir, port: 0, threads: 0 });
  onTestFinished(() => server.close());
  await server.loaded;
  return server;
}

describeInBrowser("the images dashboard", () => {
  let browser: Browser;
  beforeAll(async () => {
    browser = await launch();
  });
  afterAll(() => browser?.close());

  async function open(logdir: string, fragment = "images", size = { width: 1280, height: 900 }) {
    const server = await serve(logdir);
    const opened = await openPage(browser, { viewport: size });
    onTestFinished(() => opened.page.context().close());
    await opened.page.goto(`${server.url}#${fragment}`);
    await opened.page.locator(".image-tile .image-view > *").first().waitFor();
    return { ...opened, server };
  }
  const hash = async (page: Page) => {
    await page.waitForTimeout(400); // the address is written a moment later
    return new URL(page.url()).hash;
  };

  test("the step slider stays in the hand from the newest step to the first", async () => {
    const logdir = temporaryDirectory();
    const writer = createFileWriter(`${logdir}/run`);
    for (let step = 0; step < 10; step++) writer.image("grey", flat(step * 20), { step, shape: [8, 8, 1] });
    await writer.close();
    const { page } = await open(logdir);
    const track = page.locator(".step-bar .step-track");
    const box = (await track.boundingBox())!;
    const end = box.x + box.width - 8;
    await page.mouse.move(end, box.y + box.height / 2);
    await page.mouse.down();
    for (let i = 1; i <= 10; i++)
      await page.mouse.move(end - (i * (box.width - 16)) / 10, box.y + box.height / 2, { steps: 4 });
    await page.mouse.up();
    await expect.poll(() => track.inputValue()).toBe("0");
    expect((await track.boundingBox())!.width).toBeCloseTo(box.width, -1.3);
    await whenDrawn(() => page.locator(".image-tile").getAttribute("data-step")).toBe("0");
    await page.getByRole("button", { name: "Let go of the step: show the newest" }).click();
    await whenDrawn(() => page.locator(".image-tile").getAttribute("data-step")).toBe("9");
    expect(await page.getByRole("button", { name: "Let go of the step: show the newest" }).count()).toBe(0);
  });

  test("shows the images of every run and tag that stock's page has, in their sizes", async () => {
    const { page, complaints, server } = await open(corpusLogs, "images", { width: 1280, height: 4000 });
    const ask = async (path: string) =>
      (await fetch(new URL(`data/plugin/images/${path}`, server.url))).json();
    const tags: Record<string, Record<string, { samples: number }>> = await ask("tags");
    const expected: string[] = [];
    for (const [run, ofRun] of Object.entries(tags))
      for (const [tag, { samples }] of Object.entries(ofRun))
        for (let sample = 0; sample < samples; sample++) {
          const query = new URLSearchParams({ run, tag, sample: String(sample) });
          const answer: { step: number; query: string }[] = await ask(`images?${query}`);
          const { step, query: picture } = answer.at(-1)!;
          const bytes = await (
            await fetch(`${server.url}data/plugin/images/individualImage?${picture}`)
          ).arrayBuffer();
          const { width, height } = imageSize(new Uint8Array(bytes));
          expected.push(`${tag} ${run} ${step} ${width}x${height}`);
        }
    const shown = () =>
      page.locator(".image-tile").evaluateAll((tiles) =>
        tiles.map((tile) => {
          const image = tile.querySelector("img");
          const tag = tile.closest(".card")?.getAttribute("data-tag");
          return `${tag} ${tile.getAttribute("data-run")} ${tile.getAttribute("data-step")} ${image?.naturalWidth}x${image?.naturalHeight}`;
        }),
      );
    expect(expected.length).toBeGreaterThan(3);
    await whenDrawn(async () => (await shown()).sort()).toEqual(expected.sort());
    expect(complaints).toEqual([]);
  });

  /** Two runs whose images get brighter with the step; the second has every other step only. */
  async function twoRuns(): Promise<string> {
    const logdir = temporaryDirectory();
    for (const [run, stride] of [
      ["a", 1],
      ["b", 2],
    ] as const) {
      const writer = createFileWriter(`${logdir}/${run}`);
      for (let step = 0; step < 10; step += stride)
        for (const tag of ["pictures/one", "pictures/two"])
          writer.image(tag, flat(step * 20), { step, shape: [8, 8, 1] });
      await writer.close();
    }
    return logdir;
  }
  const stepsOf = (page: Page, tag: string) =>
    page
      .locator(`[data-tag="${tag}"] .image-tile`)
      .evaluateAll((tiles) =>
        tiles.map((tile) => `${tile.getAttribute("data-run")}:${tile.getAttribute("data-step")}`),
      );

  test("shows the newest, steps all cards together or one on its own, and keeps it in the address", async () => {
    const logdir = await twoRuns();
    const { page, complaints, server } = await open(logdir);
    await whenDrawn(() => stepsOf(page, "pictures/one")).toEqual(["a:9", "b:8"]);
    const slider = page.getByRole("slider", { name: "Step", exact: true });
    await slider.focus();
    for (let i = 0; i < 4; i++) await page.keyboard.press("ArrowLeft");
    // The nearest that each run has, the earlier of two: 4 for both.
    await whenDrawn(() => stepsOf(page, "pictures/one")).toEqual(["a:5", "b:4"]);
    expect(await stepsOf(page, "pictures/two")).toEqual(["a:5", "b:4"]);
    const own = page.locator('[data-tag="pictures/two"]');
    await own.getByRole("button", { name: "Step with the whole page" }).click();
    await own.getByRole("slider").focus();
    await page.keyboard.press("Home");
    await whenDrawn(() => stepsOf(page, "pictures/two")).toEqual(["a:0", "b:0"]);
    expect(await stepsOf(page, "pictures/one")).toEqual(["a:5", "b:4"]);
    const link = `${server.url}${await hash(page)}`;
    const second = await openPage(browser);
    await second.page.goto(link);
    await whenDrawn(() => stepsOf(second.page, "pictures/two")).toEqual(["a:0", "b:0"]);
    expect(await stepsOf(second.page, "pictures/one")).toEqual(["a:5", "b:4"]);
    await second.page.context().close();
    // A new step does not move what is held, and shows where nothing is.
    await page.getByRole("button", { name: "Let go of the step" }).click();
    const writer = createFileWriter(`${logdir}/a`, { filenameSuffix: ".more" });
    writer.image("pictures/one", flat(255), { step: 10, shape: [8, 8, 1] });
    writer.image("pictures/two", flat(255), { step: 10, shape: [8, 8, 1] });
    await writer.close();
    await whenDrawn(() => stepsOf(page, "pictures/one")).toEqual(["a:10", "b:8"]);
    expect(await stepsOf(page, "pictures/two")).toEqual(["a:0", "b:0"]);
    expect(complaints).toEqual([]);
  });

  test("plays through the steps, and has neighbouring ones before they are asked for", {
    timeout: 90_000,
  }, async () => {
    const { page } = await open(await twoRuns());
    const asked: string[] = [];
    page.on("request", (request) => {
      if (/\/blobs?(\/|$)/.test(request.url())) asked.push(request.url());
    });
    const slider = page.getByRole("slider", { name: "Step", exact: true });
    await slider.focus();
    await page.keyboard.press("ArrowLeft");
    await whenDrawn(() => stepsOf(page, "pictures/one")).toEqual(["a:8", "b:8"]);
    await whenDrawn(async () => asked.length).toBeGreaterThan(0);
    await page.keyboard.press("ArrowLeft");
    await whenDrawn(() => stepsOf(page, "pictures/one")).toEqual(["a:7", "b:6"]);
    // Drawn at once from what had come; what is asked for now is for later.
    await whenDrawn(() => widths(page.locator('[data-tag="pictures/one"] img'))).toEqual([8, 8]);
    await page.getByRole("button", { name: "Let go of the step" }).click();
    await page.getByRole("button", { name: "Play through the steps" }).click();
    // A busy browser may not show every step for long enough to be seen from here.
    const seen = new Set<string>();
    await whenDrawn(async () => seen.add(String(await stepsOf(page, "pictures/one"))).size).toBeGreaterThan(
      3,
    );
    await page.getByRole("button", { name: "Pause" }).click();
  });

  test("asks for many images at once, and shows each of them", { timeout: 90_000 }, async () => {
    const logdir = temporaryDirectory();
    const runs = Array.from({ length: 20 }, (_, i) => `run${i}`);
    for (const [i, run] of runs.entries()) {
      const writer = createFileWriter(`${logdir}/${run}`);
      for (let step = 0; step < 6; step++)
        writer.image("pictures/one", flat(i * 10 + step, 8 + i), { step, shape: [8 + i, 8 + i, 1] });
      await writer.close();
    }
    const { page, complaints } = await open(logdir, "images", { width: 1280, height: 2000 });
    const images = page.locator(".image-tile img");
    const sizes = runs.map((_, i) => 8 + i);
    const shown = async () => (await widths(images)).sort((a, b) => a - b);
    await whenDrawn(shown).toEqual(sizes);
    await page.waitForLoadState("networkidle");
    const asked: string[] = [];
    page.on("request", (request) => {
      if (/\/blobs?(\/|$)/.test(request.url())) asked.push(request.method());
    });
    const slider = page.getByRole("slider", { name: "Step", exact: true });
    await slider.focus();
    await page.keyboard.press("Home");
    await whenDrawn(() => stepsOf(page, "pictures/one")).toEqual(runs.map((run) => `${run}:0`));
    await whenDrawn(async () => page.locator('.image-tile[aria-busy="true"]').count()).toBe(0);
    await page.waitForLoadState("networkidle");
    expect(await shown()).toEqual(sizes);
    expect(new Set(asked)).toEqual(new Set(["POST"]));
    // The step itself, and its neighbours.
    expect(asked.length).toBeLessThan(6);
    expect(complaints).toEqual([]);
  });

  test("zooms all images of a card together, and tones them", async () => {
    const { page } = await open(await twoRuns());
    const tiles = page.locator('[data-tag="pictures/one"] .image-view > img');
    const group = page.getByRole("group", { name: "Images of pictures/one" });
    await group.focus();
    await page.keyboard.press("+");
    const transforms = () =>
      tiles.evaluateAll((images) => images.map((image) => (image as HTMLElement).style.transform));
    await whenDrawn(async () => new Set(await transforms()).size).toBe(1);
    expect((await transforms())[0]).toMatch(/^scale\(1\.4\)/);
    expect(
      await page
        .locator('[data-tag="pictures/two"] img')
        .first()
        .evaluate((i) => i.style.transform),
    ).toBe("none");
    const box = (await tiles.first().boundingBox())!;
    await page.mouse.move(box.x + 60, box.y + 60);
    await page.mouse.down();
    await page.mouse.move(box.x + 20, box.y + 60, { steps: 3 });
    await page.mouse.up();
    expect((await transforms())[1]).not.toMatch(/translate\(-14\.2857%/);
    await page.getByRole("button", { name: "Reset zoom: pictures/one" }).click();
    await whenDrawn(transforms).toEqual(["none", "none"]);
    await page.getByLabel("Brightness value").fill("2");
    await page.getByLabel("Brightness value").press("Enter");
    await whenDrawn(() => tiles.first().evaluate((image) => image.style.filter)).toBe(
      "brightness(2) contrast(1)",
    );
    await page.getByLabel("Contrast value").fill("0.5");
    await page.getByLabel("Contrast value").press("Enter");
    await whenDrawn(() => tiles.first().evaluate((image) => image.style.filter)).toBe(
      "brightness(2) contrast(0.5)",
    );
    expect(await hash(page)).toMatch(/brightness=2.*contrast=0\.5|contrast=0\.5.*brightness=2/);
    // The number in the field is the width on the screen.
    await page.getByLabel("Width", { exact: true }).fill("120");
    await whenDrawn(() => tiles.first().evaluate((image) => image.clientWidth)).toBe(120);
    expect(await page.locator(".image-view").first().getAttribute("title")).toMatch(
      /^Ctrl and the wheel zoom/,
    );
  });

  test("shows the first sixteen of a batch, says how many there are, and shows all", async () => {
    const logdir = temporaryDirectory();
    const writer = createFileWriter(`${logdir}/run`);
    writer.image("batch", new Uint8Array(20 * 16).fill(90), {
      step: 0,
      shape: [20, 4, 4, 1],
      maxOutputs: 20,
    });
    writer.image("few", new Uint8Array(2 * 16).fill(90), { step: 0, shape: [2, 4, 4, 1] });
    await writer.close();
    const { page, complaints } = await open(logdir);
    const card = page.locator('[data-tag="batch"]');
    await whenDrawn(() => card.locator(".image-tile").count()).toBe(16);
    await card.getByText("The first 16 of 20 images of a step.").waitFor();
    await card.getByRole("button", { name: "Show all 20" }).click();
    await whenDrawn(() => card.locator(".image-tile").count()).toBe(20);
    await card.getByRole("button", { name: "Show the first 16 only" }).click();
    await whenDrawn(() => card.locator(".image-tile").count()).toBe(16);
    expect(await page.locator('[data-tag="few"] .more-samples').count()).toBe(0);
    expect(complaints).toEqual([]);
  });

  test("keeps the bits of deep images, lets alpha through, and says what does not decode", async () => {
    const logdir = temporaryDirectory();
    const writer = createFileWriter(logdir);
    const deep = Uint16Array.from({ length: 64 }, (_, i) => i * 4);
    writer.image("deep", encode({ width: 8, height: 8, data: deep, channels: 1, depth: 16 }), { step: 0 });
    const clear = Uint8Array.from({ length: 8 * 8 * 4 }, (_, i) => (i % 4 === 3 ? 0 : 255));
    writer.image("clear", clear, { step: 0, shape: [8, 8, 4] });
    const huge = Buffer.from(encode({ width: 8, height: 8, data: flat(0), channels: 1, depth: 8 }));
    huge.writeUInt32BE(50_000, 16);
    huge.writeUInt32BE(50_000, 20);
    writer.image("huge", huge, { step: 0 });
    const broken = Buffer.from(encode({ width: 8, height: 8, data: flat(7), channels: 1, depth: 8 }));
    broken.fill(0xaa, 41, broken.length - 12);
    writer.image("broken", broken, { step: 0 });
    await writer.close();
    const { page } = await open(logdir);
    const canvas = page.locator('[data-tag="deep"] canvas');
    const brightest = () =>
      canvas.evaluate((element: HTMLCanvasElement) => {
        const { data } = element.getContext("2d")!.getImageData(0, 0, element.width, element.height);
        return Math.max(...data.filter((_, i) => i % 4 === 0));
      });
    // 252 of 65,535 is black to eight bits; stretched, it is white.
    await whenDrawn(brightest).toBe(1);
    await page.getByText("Stretch 16 bit").click();
    await whenDrawn(brightest).toBe(255);
    await page.getByText("50,000 × 50,000 pixels: more than").waitFor();
    await page.getByText("PNG, 8 × 8: its pixels do not decode").waitFor();
    await whenDrawn(() => widths(page.locator('[data-tag="clear"] img'))).toEqual([8]);
  });

  test("plays GIF and APNG, and shows images in their own size", { timeout: 90_000 }, async () => {
    const logdir = temporaryDirectory();
    const writer = createFileWriter(logdir);
    writer.image("gif", movingGif(), { step: 0 });
    writer.image("apng", movingPng(), { step: 0 });
    writer.image("large", flat(90, 300), { step: 0, shape: [300, 300, 1] });
    await writer.close();
    const { page } = await open(logdir);
    for (const tag of ["gif", "apng"]) {
      const image = page.locator(`[data-tag="${tag}"] img`);
      const seen = new Set<string>();
      await whenDrawn(
        async () => seen.add((await image.screenshot()).toString("base64")).size,
      ).toBeGreaterThan(1);
    }
    const width = () => page.locator('[data-tag="large"] img').evaluate((image) => image.clientWidth);
    await whenDrawn(width).toBeLessThan(300);
    await page.getByText("Actual size", { exact: true }).click();
    await whenDrawn(width).toBe(300);
    expect(await hash(page)).toContain("actual_size=1");
  });
});
