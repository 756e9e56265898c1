/** Clips in a real browser: seen, played, and what is wrong with them said. */
import { mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { unzipSync } from "fflate";
import type { Browser } from "playwright-core";
import { afterAll, beforeAll, expect, onTestFinished, test } from "vitest";
import { startServer } from "../../server/index.ts";
import { createFileWriter } from "../../summary/index.ts";
import { describeInBrowser, launch, openPage } from "../tools/chromium.ts";
import { ownComplaints, READ_BACK } from "../tools/complaints.ts";
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
    expect(ownComplaints(complaints, READ_BACK)).toEqual([]);
  });

  test("the same clip over the steps, in a loop; what is being heard is not taken away by a new one", {
    timeout: 90_000,
  }, async () => {
    const logdir = temporaryDirectory();
    const writer = createFileWriter(`${logdir}/run`);
    onTestFinished(() => writer.close());
    const log = (step: number) =>
      writer.audio("hum", new Float32Array(8000 * (step + 1)), { step, sampleRate: 8000 });
    log(0);
    log(1);
    await writer.flush();
    const server = await startServer({ logdir, port: 0, threads: 0 });
    onTestFinished(() => server.close());
    await server.loaded;
    const { page, complaints } = await openPage(browser);
    await page.goto(`${server.url}#audio`);
    const section = page.locator('[data-tag="hum"] section[aria-label="run"]');
    const facts = () => section.locator(".clip-facts").textContent();
    const step = () => section.locator(".clip-step").textContent();
    await expect.poll(facts, PATIENCE).toBe("2s, 8 kHz, mono");
    await page.getByLabel("Step", { exact: true }).focus();
    await page.keyboard.press("Home");
    await expect.poll(facts, PATIENCE).toBe("1s, 8 kHz, mono");
    expect(await step()).toBe("step 0");
    await page.keyboard.press("End");
    await expect.poll(facts, PATIENCE).toBe("2s, 8 kHz, mono");

    await page.getByText("Loop", { exact: true }).click();
    const audio = section.locator("audio");
    await expect.poll(() => audio.evaluate((player: HTMLAudioElement) => player.loop), PATIENCE).toBe(true);
    const play = (on: boolean) =>
      audio.evaluate(async (player: HTMLAudioElement, plays) => {
        player.muted = true;
        if (plays) await player.play();
        else player.pause();
      }, on);
    await play(true);
    log(2);
    await writer.flush();
    const slider = page.getByLabel("Step: hum");
    await expect.poll(() => slider.getAttribute("max"), PATIENCE).toBe("2");
    expect(await step()).toBe("step 1");
    await play(false);
    await expect.poll(step, PATIENCE).toBe("step 2");
    await expect.poll(facts, PATIENCE).toBe("3s, 8 kHz, mono");

    // Another step stops what is heard: then the card goes with the newest again.
    await play(true);
    await page.getByLabel("Step", { exact: true }).focus();
    await page.keyboard.press("Home");
    await expect.poll(step, PATIENCE).toBe("step 0");
    log(3);
    await writer.flush();
    await expect.poll(() => slider.getAttribute("max"), PATIENCE).toBe("3");
    await page.getByRole("button", { name: "Let go of the step: show the newest" }).click();
    await expect.poll(step, PATIENCE).toBe("step 3");
    expect(complaints).toEqual([]);
  });

  test("a click goes to that place, a loop begins again, and what is drawn meanwhile is drawn once a frame", {
    timeout: 90_000,
  }, async () => {
    const logdir = temporaryDirectory();
    const writer = createFileWriter(`${logdir}/run`);
    writer.audio("hum", new Float32Array(8000 * 2), { step: 0, sampleRate: 8000 });
    await writer.close();
    const server = await startServer({ logdir, port: 0, threads: 0 });
    onTestFinished(() => server.close());
    await server.loaded;
    const { page, complaints } = await openPage(browser);
    await page.goto(`${server.url}#audio?audio_loop=1`);
    const clip = page.locator('[data-tag="hum"] .clip');
    await clip.locator('canvas.chart-lines[data-samples="16000"]').waitFor(PATIENCE);
    const audio = clip.locator("audio");
    await audio.evaluate((player: HTMLAudioElement) => {
      player.muted = true;
      const times: number[] = [];
      Reflect.set(globalThis, "playedAt", times);
      for (const type of ["playing", "seeked", "timeupdate"])
        player.addEventListener(type, () => times.push(player.currentTime));
    });
    const times = () => page.evaluate(() => Reflect.get(globalThis, "playedAt") as number[]);
    // Nothing of it was loaded yet: the place is known from what is drawn.
    const surface = clip.locator("canvas.chart-hover");
    const { width, height } = (await surface.boundingBox())!;
    await surface.click({ position: { x: width * 0.75, y: height / 2 } });
    await expect.poll(async () => (await times()).length, PATIENCE).toBeGreaterThan(0);
    expect((await times()).find((time) => time > 0)).toBeGreaterThan(1.4);
    expect(await audio.evaluate((player: HTMLAudioElement) => player.paused)).toBe(false);
    await expect.poll(async () => (await times()).some((time) => time < 0.5), PATIENCE).toBe(true);
    await expect.poll(async () => (await times()).length, PATIENCE).toBeGreaterThan(12);
    const frames = await page.evaluate(async () => {
      const ask = window.requestAnimationFrame.bind(window);
      let asked = 0;
      window.requestAnimationFrame = (callback) => {
        asked++;
        return ask(callback);
      };
      for (let i = 0; i < 20; i++) await new Promise((resolve) => ask(resolve));
      window.requestAnimationFrame = ask;
      return asked;
    });
    expect(frames).toBeLessThan(60);
    expect(complaints).toEqual([]);
  });

  test("all clips of a record are offered as files, one by one and together", {
    timeout: 90_000,
  }, async () => {
    const logdir = temporaryDirectory();
    const writer = createFileWriter(`${logdir}/run`);
    writer.audio("many", new Float32Array(3 * 8), { step: 0, sampleRate: 8000, shape: [3, 8, 1] });
    await writer.close();
    const server = await startServer({ logdir, port: 0, threads: 0 });
    onTestFinished(() => server.close());
    await server.loaded;
    const { page } = await openPage(browser);
    await page.goto(`${server.url}#audio`);
    const card = page.locator('[data-tag="many"]');
    await card.getByRole("button", { name: "Download many" }).click();
    const labels = async () => (await card.getByRole("menuitem").allTextContents()).join();
    expect(await labels()).toBe("All 3 clipsZIP,run (1)step 0,run (2)step 0,run (3)step 0");
    const coming = page.waitForEvent("download");
    await card.getByRole("menuitem", { name: "All 3 clips" }).click();
    const file = await coming;
    expect(file.suggestedFilename()).toBe("many.zip");
    const names = Object.keys(unzipSync(readFileSync(await file.path())));
    expect(names).toEqual(["run_many_0_1.wav", "run_many_0_2.wav", "run_many_0_3.wav"]);
  });
});
