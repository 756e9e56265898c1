/** A training in a real web page logs to a real server, and what it logged is in the event file. */
import { readdirSync, readFileSync } from "node:fs";
import { createServer, type Server } from "node:http";
import path from "node:path";
import { fileURLToPath } from "node:url";
import type { Browser, Page } from "playwright-core";
import { afterAll, beforeAll, expect, onTestFinished, test } from "vitest";
import { type RunningServer, startServer } from "../../server/index.ts";
import { newToken } from "../../server/receive/access.ts";
import { decodeEvents, readEvents, scalarsOf } from "../summary/event-files.ts";
import { bundlePage, type PageBundle } from "../tools/bundle-page.ts";
import { describeInBrowser, launch } from "../tools/chromium.ts";
import { temporaryDirectory } from "../tools/records.ts";
import type { Training } from "./training-page.ts";

declare global {
  var training: Training;
}

const entry = fileURLToPath(new URL("training-page.ts", import.meta.url));
const token = newToken();
const range = (count: number) => Array.from({ length: count }, (_, i) => i);

describeInBrowser("a training in a web page", () => {
  let browser: Browser;
  let bundle: PageBundle;
  let pages: Server;
  let address: string;

  beforeAll(async () => {
    bundle = await bundlePage(entry, "sources");
    // The page comes from another origin than the server that it logs to.
    pages = createServer((request, response) => {
      const script = request.url === "/page.js";
      response.setHeader("Content-Type", script ? "text/javascript" : "text/html");
      response.end(script ? bundle.code : '<!doctype html><script type="module" src="/page.js"></script>');
    });
    await new Promise<void>((resolve) => pages.listen(0, "127.0.0.1", resolve));
    const bound = pages.address();
    address = typeof bound === "object" && bound !== null ? `http://127.0.0.1:${bound.port}/` : "";
    browser = await launch();
  });
  afterAll(async () => {
    await browser?.close();
    pages?.close();
  });

  async function serve(logdir: string, port = 0): Promise<RunningServer> {
    const server = await startServer({ logdir, port, threads: 0, ingest: { token } });
    onTestFinished(() => server.close());
    return server;
  }

  /** A page that is loaded, and with a server has an open writer. */
  async function openPage(server?: RunningServer, run = "page", flushMillis = 50): Promise<Page> {
    const page = await (await browser.newContext()).newPage();
    await page.goto(address);
    await page.waitForFunction(() => "training" in globalThis);
    if (server) {
      const options = [server.url, token, run, flushMillis] as const;
      await page.evaluate(([url, secret, name, millis]) => training.open(url, secret, name, millis), options);
    }
    return page;
  }

  const stepsIn = (directory: string) => scalarsOf(readEvents(directory).slice(1)).map(({ step }) => step);

  test("writes an event file on the server", async () => {
    const logdir = temporaryDirectory();
    const page = await openPage(await serve(logdir), "pages/one");
    await page.evaluate(() => training.log(0, 5000));
    await page.evaluate(() => training.close());
    expect(await page.evaluate(() => training.problems())).toEqual([]);
    expect(stepsIn(path.join(logdir, "pages/one"))).toEqual(range(5000));
    await page.context().close();
  });

  test("sends its last events when the page is closed or left, also what no timer had sent yet", async () => {
    const logdir = temporaryDirectory();
    const server = await serve(logdir);
    const leave: Record<string, (page: Page) => Promise<unknown>> = {
      closed: (page) => page.close({ runBeforeUnload: true }),
      left: (page) => page.goto("about:blank"),
    };
    for (const [run, go] of Object.entries(leave)) {
      const page = await openPage(server, run, 3_600_000);
      await page.evaluate(() => training.log(0, 10));
      await page.evaluate(() => training.flush());
      await page.evaluate(() => training.log(10, 300));
      expect(stepsIn(path.join(logdir, run))).toHaveLength(10);
      await go(page);
      await expect.poll(() => stepsIn(path.join(logdir, run)), { timeout: 5000 }).toEqual(range(300));
    }
  });

  test("two pages at once, in one run", async () => {
    const logdir = temporaryDirectory();
    const server = await serve(logdir);
    const both = await Promise.all([openPage(server), openPage(server)]);
    await Promise.all(both.map((page) => page.evaluate(() => training.log(0, 1000))));
    await Promise.all(both.map((page) => page.evaluate(() => training.close())));
    const files = readdirSync(path.join(logdir, "page"));
    expect(files).toHaveLength(2);
    for (const name of files) {
      const events = decodeEvents(readFileSync(path.join(logdir, "page", name)));
      expect(scalarsOf(events.slice(1)).map(({ step }) => step)).toEqual(range(1000));
    }
    await Promise.all(both.map((page) => page.context().close()));
  });

  test("goes on when the server is started again", async () => {
    const logdir = temporaryDirectory();
    const first = await serve(logdir);
    const page = await openPage(first);
    await page.evaluate(() => training.log(0, 100));
    await page.evaluate(() => training.flush());
    await first.close();
    await page.evaluate(() => training.log(100, 200));
    await new Promise((resolve) => setTimeout(resolve, 300));
    await serve(logdir, first.port);
    await page.evaluate(() => training.log(200, 300));
    await page.evaluate(() => training.close());
    expect(stepsIn(path.join(logdir, "page"))).toEqual(range(300));
    await page.context().close();
  });

  test("is told in words that it may not write, where it may not", async () => {
    const logdir = temporaryDirectory();
    const server = await serve(logdir);
    const page = await openPage();
    const wrong = [server.url, newToken()] as const;
    await page.evaluate(([url, secret]) => training.open(url, secret, "page", 50), wrong);
    await page.evaluate(() => training.flush());
    expect(await page.evaluate(() => training.problems())).toEqual([
      expect.stringMatching(/the server says: the token is missing or wrong/),
    ]);
    await page.context().close();

    const context = await browser.newContext();
    const elsewhere = await context.newPage();
    await elsewhere.route("http://pages.example/**", (route) =>
      route.fulfill(
        route.request().url().endsWith("page.js")
          ? { contentType: "text/javascript", body: bundle.code }
          : { contentType: "text/html", body: '<script type="module" src="/page.js"></script>' },
      ),
    );
    await elsewhere.goto("http://pages.example/");
    await elsewhere.waitForFunction(() => "training" in globalThis);
    const right = [server.url, token] as const;
    await elsewhere.evaluate(([url, secret]) => training.open(url, secret, "page", 50), right);
    await elsewhere.evaluate(() => training.flush());
    expect(await elsewhere.evaluate(() => training.problems())).toEqual([
      expect.stringMatching(/no answer: .*does it let this page write \(--ingest_origin\)/),
    ]);
    expect(readdirSync(logdir)).toEqual([]);
    await context.close();
  });

  test("keeps its events in a Blob, and reads and writes records, as in Node", async () => {
    const page = await openPage();
    const bytes = Uint8Array.from(await page.evaluate(() => training.blob()));
    expect(
      decodeEvents(bytes)
        .slice(1)
        .map((event) => event.summary?.value?.[0]?.tag),
    ).toEqual(["loss", "pixel"]);
    for (const compression of ["none", "gzip", "zlib"] as const)
      expect(await page.evaluate((how) => training.records(how), compression)).toBe(1000);
    await page.context().close();
  });
});
