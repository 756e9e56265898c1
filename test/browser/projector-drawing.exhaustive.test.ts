/** How the projector draws: with a graphics card and without one the same picture, and sprites as far as they fit. */
import { writeFileSync } from "node:fs";
import path from "node:path";
import { decode, encode } from "fast-png";
import type { Page } from "playwright-core";
import { expect, test } from "vitest";
import { WITH_WEBGL } from "../../scripts/chromium.ts";
import { createFileWriter } from "../../summary/index.ts";
import { describeInBrowser } from "../tools/chromium.ts";
import { writeFile } from "../tools/records.ts";
import { makeLogs } from "./projector-logs.ts";
import { servedPage } from "./served-page.ts";

/** The browser's software calls itself a card. */
const AS_A_CARD = `
  const { getParameter } = WebGL2RenderingContext.prototype;
  WebGL2RenderingContext.prototype.getParameter = function (what) {
    return what === 0x9246 ? "A card" : getParameter.call(this, what);
  };`;

describeInBrowser("the projector's picture", () => {
  const served = servedPage(async (logdir) => {
    await makeLogs(logdir);
    await makeSprites(logdir);
  }, WITH_WEBGL);

  interface Choices {
    readonly card?: boolean;
    readonly scheme?: "light" | "dark";
    readonly expected?: RegExp;
  }

  async function open(hash: string, { card = false, scheme = "light", expected }: Choices = {}) {
    const page = await served.open(`projector?p_run=${hash}`, {
      ...(expected && { expected }),
      reducedMotion: "reduce",
      colorScheme: scheme,
      ...(card && { script: AS_A_CARD }),
    });
    await page.locator('.pj-points[data-view="pca"]').waitFor();
    return page;
  }

  /** Whether the processor draws. */
  const inSoftware = (page: Page) => page.locator('.pj-overlay[data-drawn="points"]').count();

  /** The picture at rest, its tools aside. */
  async function pictureOf(page: Page) {
    await page.waitForTimeout(500);
    const box = (await page.locator(".pj-picture").boundingBox())!;
    const clip = { x: box.x, y: box.y + 60, width: box.width, height: box.height - 60 };
    return decode(await page.screenshot({ clip }));
  }

  test.each([
    ["in space", "train&p_tensor=words&p_labels=0", "light"],
    ["flat, some selected", "train&p_tensor=words&p_labels=0&p_dims=2&p_sel=1,2,3", "light"],
    ["in space, some selected behind others", "train&p_tensor=words&p_labels=0&p_sel=1,2,3,4,5,6", "light"],
    ["at night", "train&p_tensor=words&p_labels=0&p_size=size", "dark"],
  ] as const)("is the same with a card and without: %s", async (_what, hash, scheme) => {
    const soft = await open(hash, { scheme });
    expect(await inSoftware(soft)).toBe(1);
    const one = await pictureOf(soft);
    const hard = await open(hash, { card: true, scheme });
    expect(await inSoftware(hard)).toBe(0);
    const other = await pictureOf(hard);
    expect([one.width, one.height]).toEqual([other.width, other.height]);
    const { length } = one.data;
    const step = length / (one.width * one.height);
    const [ground] = one.data;
    let [points, different] = [0, 0];
    for (let at = 0; at < length; at += step) {
      const isPoint = [0, 1, 2].some((c) => Math.abs(Number(other.data[at + c]) - ground!) > 8);
      if (isPoint) points++;
      // A few of a disc's pixels lie on its edge.
      if ([0, 1, 2].some((c) => Math.abs(Number(one.data[at + c]) - Number(other.data[at + c])) > 24))
        different++;
    }
    expect(points).toBeGreaterThan(5000);
    expect(different / points).toBeLessThan(0.12);
  });

  test.each([
    ["without a card", false],
    ["with one", true],
  ])("follows the pointer, and is whole again at rest: %s", async (_what, card) => {
    const page = await open("train&p_tensor=words", { card });
    const before = await pictureOf(page);
    const hash = new URL(page.url()).hash;
    const box = (await page.locator(".pj-points").boundingBox())!;
    await page.mouse.move(box.x + box.width / 2, box.y + box.height - 20);
    await page.mouse.down();
    await page.mouse.move(box.x + box.width / 2 + 200, box.y + box.height - 60, { steps: 6 });
    await page.mouse.up();
    await expect.poll(() => new URL(page.url()).hash).not.toBe(hash);
    const after = await pictureOf(page);
    expect(Buffer.compare(Buffer.from(before.data.buffer), Buffer.from(after.data.buffer))).not.toBe(0);
    expect(Number(await page.locator(".pj-overlay").getAttribute("data-labels"))).toBeGreaterThan(5);
  });

  test("what changes about the points shows, and what is drawn above them leaves no trace", async () => {
    const page = await open("train&p_tensor=words&p_labels=0");
    expect(await inSoftware(page)).toBe(1);
    const bytes = async () => {
      // Away from points and lists: nothing is pointed at.
      await page.mouse.move(2, 2);
      return Buffer.from((await pictureOf(page)).data.buffer);
    };
    const changes: readonly (readonly [string, () => Promise<void>])[] = [
      ["looks", () => page.getByRole("button", { name: "Show green" }).click()],
      ["size", () => page.getByLabel("Point size", { exact: true }).fill("2")],
      ["dimensions", () => page.getByText("2D", { exact: true }).click()],
      ["places", () => page.getByRole("slider", { name: /^Step/ }).fill("0")],
      ["ground", () => page.emulateMedia({ colorScheme: "dark" })],
    ];
    let before = await bytes();
    for (const [what, change] of changes) {
      await change();
      const after = await bytes();
      expect([what, after.equals(before)]).toEqual([what, false]);
      before = after;
    }
    await page.getByLabel("Search points").fill("word42");
    await page.getByRole("list", { name: "Points found" }).getByText("word42").hover();
    await page.waitForTimeout(300);
    const marked = Buffer.from((await pictureOf(page)).data.buffer);
    expect(marked.equals(before)).toBe(false);
    expect((await bytes()).equals(before)).toBe(true);
  });

  test.each([
    ["small", /room for 4 images of 8 × 8, but there are 9 points: the last have none/],
    ["wide", /The sprite has 16 × 16 pixels, in which images of 32 × 8 do not fit: points are dots/],
    ["broken", /The sprite cannot be read as an image: points are dots/],
    ["gone", /The sprite cannot be read as an image: points are dots/],
  ])("a sprite that does not fit is said in words, and the points are there: %s", async (tensor, words) => {
    const page = await open(`sprites&p_tensor=${tensor}`, {
      // The browser's own word for what the server refused with a reason.
      ...(tensor === "gone" && { expected: /status of 400/ }),
    });
    await page.locator(".pj-notice").waitFor();
    expect(await page.locator(".pj-notice").innerText()).toMatch(words);
    expect(await page.locator(".pj-setup").innerText()).toMatch(/9 points of 3 dimensions/);
  });
});

