/** How one gets about: where a fresh address leads, which tabs there are, and that what buttons open is in sight. */
import path from "node:path";
import type { Browser, Page } from "playwright-core";
import { afterAll, beforeAll, describe, expect, onTestFinished, test } from "vitest";
import { WITH_WEBGL } from "../../scripts/chromium.ts";
import { startServer } from "../../server/index.ts";
import { createFileWriter, type FileSummaryWriter } from "../../summary/index.ts";
import { describeInBrowser, launch, openPage } from "../tools/chromium.ts";
import { temporaryDirectory, writeFile } from "../tools/records.ts";
import { EveryKind } from "./every-kind.ts";
import { servedPage } from "./served-page.ts";

const PATIENCE = { timeout: 20_000 };
const WIDE = { width: 1280, height: 800 };
const PHONE = { width: 390, height: 844 };

const graph = (writer: FileSummaryWriter): void => {
  writer.graph({ node: [{ name: "in", op: "Placeholder" }] });
};
const scalar = (writer: FileSummaryWriter): void => {
  writer.scalar("loss", 1, { step: 0 });
};
const image = (writer: FileSummaryWriter): void => {
  writer.image("digit", new Uint8Array(12), { step: 0, shape: [2, 2, 3] });
};

describeInBrowser("where a fresh address leads", () => {
  let browser: Browser;
  beforeAll(async () => {
    browser = await launch(WITH_WEBGL);
  });
  afterAll(() => browser?.close());

  async function open(logdir: string, fragment = ""): Promise<Page> {
    const server = await startServer({ logdir, port: 0, threads: 0 });
    onTestFinished(() => server.close());
    await server.loaded;
    const { page } = await openPage(browser);
    onTestFinished(() => page.context().close());
    await page.goto(server.url + fragment);
    return page;
  }
  const shown = (page: Page) => page.evaluate(() => location.hash.slice(1).split("?")[0]);
  async function logged(...kinds: readonly ((writer: FileSummaryWriter) => void)[]): Promise<string> {
    const logdir = temporaryDirectory();
    const writer = createFileWriter(path.join(logdir, "run"));
    for (const log of kinds) log(writer);
    await writer.close();
    return logdir;
  }
  function embeddings(): string {
    const logdir = temporaryDirectory();
    const config = 'embeddings { tensor_name: "words" tensor_path: "words.tsv" }';
    writeFile(logdir, "projector_config.pbtxt", Buffer.from(config));
    writeFile(logdir, "words.tsv", Buffer.from("1\t2\t3\n4\t5\t6\n7\t8\t1\n2\t9\t4\n"));
    return logdir;
  }

  test.each([
    ["graphs", "a graph alone", () => logged(graph)],
    ["projector", "embeddings without any run", embeddings],
    ["timeseries", "a graph and images", () => logged(graph, image)],
    ["scalars", "a graph, and scalars behind it", () => logged(graph, scalar)],
  ])("to %s for %s", async (dashboard, _what, make) => {
    const page = await open(await make());
    await expect.poll(() => shown(page), PATIENCE).toBe(dashboard);
    await page.locator('html[data-ready="true"]').waitFor(PATIENCE);
    const tabs = page.getByRole("navigation", { name: "Dashboards" });
    expect(await tabs.locator('.tab-row [aria-current="page"]').count()).toBe(1);
    expect(await page.getByText(/No scalars in these logs|No runs yet/).count()).toBe(0);
  });

  test("not away from what the address says, which names what there is", async () => {
    const page = await open(await logged(graph), "#scalars");
    await page.getByText("No scalars in these logs").waitFor(PATIENCE);
    await page.getByRole("main").getByRole("link", { name: "Graphs" }).waitFor(PATIENCE);
    expect(await shown(page)).toBe("scalars");
    const other = await open(embeddings(), "#scalars");
    await other.getByRole("heading", { name: "No runs yet" }).waitFor(PATIENCE);
    await other.getByRole("main").getByRole("link", { name: "Projector" }).click(PATIENCE);
    await expect.poll(() => shown(other)).toBe("projector");
  });
});

