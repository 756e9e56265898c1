/** A real browser for tests: Chromium as it is installed, or none, in which case tests that need it are skipped. */
import type { Browser, BrowserContextOptions, Page } from "playwright-core";
import { describe } from "vitest";
import { chromiumPath } from "../../scripts/chromium.ts";

export { launch } from "../../scripts/chromium.ts";

/** `describe` for tests in a browser; counted as skipped, with their names, where there is none. */
export const describeInBrowser = describe.skipIf(chromiumPath === null);

/** A page that remembers what it complained of: console errors, exceptions, refusals of the content policy. */
export interface WatchedPage {
  readonly page: Page;
  readonly complaints: string[];
}

export async function openPage(browser: Browser, options: BrowserContextOptions = {}): Promise<WatchedPage> {
  const context = await browser.newContext({ viewport: { width: 1280, height: 800 }, ...options });
  const page = await context.newPage();
  const complaints: string[] = [];
  page.on("console", (message) => {
    if (message.type() === "error" || message.type() === "warning") complaints.push(message.text());
  });
  page.on("pageerror", (error) => complaints.push(error.message));
  return { page, complaints };
}
