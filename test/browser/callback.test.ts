/** A training with `model.fit` in a real web page is logged by the callback, without files and without Node. */
import { fileURLToPath } from "node:url";
import { expect, test } from "vitest";
import { decodeEvents } from "../summary/event-files.ts";
import { bundlePage } from "../tools/bundle-page.ts";
import { describeInBrowser, launch } from "../tools/chromium.ts";
import type { FitBytes } from "./callback-page.ts";

declare global {
  var fitBytes: FitBytes;
}

const entry = fileURLToPath(new URL("callback-page.ts", import.meta.url));

describeInBrowser("the training callback in a web page", () => {
  test("writes what it writes in Node", { timeout: 120_000 }, async () => {
    const { code, modules } = await bundlePage(entry, "sources");
    expect(modules.filter((id) => /\/(summary|records)\/node\//.test(id))).toEqual([]);
    const browser = await launch();
    try {
      const page = await browser.newPage();
      await page.addScriptTag({ content: code, type: "module" });
      await page.waitForFunction(() => "fitBytes" in globalThis);
      const files = await page.evaluate(() => fitBytes());
      const tags = Object.fromEntries(
        Object.entries(files).map(([run, bytes]) => {
          const values = decodeEvents(Uint8Array.from(bytes)).flatMap(({ summary }) => summary?.value ?? []);
          return [run, new Set(values.map(({ tag }) => tag))];
        }),
      );
      expect(tags).toEqual({
        train: new Set([
          "keras",
          "epoch_loss",
          "epoch_learning_rate",
          "net/only/kernel/histogram",
          "net/only/kernel/image",
          "net/only/bias/histogram",
          "net/only/bias/image",
        ]),
        validation: new Set(["epoch_loss", "evaluation_loss_vs_iterations"]),
      });
    } finally {
      await browser.close();
    }
  });
});
