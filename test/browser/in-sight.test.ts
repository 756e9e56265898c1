/** What is below the screen asks for nothing: cards of many images are taken for as high as they will be. */
import { expect, onTestFinished, test } from "vitest";
import { createFileWriter } from "../../summary/index.ts";
import { describeInBrowser, openPage } from "../tools/chromium.ts";
import { servedPage } from "./served-page.ts";

const RUNS = 30;
const TAGS = 8;

async function makeLogs(logdir: string): Promise<void> {
  for (let run = 0; run < RUNS; run++) {
    const writer = createFileWriter(`${logdir}/run${run}`);
    for (let tag = 0; tag < TAGS; tag++)
      writer.image(`sample${tag}`, new Uint8Array(8 * 8 * 3).fill(run + tag), { step: 0, shape: [8, 8, 3] });
    await writer.close();
  }
}

describeInBrowser("images of many runs", () => {
  const served = servedPage(makeLogs);

  test("of eight tags only those in sight are asked for, each once", async () => {
    const { page } = await openPage(served.browser);
    onTestFinished(() => page.context().close());
    const asked: string[] = [];
    page.on("request", (request) => {
      if (!request.url().endsWith("/api/v1/records")) return;
      const { tag } = request.postDataJSON() as { tag: string };
      asked.push(tag);
    });
    await page.goto(`${served.server.url}#images`);
    await page.locator(".image-tile img").first().waitFor();
    const before = [...asked];
    expect(before.length).toBeLessThanOrEqual(4);
    expect(new Set(before).size).toBe(before.length);
  });
});
