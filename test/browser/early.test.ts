/** What the page asks before its own code is there: everything once, and as well a little later. */
import type { Page, Request } from "playwright-core";
import { expect, onTestFinished, test } from "vitest";
import { createFileWriter } from "../../summary/index.ts";
import { describeInBrowser, openPage } from "../tools/chromium.ts";
import { servedPage } from "./served-page.ts";

async function makeLogs(logdir: string): Promise<void> {
  const writer = createFileWriter(`${logdir}/net`);
  writer.graph({
    node: [
      { name: "x", op: "Placeholder" },
      { name: "layer/y", op: "Relu", input: ["x"] },
    ],
  });
  writer.hparams({ rate: 0.1 });
  for (let step = 0; step < 3; step++) writer.scalar("loss", 1 / (1 + step), { step });
  await writer.close();
}

describeInBrowser("the early script", () => {
  const served = servedPage(makeLogs);

  /** Opens the page; gives what it asked the server for, with the script or module that asked. */
  async function opened(fragment: string, shown: string, prepare?: (page: Page) => Promise<unknown>) {
    const { page } = await openPage(served.browser);
    onTestFinished(() => page.context().close());
    await prepare?.(page);
    const asked: Request[] = [];
    page.on("request", (request) => {
      if (request.url().includes("/api/v1/")) asked.push(request);
    });
    await page.goto(`${served.server.url}#${fragment}`);
    await page.locator(shown).first().waitFor();
    await page.waitForLoadState("load");
    return asked.map((request) => request.url().replace(/^.*\/api\/v1\//, ""));
  }

  const times = (asked: readonly string[], wanted: string): number =>
    asked.filter((one) => one === wanted).length;

  const BOXES = 'canvas.graph-canvas[data-boxes]:not([data-boxes="0"]):not([data-boxes="-1"])';

  test.each([
    ["graphs?graph_run=net", BOXES, ["status", "catalog", "graph", "graph/scope"]],
    ["graphs", BOXES, ["status", "catalog", "graph", "graph/scope"]],
    ["hparams", ".hp-table tbody th", ["status", "catalog", "hparams"]],
    ["scalars", "canvas.chart-lines[data-points]", ["status", "catalog"]],
    ["", "canvas.chart-lines[data-points]", ["status", "catalog"]],
    ["nothing?of=that", "canvas.chart-lines[data-points]", ["status", "catalog"]],
  ])("#%s asks once for what it needs", async (fragment, shown, paths) => {
    const asked = await opened(fragment, shown);
    for (const one of paths) expect([one, times(asked, one)]).toEqual([one, 1]);
    expect(asked.slice(0, 2)).toEqual(["status", "catalog"]);
  });

  test("the first question about a graph leaves before any module has run", async () => {
    let running = () => {};
    const modules = new Promise<void>((resolve) => {
      running = resolve;
    });
    const asked = opened("graphs?graph_run=net", BOXES, async (page) => {
      page.on("request", (request) => {
        if (request.url().endsWith("/graph/scope")) running();
      });
      // No module comes before it was asked.
      await page.route(/\/assets\/(?:index|common|graphs)-[^/]*\.js$/, async (route) => {
        await modules;
        await route.continue();
      });
    });
    expect(times(await asked, "graph/scope")).toBe(1);
  });

  test("where it does not run, the page asks a little later", async () => {
    const asked = await opened("graphs?graph_run=net", BOXES, (page) =>
      page.route(/\/assets\/early-[^/]*\.js$/, (route) => route.abort()),
    );
    for (const one of ["status", "catalog", "graph", "graph/scope"])
      expect(times(asked, one)).toBeGreaterThan(0);
  });

  test("a link to a run that is not there is asked for in vain, and the page shows what there is", async () => {
    const asked = await opened("graphs?graph_run=gone", BOXES);
    expect(times(asked, "graph/scope")).toBe(2);
  });
});
