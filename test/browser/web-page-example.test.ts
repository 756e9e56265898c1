/** The example of a training in a web page, from its one command's code to the event file. */
import { readdirSync } from "node:fs";
import path from "node:path";
import type { Browser } from "playwright-core";
import { afterAll, beforeAll, expect, onTestFinished, test } from "vitest";
import { serveWebPage } from "../../examples/web-page/serve.ts";
import { readEvents, scalarsOf } from "../summary/event-files.ts";
import { describeInBrowser, launch, openPage } from "../tools/chromium.ts";
import { temporaryDirectory } from "../tools/records.ts";

describeInBrowser("the example of a training in a web page", () => {
  let browser: Browser;
  beforeAll(async () => {
    browser = await launch();
  });
  afterAll(() => browser?.close());

  test("trains on real digits, and its run is on the server", { timeout: 120_000 }, async () => {
    const logdir = temporaryDirectory();
    const served = await serveWebPage({ logdir, steps: 120, port: 0 });
    onTestFinished(() => served.close());
    const { page, complaints } = await openPage(browser);
    await page.goto(served.page);
    await page.getByText(/Done|Failed/).waitFor({ timeout: 60_000 });
    expect(await page.getByRole("status").textContent()).toMatch(/^Done: [89]\d\.\d % of the test digits/);
    expect(complaints).toEqual([]);

    const [run] = readdirSync(path.join(logdir, "web-page"));
    const events = readEvents(path.join(logdir, "web-page", run!));
    const scalars = scalarsOf(events);
    const losses = scalars.filter(({ tag }) => tag === "loss").map(({ value }) => value);
    expect(losses).toHaveLength(120);
    expect(losses.at(-1)!).toBeLessThan(losses[0]! / 3);
    const tags = new Set(events.map((event) => event.summary?.value?.[0]?.tag));
    expect(tags).toEqual(
      new Set([undefined, "loss", "digits", "accuracy/test", "layer1/weights", "layer2/weights"]),
    );
  });
});
