/** What hands do on the graphs page beside opening and choosing: move and zoom, levels, kinds, flow, colours, comparisons. */
import type { BrowserContextOptions, Page } from "playwright-core";
import { expect, onTestFinished, test } from "vitest";
import { describeInBrowser, openPage } from "../tools/chromium.ts";
import { corpusLogs } from "../tools/stock-answers.ts";
import { still } from "./graph-picture.ts";
import { servedPage } from "./served-page.ts";

const PATIENCE = { timeout: 20_000 };

describeInBrowser("hands on the graphs dashboard", () => {
  const served = servedPage(corpusLogs);

  async function show(view: string, options: BrowserContextOptions = {}): Promise<Page> {
    const { page, complaints } = await openPage(served.browser, options);
    onTestFinished(async () => {
      await page.context().close();
      expect(complaints).toEqual([]);
    });
    await page.goto(`${served.server.url}#graphs?graph_run=v1_graph&${view}`);
    await still(page);
    return page;
  }
  const boxes = async (page: Page) =>
    Number(await page.locator("canvas.graph-canvas").getAttribute("data-boxes"));
  const hash = async (page: Page) => decodeURIComponent(new URL(page.url()).hash);
  /** What of the graph is on the screen, as the minimap frames it. */
  const frame = async (page: Page) => (await page.locator(".graph-minimap-frame").boundingBox())!;
  const middle = async (page: Page, locator: string): Promise<[x: number, y: number]> => {
    const box = (await page.locator(locator).first().boundingBox())!;
    return [box.x + box.width / 2, box.y + box.height / 2];
  };

  test("wheel, keys, buttons and the minimap zoom and move, and 0 shows all again", async () => {
    const page = await show("");
    const [x, y] = await middle(page, "canvas.graph-canvas");
    const whole = await frame(page);
    await page.mouse.move(x, y);
    await page.mouse.wheel(0, -600);
    await expect.poll(async () => (await frame(page)).width, PATIENCE).toBeLessThan(whole.width * 0.7);
    const near = await frame(page);
    await page.mouse.down();
    await page.mouse.move(x + 120, y + 60, { steps: 4 });
    await page.mouse.up();
    await expect.poll(async () => (await frame(page)).x, PATIENCE).toBeLessThan(near.x);
    await page.locator("canvas.graph-canvas").focus();
    await page.keyboard.press("+");
    await expect.poll(async () => (await frame(page)).width, PATIENCE).toBeLessThan(near.width);
    const before = await frame(page);
    await page.keyboard.press("Shift+ArrowDown");
    await expect.poll(async () => (await frame(page)).y, PATIENCE).toBeGreaterThan(before.y);
    await page.keyboard.press("0");
    await expect.poll(async () => (await frame(page)).width, PATIENCE).toBeCloseTo(whole.width, 0);
  });

  test("by keys alone one box after the other is chosen, opened, gone into and left", async () => {
    const page = await show("");
    const closed = await boxes(page);
    const chosen = async () => /graph_node=([^&]*)/.exec(await hash(page))?.[1];
    await page.locator("canvas.graph-canvas").focus();
    await page.keyboard.press("Enter");
    await expect.poll(chosen, PATIENCE).toBeTruthy();
    const first = await chosen();
    // It is the input, at the bottom.
    await page.keyboard.press("ArrowUp");
    await expect.poll(chosen, PATIENCE).not.toBe(first);
    await page.keyboard.press("ArrowDown");
    await expect.poll(chosen, PATIENCE).toBe(first);
    await page.goto(`${served.server.url}#graphs?graph_run=v1_graph&graph_node=layer1`);
    await still(page);
    await page.locator("canvas.graph-canvas").focus();
    await page.keyboard.press("Enter");
    await expect.poll(() => boxes(page), PATIENCE).toBeGreaterThan(closed);
    await still(page);
    await page.keyboard.press(" ");
    await expect.poll(chosen, PATIENCE).toContain("layer1/");
    await page.keyboard.press("Backspace");
    await expect.poll(chosen, PATIENCE).toBe("layer1");
    await page.keyboard.press("Enter");
    await expect.poll(() => boxes(page), PATIENCE).toBe(closed);
  });

  test("what is opened in the outline comes into sight", async () => {
    const page = await show("graph_side=outline");
    const [x, y] = await middle(page, "canvas.graph-canvas");
    await page.mouse.move(x, y);
    await page.mouse.wheel(0, -3000);
    await still(page);
    const near = await frame(page);
    await page.getByRole("treeitem", { name: "layer1", exact: false }).first().focus();
    await page.keyboard.press("ArrowRight");
    await expect.poll(async () => (await frame(page)).width, PATIENCE).not.toBeCloseTo(near.width, 0);
  });

  test("a panel that opens leaves the whole picture in sight, and its edge moves by keys", async () => {
    const page = await show("");
    await page.getByRole("button", { name: "Table", exact: true }).click();
    const dock = page.locator(".graph-dock");
    await dock.waitFor();
    await still(page);
    await page.waitForTimeout(300);
    const seen = await frame(page);
    await page.getByRole("button", { name: "Show all", exact: true }).click();
    await page.waitForTimeout(400);
    await still(page);
    expect(await frame(page)).toEqual(seen);
    const { height } = (await dock.boundingBox())!;
    const edge = page.getByRole("separator", { name: "Height of the panel" });
    await edge.focus();
    await page.keyboard.press("ArrowUp");
    await page.keyboard.press("ArrowUp");
    await expect.poll(async () => (await dock.boundingBox())!.height, PATIENCE).toBeGreaterThan(height + 20);
  });

  test("on a phone a panel comes into sight, with the picture above it and the total beside the names", async () => {
    const page = await show("graph_step=step010", { viewport: { width: 390, height: 800 } });
    await page.getByRole("button", { name: "Table", exact: true }).click();
    const total = page.getByRole("columnheader", { name: "Total" });
    await total.waitFor();
    await expect
      .poll(async () => (await page.locator(".graph-dock").boundingBox())!.y, PATIENCE)
      .toBeLessThan(400);
    const picture = (await page.locator("canvas.graph-canvas").boundingBox())!;
    expect(picture.y + picture.height).toBeGreaterThan(200);
    const box = (await total.boundingBox())!;
    expect(box.x + box.width).toBeLessThanOrEqual(390);
  });

  test("two fingers pinch", async () => {
    const page = await show("", { hasTouch: true });
    const [x, y] = await middle(page, "canvas.graph-canvas");
    const whole = await frame(page);
    const session = await page.context().newCDPSession(page);
    const touch = (type: "touchStart" | "touchMove" | "touchEnd", apart: number) =>
      session.send("Input.dispatchTouchEvent", {
        type,
        touchPoints: type === "touchEnd" ? [] : [-apart, apart].map((by, id) => ({ x: x + by, y, id })),
      });
    await touch("touchStart", 20);
    for (let apart = 30; apart <= 120; apart += 15) await touch("touchMove", apart);
    await touch("touchEnd", 0);
    await expect.poll(async () => (await frame(page)).width, PATIENCE).toBeLessThan(whole.width * 0.7);
  });

  test("levels open and close all at once", async () => {
    const page = await show("");
    const closed = await boxes(page);
    const choose = async (label: string): Promise<void> => {
      await page.getByRole("button", { name: "Open scopes" }).click();
      await page.getByText(label, { exact: true }).click();
    };
    await choose("Open to level 2");
    await expect.poll(() => boxes(page), PATIENCE).toBeGreaterThan(closed);
    const second = await boxes(page);
    await choose("Open to level 4");
    await expect.poll(() => boxes(page), PATIENCE).toBeGreaterThan(second);
    await choose("Close all");
    await expect.poll(() => boxes(page), PATIENCE).toBe(closed);
  });

  test("kinds of operations are hidden and shown", async () => {
    const page = await show("graph_open=layer1");
    const all = await boxes(page);
    await page.getByRole("button", { name: "Hide kinds of operations" }).click();
    await page.getByRole("checkbox", { name: "Relu", exact: true }).uncheck();
    await expect.poll(() => boxes(page), PATIENCE).toBeLessThan(all);
    await expect.poll(() => hash(page), PATIENCE).toContain("graph_hide=Relu");
    await page.getByRole("button", { name: /Show all \(1 kind hidden\)/ }).click();
    await expect.poll(() => boxes(page), PATIENCE).toBe(all);
  });

  test("data flows the way that one chooses", async () => {
    const page = await show("");
    const shape = async (): Promise<number> => {
      const { width, height } = (await page.locator(".graph-minimap canvas").boundingBox())!;
      return width / height;
    };
    const first = await page.locator("canvas.graph-canvas").screenshot();
    for (const flow of ["down", "right"]) {
      await page.getByLabel("Direction in which data flows").selectOption(flow);
      await still(page);
      await expect.poll(() => hash(page), PATIENCE).toContain(`graph_flow=${flow}`);
      await expect
        .poll(async () => first.equals(await page.locator("canvas.graph-canvas").screenshot()), PATIENCE)
        .toBe(false);
    }
    expect(await shape()).toBeGreaterThan(0);
  });

  test.each([
    ["device", "Device", /CPU:0/],
    ["op", "Operation", /MatMul|Const|Identity/],
    ["tpu", "A TPU can run it", /yes/],
    ["time-sum", "Compute time, summed", /µs|ms/],
    ["time-span", "From first start to last end", /µs|ms/],
    ["time-self", "Own compute time", /µs|ms/],
    ["memory", "Bytes allocated", /B/],
  ])("the legend of colours by %s says what they mean", async (value, title, words) => {
    const page = await show("graph_step=step010");
    await page.getByLabel("Colour", { exact: true }).selectOption(value);
    const legend = page.locator(".graph-legend");
    await legend.getByText(title, { exact: true }).waitFor();
    expect(await legend.textContent()).toMatch(words);
  });

  test("two steps are compared: slower, faster, new and gone, in a table that leads to the nodes", async () => {
    const page = await show("graph_step=step010&graph_panel=compare");
    const choice = page.getByLabel("Compare with");
    const label = (await choice.locator("option").allTextContents()).find((text) =>
      text.includes("step020"),
    )!;
    await choice.selectOption({ label });
    await page.getByText(/\d+ slower, \d+ faster/).waitFor();
    await page.locator(".graph-legend").getByText("Against the other step").waitFor();
    const first = page.locator('[role="row"][aria-rowindex="2"] .data-name').first();
    const name = (await first.textContent())!;
    await first.click();
    await expect.poll(() => hash(page), PATIENCE).toContain("graph_node=");
    expect(name.length).toBeGreaterThan(0);
  });

  test("of two graphs the legend says what was added and changed, and the table has room to say how", async () => {
    const page = await show("graph_panel=compare");
    const choice = page.getByLabel("Compare with");
    const label = (await choice.locator("option").allTextContents()).find((text) => text.includes("Layers"))!;
    await choice.selectOption({ label });
    await page.getByText(/\d+ added, \d+ removed/).waitFor();
    const legend = page.locator(".graph-legend");
    await legend.getByText("Against the other graph").waitFor();
    expect(await legend.textContent()).toMatch(/added.*changed.*moved/);
    expect(await legend.textContent()).not.toContain("faster");
    const [name, , , change] = await page.locator('[role="columnheader"]').all();
    expect((await change!.boundingBox())!.width).toBeGreaterThan((await name!.boundingBox())!.width);
  });

  test("what is searched in the timeline is marked, and what is clicked is chosen in the graph", async () => {
    const page = await show("graph_step=step010&graph_panel=timeline");
    const canvas = page.locator("canvas.timeline-canvas[data-executions]");
    await canvas.waitFor();
    const plain = await canvas.screenshot();
    await page.locator(".timeline-panel input").fill("MatMul");
    await expect.poll(async () => plain.equals(await canvas.screenshot()), PATIENCE).toBe(false);
    // Somewhere in the first lanes something ran: click until the graph has it.
    const box = (await canvas.boundingBox())!;
    for (let i = 1; i < 60 && !(await hash(page)).includes("graph_node="); i++) {
      await page.mouse.click(box.x + (box.width * (i % 12)) / 12 + 4, box.y + 50 + 18 * Math.floor(i / 12));
      await page.waitForTimeout(60);
    }
    await expect.poll(() => hash(page), PATIENCE).toContain("graph_node=");
  });
});
