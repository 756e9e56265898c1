/** The whole path in a real browser: an event file grows, the server reads on, the page draws the point. */
import { appendFileSync, mkdirSync } from "node:fs";
import path from "node:path";
import type { Browser, Page } from "playwright-core";
import { afterAll, beforeAll, expect, test } from "vitest";
import { type RunningServer, startServer } from "../../server/index.ts";
import { createFileWriter } from "../../summary/index.ts";
import { describeInBrowser, launch, openPage } from "../tools/chromium.ts";
import { eventFile, scalarEvent, temporaryDirectory, versionEvent, writeFile } from "../tools/records.ts";

/** The card of a tag shows the point of this step. */
const drawn = (page: Page, tag: string, step: number) =>
  page.waitForSelector(`[data-tag="${tag}"] canvas.chart-lines[data-last-step="${step}"]`, {
    timeout: 10_000,
  });

describeInBrowser("a page that stays open", () => {
  let browser: Browser;
  beforeAll(async () => {
    browser = await launch();
  });
  afterAll(() => browser?.close());

  async function serve(logdir: string, port = 0): Promise<RunningServer> {
    const server = await startServer({ logdir, port, threads: 0, reloadInterval: 0.1 });
    await server.loaded;
    return server;
  }

  test("draws a point as soon as it is flushed, without a click", async () => {
    const logdir = temporaryDirectory();
    const server = await serve(logdir);
    const { page, complaints } = await openPage(browser);
    await page.goto(server.url);
    await page.getByText("No runs yet").first().waitFor();
    const writer = createFileWriter(path.join(logdir, "run"));
    for (let step = 0; step < 3; step++) {
      writer.scalar("loss", 1 / (step + 1), { step });
      await writer.flush();
      await drawn(page, "loss", step);
    }
    expect(await page.locator('[data-tag="loss"] canvas.chart-lines').getAttribute("data-points")).toBe("3");
    await writer.close();
    expect(complaints).toEqual([]);
    await page.context().close();
    await server.close();
  });

  test("shows a directory that comes into being later, and a run of a tag that is drawn already", async () => {
    const logdir = path.join(temporaryDirectory(), "later");
    const server = await serve(logdir);
    const { page, complaints } = await openPage(browser);
    await page.goto(server.url);
    await page.getByText("The log directory cannot be read yet").waitFor();
    expect(await page.locator("main").textContent()).toContain("does not exist");
    mkdirSync(logdir);
    await page.getByText("There are no event files").waitFor();
    writeFile(logdir, "a/events.out.tfevents.1", eventFile(versionEvent, scalarEvent("loss", 5, 1)));
    await drawn(page, "loss", 5);
    writeFile(logdir, "b/events.out.tfevents.1", eventFile(versionEvent, scalarEvent("loss", 9, 2)));
    await drawn(page, "loss", 9);
    expect(await page.getByRole("treeitem").count()).toBe(2);
    expect(complaints).toEqual([]);
    await page.context().close();
    await server.close();
  });

  test("says that the connection is lost, and catches up when the server is back", async () => {
    const logdir = temporaryDirectory();
    const file = writeFile(logdir, "run/events.out.tfevents.1", eventFile(scalarEvent("loss", 1, 1)));
    const first = await serve(logdir);
    const { page } = await openPage(browser);
    await page.goto(first.url);
    await drawn(page, "loss", 1);
    await first.close();
    await page.getByText("Connection lost, retrying").waitFor();
    appendFileSync(file, eventFile(scalarEvent("loss", 2, 0.5)));
    const second = await serve(logdir, first.port);
    await drawn(page, "loss", 2);
    await page.getByText("Live", { exact: true }).waitFor();
    await page.context().close();
    await second.close();
  });

  test("names a damaged file, and keeps what came before the damage", async () => {
    const logdir = temporaryDirectory();
    const good = eventFile(versionEvent, scalarEvent("loss", 1, 1));
    writeFile(logdir, "run/events.out.tfevents.1", Buffer.concat([good, Buffer.from("not an event file")]));
    const server = await serve(logdir);
    const { page } = await openPage(browser);
    await page.goto(server.url);
    await drawn(page, "loss", 1);
    await page.getByRole("button", { name: "1 problem with the logs" }).click();
    const words = await page.locator(".problems").textContent();
    expect(words).toContain("events.out.tfevents.1");
    expect(words).toContain(`at byte ${good.length}`);
    expect(words).toContain("all events before are kept");
    await page.context().close();
    await server.close();
  });
});
