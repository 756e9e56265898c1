/** Scalars unlike others, from test/cases: huge steps, values that are no scalars, times before 1970. */
import { fileURLToPath } from "node:url";
import type { Browser, Page } from "playwright-core";
import { afterAll, beforeAll, expect, test } from "vitest";
import { type RunningServer, startServer } from "../../server/index.ts";
import { describeInBrowser, launch, openPage } from "../tools/chromium.ts";
import { ownComplaints, READ_BACK } from "../tools/complaints.ts";
import { whenDrawn } from "./drawn.ts";

const logdir = fileURLToPath(new URL("../cases", import.meta.url));

describeInBrowser("odd scalars", () => {
  let browser: Browser;
  let server: RunningServer;
  let page: Page;
  let complaints: string[];

  beforeAll(async () => {
    browser = await launch();
    server = await startServer({ logdir, port: 0, threads: 0, indexCache: null });
    await server.loaded;
    ({ page, complaints } = await openPage(browser, { viewport: { width: 1280, height: 8000 } }));
    await page.goto(server.url);
  });
  afterAll(async () => {
    await browser?.close();
    await server?.close();
  });

  /** Pixels that a card's lines take. */
  const drawn = (tag: string) =>
    page.locator(`[data-tag="${tag}"] canvas.chart-lines`).evaluate((canvas: HTMLCanvasElement) => {
      const { width, height } = canvas;
      if (width === 0) return 0;
      const { data } = canvas.getContext("2d")!.getImageData(0, 0, width, height);
      return data.filter((_, i) => i % 4 === 3 && data[i]! > 0).length;
    });

  test.each(["one_at_1e6", "one_at_2^53", "one_at_2^54", "one_at_ns", "ns_close", "ns_series", "pre1970"])(
    "%s is drawn",
    async (tag) => {
      await whenDrawn(() => drawn(tag)).toBeGreaterThan(8);
    },
  );

  test.each(["bf16", "half", "bool"])(
    "a card whose values are %s says that it cannot show them",
    async (tag) => {
      const card = page.locator(`[data-tag="${tag}"]`);
      await card
        .getByText("a scalar is one 32- or 64-bit float, and the values of this tag are not")
        .waitFor();
      expect(await drawn(tag)).toBe(0);
    },
  );

  test("a chart that is drawn asks for no further frames", async () => {
    await whenDrawn(() => drawn("pre1970")).toBeGreaterThan(8);
    const cards = await page.locator("canvas.chart-lines").count();
    const frames = await page.evaluate(async () => {
      const { requestAnimationFrame } = globalThis;
      let asked = 0;
      globalThis.requestAnimationFrame = (draw) => {
        asked++;
        return requestAnimationFrame(draw);
      };
      const labels = [...document.querySelectorAll("label")];
      labels.find(({ textContent }) => textContent === "Relative")!.click();
      await new Promise((resolve) => setTimeout(resolve, 1000));
      globalThis.requestAnimationFrame = requestAnimationFrame;
      return asked;
    });
    expect(frames).toBeGreaterThan(0);
    expect(frames / cards).toBeLessThan(6);
  });

  test("a card that has points says nothing", async () => {
    await whenDrawn(() => drawn("f32")).toBeGreaterThan(8);
    expect(await page.locator('[data-tag="f32"] .card-message').count()).toBe(0);
    expect(ownComplaints(complaints, READ_BACK)).toEqual([]);
  });
});
