/** The picture of the graphs page, for tests that work it by hand. */
import type { Page } from "playwright-core";

/** Until nothing moves, there are boxes, and what is chosen is in the address. */
export async function still(page: Page): Promise<void> {
  await page.waitForTimeout(100);
  await page
    .locator('canvas.graph-canvas[data-moving="false"]:not([data-boxes="0"]):not([data-boxes="-1"])')
    .waitFor();
}
