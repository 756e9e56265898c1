/** A browser and a server of logs, for the tests of a describe block. */
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import type { Browser, BrowserContextOptions, Page } from "playwright-core";
import { afterAll, beforeAll, expect, onTestFinished } from "vitest";
import { type RunningServer, startServer } from "../../server/index.ts";
import { launch, openPage } from "../tools/chromium.ts";
import { ownComplaints } from "../tools/complaints.ts";

export interface OpenOptions extends BrowserContextOptions {
  /** Complaints that the test brings about itself. */
  readonly expected?: RegExp;
  /** Code that the page runs before its own. */
  readonly script?: string;
}

export interface ServedPage {
  /** There once the tests run. */
  readonly browser: Browser;
  readonly server: RunningServer;
  /** Opens a page at what stands behind its `#`; at the end of the test it must not have complained. */
  open(fragment: string, options?: OpenOptions): Promise<Page>;
}

/**
 * @param logs their directory; or what writes logs into a new directory, which is removed at the end
 * @param flags further ones for the browser
 */
export function servedPage(
  logs: string | ((logdir: string) => Promise<void>),
  flags: readonly string[] = [],
): ServedPage {
  let browser: Browser;
  let server: RunningServer;
  let logdir: string;
  beforeAll(async () => {
    browser = await launch(flags);
    logdir = typeof logs === "string" ? logs : mkdtempSync(path.join(tmpdir(), "tsboard-test-"));
    if (typeof logs !== "string") await logs(logdir);
    server = await startServer({ logdir, port: 0, threads: 0 });
    await server.loaded;
  });
  afterAll(async () => {
    await browser?.close();
    await server?.close();
    if (typeof logs !== "string") rmSync(logdir, { recursive: true, force: true });
  });
  return {
    get browser() {
      return browser;
    },
    get server() {
      return server;
    },
    async open(fragment, { expected, script, ...options } = {}) {
      const { page, complaints } = await openPage(browser, options);
      onTestFinished(async () => {
        await page.context().close();
        expect(ownComplaints(complaints, expected)).toEqual([]);
      });
      if (script !== undefined) await page.addInitScript(script);
      await page.goto(`${server.url}#${fragment}`);
      return page;
    },
  };
}
