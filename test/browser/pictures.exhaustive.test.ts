/**
 * Pictures of every page in both themes, beside those of test/browser/pictures. `npm run pictures:tests` takes them anew,
 * for when a page is meant to look otherwise; what differs is in test/output/pictures.
 */
import { existsSync, mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { createRequire } from "node:module";
import path from "node:path";
import { fileURLToPath } from "node:url";
import { decode, encode } from "fast-png";
import type { Page } from "playwright-core";
import { expect, test } from "vitest";
import { WITH_WEBGL } from "../../scripts/chromium.ts";
import { describeInBrowser } from "../tools/chromium.ts";
import { differenceOf, drawnDifference, looksAlike } from "../tools/compare-pictures.ts";
import { DASHBOARDS, type DashboardCase, EveryKind, fragmentOf, titleOf } from "./every-kind.ts";
import { servedPage } from "./served-page.ts";

const renewed = process.env.TSBOARD_PICTURES === "renew";
const folder = fileURLToPath(new URL("pictures/", import.meta.url));
const output = fileURLToPath(new URL("../output/pictures/", import.meta.url));
const font = readFileSync(
  createRequire(import.meta.url).resolve(
    "@fontsource-variable/assistant/files/assistant-latin-wght-normal.woff2",
  ),
).toString("base64");

/** Letters are as wide on every machine, and as sharp. */
const SAME_LETTERS = [
  "--font-render-hinting=none",
  "--disable-font-subpixel-positioning",
  "--disable-lcd-text",
];
const THEMES = ["light", "dark"] as const;
const CASES = DASHBOARDS.flatMap((one) => THEMES.map((theme) => ({ ...one, theme, title: titleOf(one) })));
const PATIENCE = { timeout: 30_000 };

describeInBrowser("pictures", { timeout: 60_000 }, () => {
  const served = servedPage(
    async (logdir) => {
      const logs = await new EveryKind(logdir).begin();
      await logs.close();
    },
    [...WITH_WEBGL, ...SAME_LETTERS],
  );

  async function open(one: DashboardCase, theme: (typeof THEMES)[number]): Promise<Page> {
    const page = await served.open("", {
      viewport: { width: 960, height: 600 },
      colorScheme: theme,
      reducedMotion: "reduce",
      locale: "en-GB",
      timezoneId: "UTC",
    });
    await page.addInitScript(useFont, font);
    await page.goto("about:blank");
    await page.goto(`${served.server.url}#${fragmentOf(one)}`);
    await page.locator(one.ready).first().waitFor(PATIENCE);
    await page.waitForLoadState("networkidle");
    return page;
  }

  test.each(CASES)("$title, $theme", async (one) => {
    const page = await open(one, one.theme);
    const picture = await settled(page);
    const name = `${titleOf(one).replaceAll(/\W+/g, "-")}-${one.theme}.png`;
    const kept = path.join(folder, name);
    if (renewed) writeFileSync(kept, small(picture));
    expect(existsSync(kept), `${name} is missing: npm run pictures:tests`).toBe(true);
    const reference = readFileSync(kept);
    const difference = differenceOf(picture, reference);
    if (!looksAlike(difference)) {
      mkdirSync(output, { recursive: true });
      writeFileSync(path.join(output, name), picture);
      const drawn = encode(drawnDifference(picture, reference));
      writeFileSync(path.join(output, name.replace(".png", "-difference.png")), drawn);
    }
    expect(difference, `see test/output/pictures/${name}`).toSatisfy(looksAlike);
    // And it would be noticed: a card whose drawing is not there, or colours of the other theme.
    await blankFirst(page);
    expect(differenceOf(await settled(page), reference), "a blank card").not.toSatisfy(looksAlike);
    await page.emulateMedia({ colorScheme: one.theme === "light" ? "dark" : "light" });
    expect(differenceOf(await settled(page), reference), "the other theme").not.toSatisfy(looksAlike);
  });
});

/** Resolves with a picture once two in a row are the same. */
async function settled(page: Page): Promise<Buffer> {
  let before = await page.screenshot({ animations: "disabled", caret: "hide" });
  for (let i = 0; i < 40; i++) {
    await page.waitForTimeout(150);
    const now = await page.screenshot({ animations: "disabled", caret: "hide" });
    if (now.equals(before)) return now;
    before = now;
  }
  throw new Error("the page does not come to rest");
}

/** As small a file as it gets: without the channel that says that all is opaque. */
function small(png: Uint8Array): Uint8Array {
  const { width, height, channels, data } = decode(png);
  const rgb = Uint8Array.from(
    { length: width * height * 3 },
    (_, i) => data[Math.floor(i / 3) * channels + (i % 3)]!,
  );
  return encode({ width, height, data: rgb, channels: 3, depth: 8 }, { zlib: { level: 9 } });
}

/** Takes the drawing of the first card away: lines, an image, a text. */
function blankFirst(page: Page): Promise<void> {
  return page.evaluate(() => {
    const card = document.querySelector(".card, .hp-parallel, .hp-scatter, main");
    const [lines, ...others] = ["canvas.chart-lines", "canvas", "img", ".text-prose"].map((drawn) =>
      [...(card?.querySelectorAll<HTMLElement>(drawn) ?? [])].slice(0, drawn === "canvas" ? 9 : 1),
    );
    for (const drawn of lines && lines.length > 0 ? lines : others.flat()) drawn.style.visibility = "hidden";
  });
}

/** In the page, before its own scripts: all text is in one font, which is there already. */
function useFont(base64: string): void {
  const bytes = Uint8Array.from(atob(base64), (letter) => letter.charCodeAt(0));
  document.fonts.add(new FontFace("Pictures", bytes.buffer, { weight: "200 800" }));
  document.addEventListener("readystatechange", () => {
    for (const name of ["--font", "--mono"])
      document.documentElement.style.setProperty(name, "Pictures, sans-serif");
  });
}
