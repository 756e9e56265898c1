/**
 * Stock TensorBoard's own page on a traced train step of LeNet-5: it draws the graph by layers, gradients and updates, and
 * colours it by the step's time and memory. Needs a Python with tensorboard, for the page's files.
 */

import * as tf from "@tensorflow/tfjs-core";
import type { Browser, Page } from "playwright-core";
import { afterAll, beforeAll, expect, test } from "vitest";
import { isInstalled } from "../../bench/tools/servers.ts";
import { startServer } from "../../server/index.ts";
import { createFileWriter } from "../../summary/index.ts";
import { temporaryDirectory } from "../summary/event-files.ts";
import { lenet } from "../summary/trace/steps.ts";
import { describeInBrowser, launch } from "../tools/chromium.ts";
import { startStockFrontEnd } from "../tools/stock-front-end.ts";
import { whenDrawn } from "./drawn.ts";

/** As the page tells no statistics: white to red by share, grey without. */
const WITHOUT = "rgb(238, 238, 238)";

describeInBrowser(
  "stock's page of a traced step",
  { timeout: 120_000, skip: !isInstalled("tensorboard") },
  () => {
    let browser: Browser;
    beforeAll(async () => {
      browser = await launch();
    });
    afterAll(() => browser?.close());

    test("draws it, and colours time and memory", async () => {
      const logdir = temporaryDirectory();
      const { model, step, images, labels } = lenet(20);
      await using writer = createFileWriter(`${logdir}/lenet5`);
      for (const at of [0, 1])
        await writer.trace(`step ${at}`, tf, step, { step: at, model, names: { images, labels } });
      await writer.close();
      const server = await startServer({ logdir, port: 0, threads: 0 });
      await server.loaded;
      const frontEnd = await startStockFrontEnd(server.url);
      try {
        const page = await browser.newPage({ viewport: { width: 1400, height: 900 } });
        const failures: string[] = [];
        page.on("pageerror", (error) => failures.push(error.message));
        await page.goto(`${frontEnd.url}#graphs`);
        const layers = "pad c1 s2 c3 s4 flatten f5 f6 output loss metrics gradients SGD".split(" ");
        await whenDrawn(async () => Object.keys(await fillsOf(page))).toEqual(expect.arrayContaining(layers));
        const structure = await fillsOf(page);

        await chooseTag(page, "step 1");
        for (const by of ["Compute time", "Memory"]) {
          const radio = page.locator("tf-graph-controls paper-radio-button", { hasText: by });
          await whenDrawn(() => radio.count()).toBe(1);
          await radio.click();
          // Of all layers and scopes, and not all alike.
          await whenDrawn(async () => {
            const fills = await fillsOf(page);
            return layers.every((name) => isScale(fills[name]));
          }).toBe(true);
          const fills = await fillsOf(page);
          expect(new Set(Object.values(fills)).size).toBeGreaterThan(2);
          expect(fills).not.toEqual(structure);
        }
        expect(failures).toEqual([]);
      } finally {
        await frontEnd.close();
        await server.close();
      }
    });
  },
);

/** Colours of scopes in the main graph and beside it, by name. */
function fillsOf(page: Page): Promise<Record<string, string>> {
  return page.locator("g.node.meta").evaluateAll((nodes) =>
    Object.fromEntries(
      nodes.map((node) => {
        const shape = node.querySelector(".nodeshape .nodecolortarget");
        const name = node.getAttribute("data-name") ?? "";
        return [name, shape === null ? "" : getComputedStyle(shape).fill];
      }),
    ),
  );
}

/** On the scale from almost white to red. */
function isScale(fill: string | undefined): boolean {
  const [red = 0, green = 0, blue = 0] = fill?.match(/\d+/g)?.map(Number) ?? [];
  return fill !== WITHOUT && red > 245 && green <= 245 && blue <= 240 && green > blue;
}

/** What the drop-down does, which is of paper and opens outside of its element. */
async function chooseTag(page: Page, tag: string): Promise<void> {
  const controls = page.locator("tf-graph-controls");
  await controls.evaluate((element, wanted) => {
    const one: unknown = Reflect.get(element, "datasets");
    const [run] = Array.isArray(one) ? one : [];
    const index = run.tags.findIndex(({ tag: name }: { tag: string }) => name === wanted);
    Reflect.set(element, "_selectedTagIndex", index);
  }, tag);
}