describeInBrowser("tabs, and what buttons open", { timeout: 120_000 }, () => {
  const served = servedPage(async (logdir) => {
    const logs = await new EveryKind(logdir).begin();
    await logs.close();
  }, WITH_WEBGL);

  const tabs = (page: Page) =>
    page.locator(".tab-row a:not(.is-hidden)").evaluateAll((all) => all.map((tab) => tab.textContent));
  /** Those that are on the screen from edge to edge, and in the bar. */
  const seen = (page: Page) =>
    page.locator(".tab-row a").evaluateAll((all) =>
      all
        .filter((tab) => {
          const { left, right, top, height } = tab.getBoundingClientRect();
          const at = (x: number) => document.elementFromPoint(x, top + height / 2);
          return tab.contains(at(left + 2)) && tab.contains(at(right - 2));
        })
        .map((tab) => tab.textContent),
    );

  test.each([WIDE, { width: 900, height: 800 }, PHONE])(
    "$width px: the same tabs on every page and after every size, all of them in sight",
    async (viewport) => {
      const page = await served.open("scalars", { viewport });
      await page.locator(".tab-row a", { hasText: "Projector" }).waitFor({ ...PATIENCE, state: "attached" });
      await page.locator(".tab-row a", { hasText: "Graphs" }).waitFor({ ...PATIENCE, state: "attached" });
      const first = await tabs(page);
      expect(await seen(page)).toEqual(first);
      for (const [name, title] of [
        ["graphs", "Graphs"],
        ["projector", "Projector"],
        ["hparams", "Hyperparameters"],
        ["scalars", "Scalars"],
      ] as const) {
        await page.evaluate((to) => {
          location.hash = to;
        }, name);
        // Of a tab without room, too.
        await expect.poll(() => page.locator('.tab-row [aria-current="page"]').textContent()).toBe(title);
        expect([name, await tabs(page)]).toEqual([name, first]);
        expect([name, await seen(page)]).toEqual([name, first]);
      }
      for (const width of [500, 1600]) {
        await page.setViewportSize({ ...viewport, width });
        await page.waitForTimeout(50);
        expect(await seen(page)).toEqual(await tabs(page));
        await page.setViewportSize(viewport);
        await expect.poll(() => tabs(page)).toEqual(first);
      }
    },
  );

  test("at 1280 px all dashboards with data have a tab", async () => {
    const page = await served.open("scalars", { viewport: WIDE });
    await expect.poll(() => tabs(page), PATIENCE).toHaveLength(13);
    expect((await tabs(page)).slice(-2)).toEqual(["Projector", "Graphs"]);
  });

  describe.each([WIDE, PHONE])("$width px", (viewport) => {
    test.each(["scalars", "timeseries", "hparams", "custom_scalars", "graphs", "projector"])(
      "%s: whatever a button opens is in sight",
      async (name) => {
        const page = await served.open(name, { viewport });
        await page.locator('html[data-ready="true"]').waitFor(PATIENCE);
        const buttons = page.locator(".menu > button").filter({ visible: true });
        await buttons.first().waitFor(PATIENCE);
        if (name === "hparams")
          await page.getByRole("button", { name: "Columns and filters" }).waitFor(PATIENCE);
        if (name === "timeseries") await page.getByRole("button", { name: "Settings" }).waitFor(PATIENCE);
        for (let i = 0; i < Math.min(8, await buttons.count()); i++) {
          const button = buttons.nth(i);
          await button.click();
          const popup = page.locator(".menu > .popup");
          await popup.waitFor();
          const label = await button.getAttribute("aria-label");
          expect([label, await cutOff(page)]).toEqual([label, []]);
          await page.keyboard.press("Escape");
          await popup.waitFor({ state: "detached" });
        }
      },
    );
  });

  /** Corners of the popup that cannot be seen. */
  const cutOff = (page: Page) =>
    page.locator(".menu > .popup").evaluate((popup) => {
      const { left, right, top, bottom } = popup.getBoundingClientRect();
      return [left + 8, right - 8]
        .flatMap((x) => [top + 8, bottom - 8].map((y) => [x, y] as const))
        .filter(([x, y]) => !popup.contains(document.elementFromPoint(x, y)));
    });
});
