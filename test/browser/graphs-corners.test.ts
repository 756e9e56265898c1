/** What lies over the corners of a graph's picture: the minimap leads through it, and nothing hides what one looks at. */
import path from "node:path";
import type { BrowserContextOptions, Page } from "playwright-core";
import { expect, test } from "vitest";
import { createFileWriter } from "../../summary/index.ts";
import { describeInBrowser } from "../tools/chromium.ts";
import { READ_BACK } from "../tools/complaints.ts";
import { still } from "./graph-picture.ts";
import { servedPage } from "./served-page.ts";

const PATIENCE = { timeout: 20_000 };
const PHONE = { viewport: { width: 390, height: 844 }, hasTouch: true, isMobile: true };

/** Unconnected nodes, which stand in rows, and a chain, which is high. */
async function makeLogs(logdir: string): Promise<void> {
  const numbers = [...Array(40).keys()];
  const graphs = {
    rows: numbers.map((i) => ({ name: `node${i}`, op: `Op${i}` })),
    chain: numbers
      .slice(0, 14)
      .map((i) => ({ name: `link${i}`, op: `Op${i % 10}`, input: i > 0 ? [`link${i - 1}`] : [] })),
  };
  for (const [run, node] of Object.entries(graphs)) {
    const writer = createFileWriter(path.join(logdir, run));
    writer.graph({ node });
    await writer.close();
  }
}

interface Box {
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
}

const overlap = (a: Box, b: Box): boolean =>
  a.x < b.x + b.width && b.x < a.x + a.width && a.y < b.y + b.height && b.y < a.y + a.height;

