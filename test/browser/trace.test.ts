/** A train step that is traced in a real web page: on WebGL, whose own timer says how long kernels took, and without it. */
import { fileURLToPath } from "node:url";
import type { Browser, Page } from "playwright-core";
import { afterAll, beforeAll, expect, test } from "vitest";
import { pb } from "../../proto/index.ts";
import { decodeEvents } from "../summary/event-files.ts";
import { bundlePage } from "../tools/bundle-page.ts";
import { describeInBrowser, launch } from "../tools/chromium.ts";
import type { TraceStep } from "./trace-page.ts";

declare global {
  var traceStep: TraceStep;
}

const entry = fileURLToPath(new URL("trace-page.ts", import.meta.url));

describeInBrowser("tracing in a web page", { timeout: 120_000 }, () => {
  let browser: Browser;
  let page: Page;
  beforeAll(async () => {
    const { code, modules } = await bundlePage(entry, "sources");
    expect(modules.filter((id) => /\/(summary|records)\/node\//.test(id))).toEqual([]);
    browser = await launch(["--enable-unsafe-swiftshader"]);
    page = await browser.newPage();
    await page.addScriptTag({ content: code, type: "module" });
    await page.waitForFunction(() => "traceStep" in globalThis);
  });
  afterAll(() => browser?.close());

  test.each(["webgl", "cpu"])(
    "on %s: every kernel, its device, its time where the back end tells",
    async (backEnd) => {
      const { bytes, hasTimer, kernels } = await page.evaluate((name) => traceStep(name), backEnd);
      const [, graph, step] = decodeEvents(Uint8Array.from(bytes));
      const { node = [] } = pb.GraphDef.decode(graph?.graphDef ?? new Uint8Array());
      const names = node.map(({ name }) => name);
      expect(names).toEqual(
        expect.arrayContaining([
          "images",
          "conv/kernel",
          "conv/Conv2D",
          "last/FusedMatMul",
          "SGD/update_conv/kernel/Assign",
        ]),
      );
      const sources = new Set(["VariableV2", "Placeholder", "Const", "Assign"]);
      const ran = node.filter(({ op }) => !sources.has(op ?? ""));
      expect(ran.map(({ op }) => op)).toEqual(kernels.filter((name) => name !== "Identity"));
      const on = (device: string) => `/job:${backEnd}/replica:0/task:0/device:${device}:0`;
      const device = on(backEnd === "cpu" ? "CPU" : "GPU");
      const devices = new Map(node.map((one) => [one.name, one.device]));
      // WebGL computes small tensors on the CPU, such as the learning rate's.
      expect(new Set(devices.values())).toEqual(new Set([device, on("CPU")]));
      for (const name of ["conv/kernel", "conv/Conv2D", "last/FusedMatMul"])
        expect([name, devices.get(name)]).toEqual([name, device]);

      const metadata = pb.RunMetadata.decode(step?.taggedRunMetadata?.runMetadata ?? new Uint8Array());
      const stats = new Map(
        metadata.stepStats?.devStats
          ?.flatMap(({ nodeStats }) => nodeStats ?? [])
          .map((one) => [one.nodeName, one]),
      );
      const conv = stats.get("conv/Conv2D");
      expect(Number(conv?.memory?.[0]?.totalBytes)).toBeGreaterThanOrEqual(32 * 14 * 14 * 8 * 4);
      const times = ran.map(({ name }) => Number(stats.get(name)?.allEndRelNanos ?? 0));
      // What no timer tells is absent.
      if (backEnd === "webgl" && !hasTimer) expect(times.every((nanos) => nanos === 0)).toBe(true);
      else expect(times.reduce((sum, nanos) => sum + nanos, 0)).toBeGreaterThan(0);
    },
  );
});
