/**
 * A walk over the graphs page that finds the slowest layer and what holds memory at its peak, in four clicks. A test takes
 * it, and `npm run pictures:graphs` takes its pictures.
 */
import type { Page } from "playwright-core";

export interface WalkStep {
  /** Name of the picture. */
  readonly name: string;
  readonly clicks: number;
}

export interface Found {
  readonly slowest: string;
  readonly largest: string;
  readonly clicks: number;
}

/** `page` shows a graph whose run has a step. `seen` is called when each thing is found. */
export async function walk(page: Page, seen: (step: WalkStep) => Promise<void>): Promise<Found> {
  let clicks = 0;
  const click = async (locate: () => ReturnType<Page["locator"]>): Promise<void> => {
    clicks++;
    await locate().click();
  };
  const firstName = () => page.locator('[role="row"][aria-rowindex="2"] .data-name').first();
  const settled = async (): Promise<void> => {
    await page.locator(".data-row.is-selected").first().waitFor();
    await page.waitForTimeout(200);
    await page.locator('canvas.graph-canvas[data-moving="false"]').waitFor();
  };

  await click(() => page.getByRole("button", { name: "Table", exact: true }));
  const slowest = (await firstName().textContent()) ?? "";
  await click(firstName);
  await settled();
  await seen({ name: "graphs-slowest", clicks });

  await click(() => page.getByRole("button", { name: "Memory", exact: true }));
  await page.getByText("Alive at the peak").waitFor();
  const largest = (await firstName().textContent()) ?? "";
  await click(firstName);
  await settled();
  await seen({ name: "graphs-peak", clicks });
  return { slowest, largest, clicks };
}
