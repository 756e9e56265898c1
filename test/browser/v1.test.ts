/** A graph that is built and evaluated in a real web page becomes the bytes that it becomes in Node. */
import { fileURLToPath } from "node:url";
import { expect, test } from "vitest";
import { decodeEvents } from "../summary/event-files.ts";
import { bundlePage } from "../tools/bundle-page.ts";
import { describeInBrowser, launch } from "../tools/chromium.ts";
import type { GraphBytes } from "./v1-page.ts";

declare global {
  var graphBytes: GraphBytes;
}

const entry = fileURLToPath(new URL("v1-page.ts", import.meta.url));

describeInBrowser("v1 in a web page", () => {
  test("builds, evaluates and writes a graph as in Node", async () => {
    const { code, modules, warnings } = await bundlePage(entry, "sources");
    expect(modules.filter((id) => /^node:|\/node\/|__vite-browser-external/.test(id))).toEqual([]);
    expect(warnings).toEqual([]);
    const browser = await launch();
    try {
      const page = await browser.newPage();
      await page.addScriptTag({ content: code, type: "module" });
      await page.waitForFunction(() => "graphBytes" in globalThis);
      const bytes = await page.evaluate(() => graphBytes());
      await import(entry);
      expect(bytes).toEqual(await graphBytes());
      const [, , summaries] = decodeEvents(Uint8Array.from(bytes));
      expect(summaries?.summary?.value?.map(({ tag }) => tag)).toEqual([
        "layer1/weights_1",
        "loss_1",
        "x/image/0",
      ]);
    } finally {
      await browser.close();
    }
  });
});