describeInBrowser("corners of a graph's picture", () => {
  const served = servedPage(makeLogs);
  const picture = (page: Page) => page.locator("canvas.graph-canvas");
  const placeOf = async (page: Page, selector: string): Promise<Box> =>
    (await page.locator(selector).first().boundingBox())!;

  async function show(view: string, options: BrowserContextOptions = {}): Promise<Page> {
    const page = await served.open(`graphs?${view}`, { expected: READ_BACK, ...options });
    await still(page);
    return page;
  }
  const chosen = (page: Page): string => /graph_node=([^&]*)/.exec(new URL(page.url()).hash)?.[1] ?? "";
  const minimap = (page: Page) => placeOf(page, ".graph-minimap canvas");
  const frame = (page: Page) => placeOf(page, ".graph-minimap-frame");
  const middle = ({ x, y, width, height }: Box) => ({ x: x + width / 2, y: y + height / 2 });

  /** Where the frame around the chosen box is drawn: what has its colour. */
  async function chosenFrame(page: Page): Promise<Box> {
    const { x, y } = await placeOf(page, "canvas.graph-canvas");
    const found = await picture(page).evaluate((canvas: HTMLCanvasElement) => {
      const probe = document.createElement("i");
      probe.style.color = "var(--accent)";
      canvas.parentElement!.append(probe);
      const [red, green, blue] = getComputedStyle(probe).color.match(/\d+/g)!.map(Number);
      probe.remove();
      const { width, height } = canvas;
      const { data } = canvas.getContext("2d")!.getImageData(0, 0, width, height);
      let [left, top, right, bottom] = [width, height, -1, -1];
      for (let i = 0; i < width * height; i++) {
        const far =
          Math.abs(data[4 * i]! - red!) +
          Math.abs(data[4 * i + 1]! - green!) +
          Math.abs(data[4 * i + 2]! - blue!);
        if (far > 12 || data[4 * i + 3]! < 250) continue;
        const [column, row] = [i % width, Math.floor(i / width)];
        left = Math.min(left, column);
        right = Math.max(right, column);
        top = Math.min(top, row);
        bottom = Math.max(bottom, row);
      }
      const ratio = width / canvas.clientWidth;
      return {
        x: left / ratio,
        y: top / ratio,
        width: (right - left) / ratio,
        height: (bottom - top) / ratio,
      };
    });
    expect(found.width).toBeGreaterThan(8);
    return { ...found, x: found.x + x, y: found.y + y };
  }

  /** What is drawn of the chosen box is whole, and nothing lies over it. */
  async function expectInSight(page: Page): Promise<void> {
    const box = await chosenFrame(page);
    const { x, y, width, height } = await placeOf(page, "canvas.graph-canvas");
    expect(box.x).toBeGreaterThan(x);
    expect(box.y).toBeGreaterThan(y);
    expect(box.x + box.width).toBeLessThan(x + width - 1);
    expect(box.y + box.height).toBeLessThan(y + height - 1);
    for (const cover of [".graph-minimap", ".graph-buttons", ".graph-legend"]) {
      const place = await page.locator(cover).boundingBox();
      if (place) expect(overlap(box, place), `${chosen(page)} under ${cover}`).toBe(false);
    }
  }

  test("the minimap's frame is what is seen: it follows wheel and hand", async () => {
    const page = await show("graph_run=rows");
    const map = await minimap(page);
    const whole = await frame(page);
    expect(overlap(whole, map)).toBe(true);
    const at = middle(await placeOf(page, "canvas.graph-canvas"));
    await page.mouse.move(at.x, at.y);
    for (let turn = 0; turn < 3; turn++) await page.mouse.wheel(0, -300);
    await expect.poll(async () => (await frame(page)).width, PATIENCE).toBeLessThan(whole.width / 2);
    const near = await frame(page);
    await page.mouse.down();
    await page.mouse.move(at.x - 200, at.y - 100, { steps: 4 });
    await page.mouse.up();
    await still(page);
    // The hand took the picture to the left and up: what is seen now lies to the right, and below.
    const { width } = await placeOf(page, "canvas.graph-canvas");
    const moved = await frame(page);
    expect(moved.x - near.x).toBeCloseTo((200 * near.width) / width, 0);
    expect(moved.y - near.y).toBeCloseTo((100 * near.width) / width, 0);
    expect(moved.width).toBeCloseTo(near.width, 1);
  });

  test("a press in the minimap brings what is there into the middle, and a drag goes on from there", async () => {
    const page = await show("graph_run=rows&graph_node=node9");
    const canvas = await placeOf(page, "canvas.graph-canvas");
    const centre = middle(canvas);
    const node = middle(await chosenFrame(page));
    await page.mouse.move(node.x, node.y);
    for (let turn = 0; turn < 3; turn++) await page.mouse.wheel(0, -300);
    await still(page);
    // The frame is the window, small: so the node's place in the one is its place in the other.
    const near = await frame(page);
    const share = near.width / canvas.width;
    const place = middle(await chosenFrame(page));
    const onMap = { x: near.x + (place.x - canvas.x) * share, y: near.y + (place.y - canvas.y) * share };
    // A pixel of the minimap is so many of the picture's.
    const pixel = 1 / share;
    const map = await minimap(page);
    await page.mouse.move(map.x + map.width * 0.3, map.y + map.height * 0.3);
    await page.mouse.down();
    await still(page);
    const pressed = middle(await frame(page));
    expect(pressed.x).toBeCloseTo(map.x + map.width * 0.3, 0);
    expect(pressed.y).toBeCloseTo(map.y + map.height * 0.3, 0);
    await page.mouse.move(onMap.x, onMap.y, { steps: 5 });
    await still(page);
    const dragged = middle(await chosenFrame(page));
    expect(Math.abs(dragged.x - centre.x)).toBeLessThan(pixel);
    expect(Math.abs(dragged.y - centre.y)).toBeLessThan(pixel);
    await page.mouse.up();
    // Let go, it stays.
    await page.mouse.move(map.x + 20, map.y + 20);
    await still(page);
    const left = middle(await chosenFrame(page));
    expect([left.x, left.y]).toEqual([dragged.x, dragged.y]);
    // What stands in the middle is what a click there finds.
    await page.locator("canvas.graph-canvas").focus();
    await page.keyboard.press("Escape");
    await expect.poll(() => chosen(page), PATIENCE).toBe("");
    await page.mouse.click(centre.x, centre.y);
    await expect.poll(() => chosen(page), PATIENCE).toBe("node9");
  });

  test("what keys choose is never under the minimap, the buttons or the legend", {
    timeout: 90_000,
  }, async () => {
    const page = await show("graph_run=rows");
    await picture(page).focus();
    await page.keyboard.press("Enter");
    await expect.poll(() => chosen(page), PATIENCE).not.toBe("");
    for (let i = 0; i < 3; i++) await page.keyboard.press("+");
    const seen = new Set<string>();
    const walk = async (key: string, times: number): Promise<void> => {
      for (let i = 0; i < times; i++) {
        const before = chosen(page);
        await page.keyboard.press(key);
        await expect.poll(() => chosen(page), PATIENCE).not.toBe(before);
        await still(page);
        await expectInSight(page);
        seen.add(chosen(page));
      }
    };
    // Around, and through the middle.
    await walk("ArrowRight", 4);
    await walk("ArrowUp", 6);
    await walk("ArrowLeft", 3);
    await walk("ArrowDown", 6);
    expect(seen.size).toBeGreaterThan(15);
  });

  test("a box that stands under the minimap comes into sight once it is chosen", async () => {
    const page = await show("graph_run=rows&graph_node=node10");
    // Its neighbour's place is moved to the middle of the minimap.
    const [node, map] = [middle(await chosenFrame(page)), middle(await minimap(page))];
    const from = { x: 20, y: (await placeOf(page, "canvas.graph-canvas")).y + 20 };
    await page.mouse.move(from.x, from.y);
    await page.mouse.down();
    await page.mouse.move(from.x + map.x - node.x - 110, from.y + map.y - node.y, { steps: 6 });
    await page.mouse.up();
    await still(page);
    const before = await frame(page);
    await picture(page).focus();
    await page.keyboard.press("ArrowRight");
    await expect.poll(() => chosen(page), PATIENCE).toBe("node11");
    await still(page);
    await expectInSight(page);
    expect(await frame(page)).not.toEqual(before);
  });

  test("on a phone all of a high graph has room beside the legend, and what is tapped is chosen", async () => {
    const page = await show("graph_run=chain&graph_node=link0", PHONE);
    expect(await page.locator(".graph-minimap").isVisible()).toBe(false);
    await expectInSight(page);
    const lowest = await chosenFrame(page);
    const { y, height } = await placeOf(page, "canvas.graph-canvas");
    // It is the lowest: as far down as the legend lets it.
    expect(lowest.y + lowest.height).toBeGreaterThan(y + height / 2);
    await page.getByLabel("Colour", { exact: true }).selectOption("op");
    await page.locator(".graph-legend").getByText("and 2 more").waitFor();
    await still(page);
    await expectInSight(page);
    const again = await chosenFrame(page);
    await page.touchscreen.tap(20, y + 20);
    await expect.poll(() => chosen(page), PATIENCE).toBe("");
    await page.touchscreen.tap(again.x + again.width / 2, again.y + again.height - 6);
    await expect.poll(() => chosen(page), PATIENCE).toBe("link0");
    // The buttons show all again, as it was.
    await page.getByRole("button", { name: "Zoom in" }).tap();
    await still(page);
    await page.getByRole("button", { name: "Show all" }).tap();
    await page.waitForTimeout(400);
    await still(page);
    expect(await chosenFrame(page)).toEqual(again);
  });
});
