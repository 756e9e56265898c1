/** Two images compared in a real browser: by wipe, blink and difference, of any sizes and depths. */
import { AxeBuilder } from "@axe-core/playwright";
import { encode } from "fast-png";
import { expect, test } from "vitest";
import { createFileWriter } from "../../summary/index.ts";
import { describeInBrowser } from "../tools/chromium.ts";
import { whenDrawn } from "./drawn.ts";
import { servedPage } from "./served-page.ts";

async function makeLogs(logdir: string): Promise<void> {
  const [a, b] = [createFileWriter(`${logdir}/a`), createFileWriter(`${logdir}/b`)];
  for (const [writer, stride] of [
    [a, 1],
    [b, 2],
  ] as const)
    for (let step = 0; step < 10; step += stride)
      writer.image("grey", new Uint8Array(64).fill(step * 20), { step, shape: [8, 8, 1] });
  a.image("shapes", new Uint8Array(800).fill(90), { step: 0, shape: [20, 40, 1] });
  b.image("shapes", new Uint8Array(800).fill(90), { step: 0, shape: [40, 20, 1] });
  for (const step of [0, 1]) {
    const data = new Uint16Array(64).fill(1000 + 100 * step);
    a.image("deep", encode({ width: 8, height: 8, data, channels: 1, depth: 16 }), { step });
  }
  await Promise.all([a.close(), b.close()]);
}

describeInBrowser("two images", () => {
  const served = servedPage(makeLogs);

  async function compare(tag: string, options: Parameters<typeof served.open>[1] = {}) {
    const page = await served.open(`images?tag_filter=${tag}`, options);
    const card = page.locator(`[data-tag="${tag}"]`);
    await card.locator(".image-tile .image-view > *").first().waitFor();
    await card.getByRole("button", { name: "Compare two images" }).click();
    return { page, card };
  }

  test("compares two by wipe, blink and difference", async () => {
    const { card } = await compare("grey");
    await card.getByLabel("Where A ends and B begins").fill("25");
    await whenDrawn(() =>
      card.locator(".compare-layer.is-top").evaluate((e) => (e as HTMLElement).style.clipPath),
    ).toBe("inset(0px 0px 0px 25%)");
    await card.getByText("Blink").click();
    await card.getByRole("button", { name: "Now A" }).waitFor();
    await card.getByRole("button", { name: "Now B" }).waitFor();
    await card.getByText("Difference").click();
    // Step 9 of a is 180, step 8 of b is 160.
    await card.getByText("mean 20, largest 20 of 255; 100 % of pixels differ").waitFor();
    await card.getByLabel("Step of B").selectOption("0");
    await card.getByText("mean 180, largest 180 of 255").waitFor();
  });

  test("wipes and blinks images of different sizes, both whole and one over the other", async () => {
    const { card } = await compare("shapes");
    const boxes = () =>
      card.locator(".compare-layers").evaluate((layers) => {
        const box = (element: Element) => {
          const { left, top, width, height } = element.getBoundingClientRect();
          return [left, top, width, height].map(Math.round);
        };
        return { around: box(layers), images: [...layers.querySelectorAll("img")].map(box) };
      });
    await whenDrawn(async () => (await boxes()).images.length).toBe(2);
    for (const mode of ["Wipe", "Blink"]) {
      await card.getByText(mode, { exact: true }).click();
      const { around, images } = await boxes();
      const [a, b] = images as [number[], number[]];
      expect([a[0], a[1]]).toEqual([b[0], b[1]]);
      // Their own shapes, and nothing of either beyond what is seen.
      expect(a[2]! / a[3]!).toBeCloseTo(2, 1);
      expect(b[2]! / b[3]!).toBeCloseTo(0.5, 1);
      for (const [, , width, height] of images) {
        expect(width).toBeLessThanOrEqual(around[2]!);
        expect(height).toBeLessThanOrEqual(around[3]!);
      }
    }
    const seen = () =>
      card.locator(".compare-layer.is-top").evaluate((layer) => getComputedStyle(layer).opacity);
    const found = new Set<string>();
    await whenDrawn(async () => found.add(await seen()).size).toBe(2);
    await card.getByText("Difference", { exact: true }).click();
    await card.getByText("B (20 × 40) drawn at the size of A").waitFor();
  });

  test("compares 16 bits where one of the two has them", async () => {
    const { card } = await compare("deep");
    await card.getByText("Difference", { exact: true }).click();
    await card.getByText("mean 100, largest 100 of 65,535; 100 % of pixels differ").waitFor();
  });

  test("axe objects to nothing, wide or narrow", { timeout: 120_000 }, async () => {
    for (const look of [
      { colorScheme: "light", viewport: { width: 1280, height: 900 } },
      { colorScheme: "dark", viewport: { width: 390, height: 800 } },
    ] as const) {
      const { page } = await compare("grey", look);
      const { violations } = await new AxeBuilder({ page }).analyze();
      expect(violations.map(({ id, nodes }) => `${id}: ${nodes.map(({ html }) => html).join(" ")}`)).toEqual(
        [],
      );
    }
  });
});
