/** What axe finds wrong with the page: nothing, in every state, light and dark, wide and narrow: the start, and scalars with what opens over them. */
import { AxeBuilder } from "@axe-core/playwright";
import type { Browser } from "playwright-core";
import { afterAll, beforeAll, expect, onTestFinished, test } from "vitest";
import { startServer } from "../../server/index.ts";
import { describeInBrowser, launch, openPage } from "../tools/chromium.ts";
import { type Look, looks } from "../tools/looks.ts";
import { temporaryDirectory } from "../tools/records.ts";
import { corpusLogs } from "../tools/stock-answers.ts";

describeInBrowser("accessibility", () => {
  let browser: Browser;
  beforeAll(async () => {
    browser = await launch();
  });
  afterAll(() => browser?.close());

  async function violations(
    logdir: string,
    look: Look,
    ready: string,
    open: (page: Awaited<ReturnType<typeof openPage>>["page"]) => Promise<void> = async () => {},
  ): Promise<string[]> {
    const server = await startServer({ logdir, port: 0, threads: 0 });
    onTestFinished(() => server.close());
    const { colorScheme, width } = look;
    const { page } = await openPage(browser, { colorScheme, viewport: { width, height: 900 } });
    await page.goto(server.url);
    await page.locator(ready).first().waitFor();
    await open(page);
    const found = await new AxeBuilder({ page }).analyze();
    await page.context().close();
    return found.violations.map(({ id, nodes }) => `${id}: ${nodes.map((node) => node.html).join(" ")}`);
  }

  test.each(looks)("scalars, $colorScheme, $width px wide", async (look) => {
    const ready = '[data-tag="accuracy"] canvas.chart-lines[data-points]';
    const found = await violations(corpusLogs, look, ready, async (page) => {
      if (look.width < 720) await page.getByRole("button", { name: "Runs", exact: true }).click();
      else await page.getByRole("button", { name: /with the logs/ }).click();
    });
    expect(found).toEqual([]);
  });

  test.each(looks)("no runs yet, $colorScheme, $width px wide", async (look) => {
    expect(await violations(temporaryDirectory(), look, "text=There are no event files")).toEqual([]);
  });
});
