/**
 * The pictures of the README, taken of the real page: `npm run pictures -- LOGDIR`, with the logs of the demo
 * (`npm run demo -- --exit --logdir LOGDIR`). Writes docs/pictures/*.png.
 */
import { mkdirSync } from "node:fs";
import { fileURLToPath } from "node:url";
import type { Browser, Page } from "playwright-core";
import { startServer } from "tsboard/server";
import { launch } from "./chromium.ts";

const folder = fileURLToPath(new URL("../docs/pictures/", import.meta.url));

interface Picture {
  readonly name: string;
  readonly width: number;
  readonly height: number;
  readonly scheme: "light" | "dark";
  /** The view, as its address has it. */
  readonly view: string;
  /** What a hand does before the picture is taken. */
  readonly act?: (page: Page) => Promise<void>;
}

/** Rests the pointer on a card's chart, at a share of its width, so that the table of values shows. */
const pointAt = (tag: string, share: number) => async (page: Page) => {
  const box = await page.locator(`[data-tag="${tag}"] canvas.chart-hover`).boundingBox();
  if (box) await page.mouse.move(box.x + box.width * share, box.y + box.height * 0.4);
  await page.waitForTimeout(300);
};

const pictures: readonly Picture[] = [
  {
    name: "scalars",
    width: 1280,
    height: 800,
    scheme: "light",
    view: "#scalars?tag_filter=accuracy/(tr|v)|loss/[ct]&smoothing=0.8",
    act: pointAt("accuracy/train", 0.62),
  },
  {
    name: "scalars-dark",
    width: 1280,
    height: 800,
    scheme: "dark",
    view: "#scalars?tag_filter=loss&smoothing=0.9&log_y=1&wide=loss/total",
    act: pointAt("loss/total", 0.7),
  },
  {
    name: "phone",
    width: 400,
    height: 800,
    scheme: "light",
    view: "#scalars?tag_filter=accuracy&smoothing=0.8",
  },
];

async function take(browser: Browser, base: string, picture: Picture): Promise<void> {
  const { name, width, height, scheme, view, act } = picture;
  const context = await browser.newContext({
    viewport: { width, height },
    colorScheme: scheme,
    deviceScaleFactor: 1.5,
  });
  const page = await context.newPage();
  await page.goto(new URL(view, base).href);
  await page.locator("canvas.chart-lines[data-points]").first().waitFor();
  await page.waitForTimeout(1000);
  await act?.(page);
  await page.screenshot({ path: `${folder}${name}.png` });
  await context.close();
  console.log(`docs/pictures/${name}.png`);
}

const logdir = process.argv[2];
if (!logdir) throw new Error("usage: npm run pictures -- LOGDIR");
mkdirSync(folder, { recursive: true });
const server = await startServer({ logdir, port: 0 });
await server.loaded;
const browser = await launch();
for (const picture of pictures) await take(browser, server.url, picture);
await browser.close();
await server.close();
