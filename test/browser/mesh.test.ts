/** Meshes in a real browser that draws WebGL in software, with the numbers that stock's routes have. */
import { AxeBuilder } from "@axe-core/playwright";
import type { Browser } from "playwright-core";
import { afterAll, beforeAll, expect, onTestFinished, test } from "vitest";
import { pb } from "../../proto/index.ts";
import { WITH_WEBGL } from "../../scripts/chromium.ts";
import { startServer } from "../../server/index.ts";
import { createFileWriter } from "../../summary/index.ts";
import { describeInBrowser, launch, openPage } from "../tools/chromium.ts";
import { ownComplaints } from "../tools/complaints.ts";
import { temporaryDirectory } from "../tools/records.ts";
import { corpusLogs } from "../tools/stock-answers.ts";

describeInBrowser("meshes", () => {
  let browser: Browser;
  beforeAll(async () => {
    browser = await launch(WITH_WEBGL);
  });
  afterAll(() => browser?.close());

  async function serve(logdir: string) {
    const server = await startServer({ logdir, port: 0, threads: 0, indexCache: null });
    onTestFinished(() => server.close());
    await server.loaded;
    return server;
  }

  test("what TensorFlow wrote is drawn, with the vertices, faces and colours of stock's routes", {
    timeout: 90_000,
  }, async () => {
    const server = await serve(corpusLogs);
    const stock = async (route: string) => fetch(new URL(`data/plugin/mesh/${route}`, server.url));
    const tags = (await (await stock("tags")).json()) as Record<string, Record<string, { samples: number }>>;
    const { page, complaints } = await openPage(browser, { reducedMotion: "reduce" });
    await page.goto(`${server.url}#mesh`);
    const seen: string[] = [];
    for (const [run, of] of Object.entries(tags))
      for (const [tag, { samples }] of Object.entries(of)) {
        const query = `run=${encodeURIComponent(run)}&tag=${encodeURIComponent(tag)}`;
        const parts = (await (await stock(`meshes?${query}`)).json()) as {
          step: number;
          content_type: number;
        }[];
        const steps = [...new Set(parts.map(({ step }) => step))];
        expect(steps.length).toBeGreaterThan(0);
        for (const step of [steps[0]!, steps.at(-1)!])
          for (let sample = 0; sample < samples; sample++) {
            const bytes = async (type: string) =>
              (await stock(`data?${query}&step=${step}&content_type=${type}&sample=${sample}`)).arrayBuffer();
            const vertices = new Float32Array(await bytes("VERTEX"));
            const faces = new Int32Array(await bytes("FACE"));
            const colors = new Uint8Array(await bytes("COLOR"));
            await page.goto(`${server.url}#mesh?step=${step}`);
            const tile = page.locator(`[data-tag="${tag}"] [data-run="${run}"][data-sample="${sample}"]`);
            await tile.and(page.locator(`[data-step="${step}"]`)).waitFor();
            const canvas = tile.locator("canvas");
            await expect
              .poll(() => canvas.evaluate((element) => ({ ...element.dataset })), { timeout: 15_000 })
              .toEqual({
                vertices: String(vertices.length / 3),
                faces: String(faces.length / 3),
                colors: String(colors.length / 3),
                box: boxOf(vertices),
              });
            seen.push(tag);
          }
      }
    expect(seen.length).toBeGreaterThan(0);
    const colours = () =>
      page.locator(".mesh-canvas").evaluateAll((all) =>
        all.map((one) => {
          const { width, height } = one as HTMLCanvasElement;
          const pixels = (one as HTMLCanvasElement).getContext("2d")!.getImageData(0, 0, width, height);
          return new Set(new Uint32Array(pixels.data.buffer)).size;
        }),
      );
    await expect.poll(async () => Math.min(...(await colours())), { timeout: 15_000 }).toBeGreaterThan(2);
    expect(ownComplaints(complaints)).toEqual([]);
  });

  test("cameras are tied, keys and hands turn them, and the address has them; new steps come by themselves", {
    timeout: 90_000,
  }, async () => {
    const logdir = temporaryDirectory();
    const writers = ["a", "b"].map((run) => createFileWriter(`${logdir}/${run}`));
    const square = (step: number) => ({
      vertices: [0, 0, 0, 1, 0, step, 1, 1, 0, 0, 1, 0],
      faces: [0, 1, 2, 0, 2, 3],
    });
    for (const writer of writers) {
      for (const step of [0, 5]) writer.mesh("square", square(step), { step });
      await writer.flush();
    }
    onTestFinished(() => Promise.all(writers.map((writer) => writer.close())).then(() => {}));
    const server = await serve(logdir);
    const { page, complaints } = await openPage(browser, { reducedMotion: "reduce", acceptDownloads: true });
    await page.goto(`${server.url}#mesh`);
    const tiles = page.locator('[data-tag="square"] canvas[data-vertices="4"]');
    await expect.poll(() => tiles.count(), { timeout: 15_000 }).toBe(2);
    const looks = () => tiles.evaluateAll((all) => all.map((one) => (one as HTMLCanvasElement).toDataURL()));
    // Drawn, and alike: what a canvas is told to show comes with the next frame.
    const blank = await tiles.first().evaluate((tile) => {
      const { width, height } = tile as HTMLCanvasElement;
      return Object.assign(document.createElement("canvas"), { width, height }).toDataURL();
    });
    await expect
      .poll(async () => new Set([...(await looks()), blank]).size === 2 && (await looks())[0] !== blank)
      .toBe(true);
    const [first, second] = await looks();
    await tiles.first().focus();
    for (let i = 0; i < 3; i++) await page.keyboard.press("ArrowRight");
    await expect.poll(async () => (await looks())[1] !== second, { timeout: 15_000 }).toBe(true);
    await expect.poll(async () => new Set(await looks()).size, { timeout: 15_000 }).toBe(1);
    await expect.poll(() => new URL(page.url()).hash, { timeout: 15_000 }).toMatch(/mesh_views=.*_square/);

    // Each its own: the other stays.
    await page.getByText("Each its own", { exact: true }).click();
    await tiles.first().focus();
    await page.keyboard.press("+");
    await expect.poll(async () => new Set(await looks()).size, { timeout: 15_000 }).toBe(2);
    await page.getByRole("button", { name: "Reset camera: square" }).click();
    await expect.poll(async () => new Set(await looks()).size, { timeout: 15_000 }).toBe(1);
    expect(new Set([...(await looks()), first]).size).toBe(1);
    await page.getByText("A card's tied", { exact: true }).click();

    // A drag turns; a plain wheel does not zoom, so that the page scrolls.
    const before = await looks();
    const box = (await tiles.first().boundingBox())!;
    await page.mouse.move(box.x + box.width / 2, box.y + box.height / 2);
    await page.mouse.down();
    await page.mouse.move(box.x + box.width / 2 + 60, box.y + box.height / 2, { steps: 3 });
    await page.mouse.up();
    await expect.poll(async () => (await looks())[0] !== before[0], { timeout: 15_000 }).toBe(true);

    // Wires and points look otherwise.
    const shaded = (await looks())[0];
    for (const name of ["Wires", "Points"]) {
      await page.getByText(name, { exact: true }).click();
      await expect.poll(async () => (await looks())[0] !== shaded, { timeout: 15_000 }).toBe(true);
    }
    const small = (await looks())[0];
    await page.getByLabel("Point size value").fill("6");
    await page.getByLabel("Point size value").press("Enter");
    await expect.poll(async () => (await looks())[0] !== small, { timeout: 15_000 }).toBe(true);

    // The step slider moves vertices.
    await page.getByLabel("Step", { exact: true }).focus();
    await page.keyboard.press("Home");
    await page
      .locator(
        '[data-run="a"][data-step="0"] canvas[data-box^="0.00000 0.00000 0.00000 1.00000 1.00000 0.00000"]',
      )
      .waitFor();
    await page.keyboard.press("End");
    await page.locator('[data-run="a"][data-step="5"] canvas[data-box$="5.00000"]').waitFor();

    // New: without a click.
    for (const writer of writers) {
      writer.mesh("square", square(7), { step: 9 });
      await writer.flush();
    }
    await page.locator('[data-run="b"][data-step="9"] canvas[data-box$="7.00000"]').waitFor();

    await page.getByRole("button", { name: "Download square" }).click();
    const [download] = await Promise.all([
      page.waitForEvent("download"),
      page.getByRole("menuitem").first().click(),
    ]);
    expect(download.suggestedFilename()).toBe("square_a_9.png");
    expect((await new AxeBuilder({ page }).analyze()).violations.map(({ id }) => id)).toEqual([]);
    expect(ownComplaints(complaints)).toEqual([]);
  });

  /** Parts as no writer of ours would have them. */
  async function badLogs(): Promise<string> {
    const logdir = temporaryDirectory();
    const writer = createFileWriter(`${logdir}/run`);
    const part = (
      name: string,
      kind: "VERTEX" | "FACE" | "COLOR",
      data: Float32Array | Int32Array,
      shape: number[],
      jsonConfig = "",
    ) => {
      const contentType = pb.MeshPluginData.ContentType[kind];
      const about = { name, contentType, components: 0, shape, jsonConfig };
      const pluginContent = pb.MeshPluginData.encode(about).finish();
      writer.tensor(`${name}_${kind}`, data, {
        step: 0,
        shape,
        plugin: "mesh",
        pluginContent,
        dataClass: "tensor",
      });
    };
    const corners = Float32Array.of(0, 0, 0, 1, 0, 0, 0, 1, 0);
    part("nowhere", "VERTEX", corners, [1, 3, 3]);
    part("nowhere", "FACE", Int32Array.of(0, 1, 2, 0, 1, 9, -1, 1, 2), [1, 3, 3]);
    part(
      "nan",
      "VERTEX",
      Float32Array.of(Number.NaN, 0, 0, 1, 0, 0, 0, Number.POSITIVE_INFINITY, 0, 2, 2, 2),
      [1, 4, 3],
    );
    part("all nan", "VERTEX", new Float32Array(6).fill(Number.NaN), [1, 2, 3]);
    part("flat", "VERTEX", corners, [1, 9, 1]);
    part("paint", "VERTEX", corners, [1, 3, 3]);
    part("paint", "COLOR", Float32Array.of(1, 2, 3), [1, 1, 3]);
    part("scene", "VERTEX", corners, [1, 3, 3], '{"camera": {"cls": "FisheyeCamera"}');
    part(
      "class",
      "VERTEX",
      corners,
      [1, 3, 3],
      '{"material": {"cls": "constructor"}, "lights": [{"cls": "MoonLight"}]}',
    );
    part("empty", "VERTEX", new Float32Array(0), [1, 0, 3]);
    part("huge", "VERTEX", new Float32Array(1_400_000 * 3), [1, 1_400_000, 3]);
    part("good", "VERTEX", corners, [1, 3, 3]);
    await writer.close();
    return logdir;
  }

  test("what cannot be drawn is said, and the page goes on", { timeout: 90_000 }, async () => {
    const server = await serve(await badLogs());
    const { page, complaints } = await openPage(browser, { viewport: { width: 390, height: 2600 } });
    await page.goto(`${server.url}#mesh`);
    const says = (tag: string, words: string | RegExp) =>
      expect
        .poll(() => page.locator(`[data-tag="${tag}"]`).textContent(), { timeout: 15_000 })
        .toMatch(words);
    const far = (tag: string) => page.locator(`[data-tag="${tag}"]`).scrollIntoViewIfNeeded();
    for (const [tag, words] of [
      ["nowhere", /Left out: 2 of 3 faces, which point at no vertex/],
      ["nan", /2 vertices · .*|2 vertices/],
      ["all nan", /No vertex that is a number/],
      ["flat", /shape \[1, 9, 1\], which is not \[batch, n, 3\]/],
      ["paint", /colours of 1 vertices, where there are 3/],
      ["scene", /configuration, which is not JSON/],
      ["class", /the light "MoonLight".*the material "constructor"/],
      ["empty", /No vertex that is a number/],
      ["huge", /17 MB a step, and 16 MB are the most/],
      ["good", /3 vertices/],
    ] as const) {
      await far(tag);
      await says(tag, words);
    }
    // Nothing is wider than a phone.
    expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(390);
    expect((await new AxeBuilder({ page }).analyze()).violations.map(({ id }) => id)).toEqual([]);
    expect(ownComplaints(complaints)).toEqual([]);
  });

  test("shows the first eight of a batch, says how many there are, and shows all", {
    timeout: 60_000,
  }, async () => {
    const logdir = temporaryDirectory();
    const writer = createFileWriter(logdir);
    const triangle = [0, 0, 0, 1, 0, 0, 0, 1, 0];
    const batch = Array.from({ length: 11 }, (_, i) => [triangle.slice(0, 3), [1 + i, 0, 0], [0, 1, 0]]);
    writer.mesh("batch", { vertices: batch }, { step: 0 });
    await writer.close();
    const server = await serve(logdir);
    const { page } = await openPage(browser, { viewport: { width: 1280, height: 1600 } });
    await page.goto(`${server.url}#mesh`);
    const drawn = page.locator('[data-tag="batch"] canvas[data-vertices="3"]');
    await expect.poll(() => drawn.count(), { timeout: 15_000 }).toBe(8);
    await page.getByText("The first 8 of 11 meshes of a step.").waitFor();
    await page.getByRole("button", { name: "Show all 11" }).click();
    await expect.poll(() => drawn.count(), { timeout: 15_000 }).toBe(11);
  });

  test("without WebGL the page says so, and all else is there", { timeout: 60_000 }, async () => {
    const server = await serve(await badLogs());
    const plain = await launch(["--disable-3d-apis"]);
    onTestFinished(() => plain.close());
    const { page } = await openPage(plain);
    await page.goto(`${server.url}#mesh?tag_filter=good`);
    await page.getByText("This browser draws no WebGL2").waitFor();
    expect(await page.locator('[data-tag="good"]').textContent()).toMatch(/3 vertices/);
  });
});

function boxOf(vertices: Float32Array): string {
  const of = (choose: (...values: number[]) => number) =>
    [0, 1, 2].map((axis) => choose(...[...vertices].filter((_, i) => i % 3 === axis)));
  return [...of(Math.min), ...of(Math.max)].map((value) => value.toPrecision(6)).join(" ");
}
