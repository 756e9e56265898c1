/** A browser and a server of logs that were just made, for the tests of a describe block. */
import { rmSync } from "node:fs";
import type { Browser, BrowserContextOptions, Page } from "playwright-core";
import { afterAll, beforeAll, expect, onTestFinished } from "vitest";
import { type RunningServer, startServer } from "../../server/index.ts";
import { launch, openPage } from "../tools/chromium.ts";

export interface ServedPage {
  /** There once the tests run. */
  readonly browser: Browser;
  readonly server: RunningServer;
  /** Opens a page at what stands behind its `#`; at the end of the test it must not have complained. */
  open(fragment: string, options?: BrowserContextOptions): Promise<Page>;
}

/** @param makeLogs writes logs and gives their directory, which is removed at the end */
export function servedPage(makeLogs: () => Promise<string>): ServedPage {
  let browser: Browser;
  let server: RunningServer;
  let logdir: string;
  beforeAll(async () => {
    browser = await launch();
    logdir = await makeLogs();
    server = await startServer({ logdir, port: 0, threads: 0 });
    await server.loaded;
  });
  afterAll(async () => {
    await browser?.close();
    await server?.close();
    rmSync(logdir, { recursive: true, force: true });
  });
  return {
    get browser() {
      return browser;
    },
    get server() {
      return server;
    },
    async open(fragment, options = {}) {
      const { page, complaints } = await openPage(browser, options);
      onTestFinished(async () => {
        await page.context().close();
        expect(complaints).toEqual([]);
      });
      await page.goto(`${server.url}#${fragment}`);
      return page;
    },
  };
}
