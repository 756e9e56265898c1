/** Takes a picture of the real page: a view, as its address has it, at a size. */
import type { Browser, Page } from "playwright-core";

export interface Picture {
  readonly name: string;
  readonly width: number;
  readonly height: number;
  readonly scheme: "light" | "dark";
  /** Pixels of the file for a pixel of the page. */
  readonly scale: number;
  /** The view, as its address has it. */
  readonly view: string;
  /** What is waited for; default: a chart of scalars with its points. */
  readonly ready?: string;
  /** What a hand does before the picture is taken. */
  readonly act?: (page: Page) => Promise<void>;
}

/** Rests the pointer on a card's chart, at a share of its width, so that the table of values shows. */
export const pointAt = (tag: string, share: number) => async (page: Page) => {
  const box = await page.locator(`[data-tag="${tag}"] canvas.chart-hover`).boundingBox();
  if (box) await page.mouse.move(box.x + box.width * share, box.y + box.height * 0.4);
  await page.waitForTimeout(300);
};

/**
 * @param base address of the server
 * @param folder where the picture goes, as `<name>.png`
 */
export async function takePicture(
  browser: Browser,
  base: string,
  picture: Picture,
  folder: string,
): Promise<void> {
  const { name, width, height, scheme, scale, view, act } = picture;
  const { ready = "canvas.chart-lines[data-points]" } = picture;
  const context = await browser.newContext({
    viewport: { width, height },
    colorScheme: scheme,
    deviceScaleFactor: scale,
  });
  const page = await context.newPage();
  await page.goto(new URL(view, base).href);
  await page.locator(ready).first().waitFor();
  await page.waitForTimeout(1000);
  await act?.(page);
  await page.screenshot({ path: `${folder}${name}.png` });
  await context.close();
  console.log(`docs/pictures/${name}.png`);
}
