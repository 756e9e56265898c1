/** The client in a real web page, of the server that it asks. */
import { appendFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import type { Browser, Page } from "playwright-core";
import { afterAll, beforeAll, expect, onTestFinished, test } from "vitest";
import { startServer } from "../../server/index.ts";
import { bundlePage } from "../tools/bundle-page.ts";
import { describeInBrowser, launch } from "../tools/chromium.ts";
import { eventFile, scalarEvent, temporaryDirectory, versionEvent, writeFile } from "../tools/records.ts";
import { corpusLogs } from "../tools/stock-answers.ts";
import type { Board } from "./client-page.ts";

declare global {
  var board: Board;
}

const entry = fileURLToPath(new URL("client-page.ts", import.meta.url));

describeInBrowser("a page with the client", () => {
  let browser: Browser;
  let code: string;

  beforeAll(async () => {
    ({ code } = await bundlePage(entry, "sources"));
    browser = await launch();
  });
  afterAll(() => browser?.close());

  /** The server's own page, with the client in it. */
  async function open(logdir: string, pathPrefix = ""): Promise<Page> {
    const server = await startServer({ logdir, port: 0, threads: 0, indexCache: null, pathPrefix });
    onTestFinished(() => server.close());
    await server.loaded;
    // The page's policy allows no script but its own.
    const page = await (await browser.newContext({ bypassCSP: true })).newPage();
    onTestFinished(() => page.context().close());
    await page.goto(server.url);
    await page.addScriptTag({ content: code, type: "module" });
    await page.waitForFunction(() => "board" in globalThis);
    return page;
  }

  test("reads numbers and shows images, under a path prefix too", async () => {
    const page = await open(corpusLogs, "/prefix");
    const losses = await page.evaluate(() => board.losses("awkward/long"));
    expect(losses).toHaveLength(3000);
    expect(await page.evaluate(() => board.showImage("examples/digits", "tf2/train"))).toEqual([12, 12]);
  });

  test("hears of new points", async () => {
    const directory = temporaryDirectory();
    const file = writeFile(
      directory,
      "a/events.out.tfevents.1",
      eventFile(versionEvent, scalarEvent("loss", 0, 1)),
    );
    const page = await open(directory);
    const news = page.evaluate(() => board.news());
    // Until the page listens, it may miss some.
    const writing = setInterval(() => appendFileSync(file, eventFile(scalarEvent("loss", 1, 2))), 100);
    onTestFinished(() => clearInterval(writing));
    expect(await news).toEqual([[0, [0]]]);
  });
});