/** Sprites that are not as their config says. */
async function makeSprites(logdir: string): Promise<void> {
  const writer = createFileWriter(path.join(logdir, "sprites"));
  writer.scalar("loss", 1, { step: 0 });
  await writer.close();
  const square = encode({ width: 16, height: 16, channels: 3, depth: 8, data: new Uint8Array(768).fill(90) });
  writeFile(
    logdir,
    "sprites/t.tsv",
    Buffer.from(Array.from({ length: 9 }, (_, i) => `${i}\t${i % 3}\t${i % 2}`).join("\n")),
  );
  writeFileSync(path.join(logdir, "sprites/square.png"), square);
  writeFileSync(path.join(logdir, "sprites/broken.png"), square.subarray(0, 40));
  const embedding = (name: string, image: string, width: number) =>
    `embeddings { tensor_name: "${name}" tensor_path: "t.tsv" sprite { image_path: "${image}" single_image_dim: ${width} single_image_dim: 8 } }\n`;
  writeFileSync(
    path.join(logdir, "sprites/projector_config.pbtxt"),
    [
      embedding("small", "square.png", 8),
      embedding("wide", "square.png", 32),
      embedding("broken", "broken.png", 8),
      embedding("gone", "gone.png", 8),
    ].join(""),
  );
}
