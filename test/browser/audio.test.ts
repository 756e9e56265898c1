/** Clips in a real browser: seen, played, and what is wrong with them said. */
import { mkdirSync, writeFileSync } from "node:fs";
import type { Browser } from "playwright-core";
import { afterAll, beforeAll, expect, onTestFinished, test } from "vitest";
import { startServer } from "../../server/index.ts";
import { createFileWriter } from "../../summary/index.ts";
import { describeInBrowser, launch, openPage } from "../tools/chromium.ts";
import { eventFile, temporaryDirectory } from "../tools/records.ts";

const PATIENCE = { timeout: 20_000 };

describeInBrowser("clips", () => {
  let browser: Browser;
  beforeAll(async () => {
    browser = await launch();
  });
  afterAll(() => browser?.close());

  test("are drawn at the step, every run's, and play", { timeout: 90_000 }, async () => {
    const logdir = temporaryDirectory();
    const tone = (hertz: number, frames: number) =>
      Float32Array.from({ length: frames }, (_, i) => Math.sin((2 * Math.PI * hertz * i) / 8000) / 2);
    for (const [run, hertz] of [
      ["low", 200],
      ["high", 2000],
    ] as const) {
      const writer = createFileWriter(`${logdir}/${run}`);
      for (const step of [0, 1])
        writer.audio("tone", tone(hertz, 800 * (step + 1)), { step, sampleRate: 8000 });
      writer.audio("silence", new Float32Array(0), { step: 0, sampleRate: 8000 });
      await writer.close();
    }
    const odd = {
      audio: { sampleRate: 8000, encodedAudioString: Buffer.from("no sound"), contentType: "audio/wav" },
    };
    mkdirSync(`${logdir}/odd`);
    writeFileSync(
      `${logdir}/odd/events.out.tfevents.1`,
      eventFile({ wallTime: 1, step: 0, summary: { value: [{ tag: "odd", ...odd }] } }),
    );
    const server = await startServer({ logdir, port: 0, threads: 0 });
    onTestFinished(() => server.close());
    await server.loaded;
    const { page, complaints } = await openPage(browser);
    await page.goto(`${server.url}#audio?step=0`);
    const clip = page.locator('[data-tag="tone"] section[aria-label="high"] .clip');
    await clip.locator('canvas.chart-lines[data-samples="800"]').waitFor(PATIENCE);
    expect(await clip.locator(".clip-facts").textContent()).toBe("100ms, 8 kHz, mono");
    const filled = () =>
      clip.locator("canvas.chart-lines").evaluate((canvas: HTMLCanvasElement) => {
        const { data } = canvas.getContext("2d")!.getImageData(0, 0, canvas.width, canvas.height);
        return data.filter((value, i) => i % 4 === 3 && value > 0).length / (data.length / 4);
      });
    // A sine of half the range fills at most half the height.
    expect(await filled()).toBeGreaterThan(0.1);
    expect(await filled()).toBeLessThan(0.7);

    await page.getByText("Spectrogram", { exact: true }).click();
    await expect.poll(filled, PATIENCE).toBe(1);

    await clip.locator("audio").evaluate(async (audio: HTMLAudioElement) => {
      audio.muted = true;
      await audio.play();
    });
    await expect
      .poll(() => page.locator('[data-tag="silence"] .clip-problem').first().textContent(), PATIENCE)
      .toMatch(/no samples|cannot decode/);
    await expect
      .poll(() => page.locator('[data-tag="odd"] .clip-problem').textContent(), PATIENCE)
      .toContain("cannot decode the clip; it can still be saved");
    // Reading the picture back is the test's doing.
    expect(complaints.filter((one) => !one.startsWith("Canvas2D: Multiple readback"))).toEqual([]);
  });
});
