/** The graphs dashboard under a person's hands, in a real browser. */
import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { fileURLToPath } from "node:url";
import { AxeBuilder } from "@axe-core/playwright";
import type { BrowserContextOptions, Page } from "playwright-core";
import { expect, onTestFinished, test } from "vitest";
import { walk } from "../../scripts/graph-walk.ts";
import { startServer } from "../../server/index.ts";
import { createFileWriter } from "../../summary/index.ts";
import { describeInBrowser, openPage } from "../tools/chromium.ts";
import { corpusLogs } from "../tools/stock-answers.ts";
import { servedPage } from "./served-page.ts";

const file = (name: string): string => fileURLToPath(new URL(`../graph/files/${name}`, import.meta.url));
const RUN = "graph_run=v1_graph";
/** Workers that start on a busy machine take their time. */
const poll = <T>(ask: () => Promise<T>) => expect.poll(ask, { timeout: 20_000 });
const STEP = "graph_step=step010";

describeInBrowser("the graphs dashboard", () => {
  const served = servedPage(corpusLogs);

  async function show(
    view: string,
    options: BrowserContextOptions = {},
  ): Promise<{ page: Page; complaints: string[] }> {
    const opened = await openPage(served.browser, { acceptDownloads: true, ...options });
    onTestFinished(() => opened.page.context().close());
    await opened.page.goto(`${served.server.url}#graphs?${RUN}&${view}`);
    await boxes(opened.page);
    return opened;
  }
  /** How many boxes the picture has, once it is drawn. */
  async function boxes(page: Page): Promise<number> {
    const canvas = page.locator(
      'canvas.graph-canvas[data-boxes]:not([data-boxes="0"]):not([data-boxes="-1"])',
    );
    await canvas.waitFor();
    return Number(await canvas.getAttribute("data-boxes"));
  }
  async function still(page: Page): Promise<void> {
    await page.waitForTimeout(100);
    await page.locator('canvas.graph-canvas[data-moving="false"]').waitFor();
  }
  const row = (page: Page, name: string) => page.getByRole("treeitem", { name, exact: true });
  const hash = async (page: Page) => {
    await page.waitForTimeout(250); // the address is written a moment later
    return decodeURIComponent(new URL(page.url()).hash);
  };

  test("opens a scope in place by a double click, closes it by another, and keeps it in the address", async () => {
    const { page, complaints } = await show("graph_side=outline");
    const closed = await boxes(page);
    await row(page, "layer1, 25 nodes").click();
    await still(page); // it flew there, to the middle of the picture
    const canvas = (await page.locator("canvas.graph-canvas").boundingBox())!;
    await page.mouse.dblclick(canvas.x + canvas.width / 2, canvas.y + canvas.height / 2);
    await poll(() => boxes(page)).toBeGreaterThan(closed);
    const open = await boxes(page);
    await poll(() => hash(page)).toContain("graph_open=layer1");
    const { page: second } = await show(`graph_side=outline&${(await hash(page)).split("?")[1]!}`);
    await poll(() => boxes(second)).toBe(open);
    await page.getByRole("tab", { name: "Outline" }).click();
    await row(page, "layer1, 25 nodes").dblclick();
    await poll(() => boxes(page)).toBe(closed);
    expect(complaints).toEqual([]);
  });

  test("is all there by keyboard: the outline opens, chooses and closes", async () => {
    const { page } = await show("");
    await page.getByRole("tab", { name: "Node" }).focus();
    await page.keyboard.press("ArrowRight");
    await row(page, "layer1, 25 nodes").waitFor();
    await poll(() => boxes(page)).toBeGreaterThan(0);
    await page.keyboard.press("Tab");
    const focused = () => page.evaluate(() => document.activeElement?.getAttribute("aria-label"));
    await poll(focused).toMatch(/ nodes?\b|, /);
    await page.keyboard.press("Home");
    const before = await boxes(page);
    for (let at = await focused(); !at?.startsWith("layer1,"); at = await focused()) {
      await page.keyboard.press("ArrowDown");
      // Rows get the focus with the next frame: a key that comes sooner would pass one by.
      await poll(focused).not.toBe(at);
    }
    await page.keyboard.press("Enter");
    await poll(() => boxes(page)).toBeGreaterThan(before);
    expect(await row(page, "layer1, 25 nodes").getAttribute("aria-expanded")).toBe("true");
    await page.keyboard.press(" ");
    expect(await row(page, "layer1, 25 nodes").getAttribute("aria-selected")).toBe("true");
    await page.keyboard.press("ArrowLeft");
    await poll(() => boxes(page)).toBe(before);
  });

  test("finds nodes by name, operation and attribute, and flies there", async () => {
    const { page } = await show("graph_side=search");
    const field = page.getByRole("textbox", { name: "Find nodes" });
    await field.fill("matmul");
    await page
      .getByText(/matches/)
      .first()
      .waitFor();
    await page.locator(".graph-hit", { hasText: "layer1" }).first().click();
    await poll(() => hash(page)).toMatch(/graph_open=layer1.*graph_node=layer1\//);
    await page.getByLabel("Where to look").selectOption("attribute");
    await field.fill("transpose_a");
    await page.locator(".graph-hit", { hasText: "transpose_a" }).first().waitFor();
    await page.getByLabel("Regular expression").check();
    await field.fill("(");
    await page.getByRole("alert").waitFor();
    expect(await page.getByRole("alert").textContent()).toMatch(/regular expression/);
  });

  test("tells all facts of a node, and links to its neighbours", async () => {
    const { page } = await show(`graph_open=layer1&graph_node=layer1/Relu&${STEP}`);
    const card = page.getByRole("tabpanel");
    for (const words of ["Relu", "Inputs", "Outputs", "Attributes", "DT_FLOAT", "First start to last end"])
      await card.getByText(words).first().waitFor();
    await card.locator(".node-link").first().click();
    await poll(() => hash(page)).toContain("graph_node=layer1/add");
  });

  test("traces a node through what is closed, and says how much is reached", async () => {
    const { page } = await show("graph_node=layer1/Relu&graph_open=layer1");
    await page.getByRole("button", { name: "Trace inputs" }).click();
    await page.getByText(/^It is made of \d+ other nodes\.$/).waitFor();
    await poll(() => hash(page)).toContain("graph_trace=inputs");
    await page.getByRole("button", { name: "Trace outputs" }).click();
    await page.getByText(/^What is made of it: \d+ other nodes\.$/).waitFor();
  });

  test("leads to the histograms, images and scalars that have a node's name", async () => {
    const logs = mkdtempSync(path.join(tmpdir(), "tsboard-graph-tags-"));
    const writer = createFileWriter(path.join(logs, "net"));
    writer.graph({
      node: [
        { name: "conv1/Relu", op: "Relu" },
        { name: "conv10/Relu", op: "Relu" },
      ],
    });
    writer.scalar("conv1/sparsity", 0.5, { step: 0 });
    writer.histogram("conv1/kernel", [1, 2, 3], { step: 0 });
    writer.image("conv1/filters", new Uint8Array(12).fill(128), { step: 0, shape: [2, 2, 3] });
    writer.scalar("conv10/sparsity", 0.25, { step: 0 });
    await writer.close();
    const own = await startServer({ logdir: logs, port: 0, threads: 0 });
    onTestFinished(async () => {
      await own.close();
      rmSync(logs, { recursive: true, force: true });
    });
    await own.loaded;
    const { page, complaints } = await openPage(served.browser);
    onTestFinished(() => page.context().close());
    const links: [dashboard: string, tag: string][] = [
      ["histograms", "conv1/kernel"],
      ["images", "conv1/filters"],
      ["scalars", "conv1/sparsity"],
    ];
    for (const [dashboard, tag] of links) {
      await page.goto(`${own.url}#graphs?graph_node=conv1`);
      await page.getByText("Written with its name").waitFor();
      // Of conv10 there is nothing.
      expect((await page.locator(".links a").allTextContents()).sort()).toEqual(
        links.map(([, one]) => one).sort(),
      );
      await page.getByRole("link", { name: tag }).click();
      await page.locator(`.card[data-tag="${tag}"], [data-tag="${tag}"]`).first().waitFor();
      await poll(() => hash(page)).toMatch(new RegExp(`^#${dashboard}\\?`));
      expect(await page.locator(".card").count()).toBe(1);
      await page.goto("about:blank");
    }
    expect(complaints).toEqual([]);
  });

  test("puts nodes aside and back, several at once", async () => {
    const { page } = await show("graph_side=outline");
    await row(page, "layer1, 25 nodes").click();
    await row(page, "layer2, 23 nodes").click({ modifiers: ["Shift"] });
    await page.getByRole("tab", { name: "Node" }).click();
    await page.getByText("2 nodes chosen").waitFor();
    await page.getByRole("button", { name: "Put aside" }).click();
    await poll(() => hash(page)).toContain("graph_aside=layer1,layer2");
    await page.getByRole("tab", { name: "Outline" }).click();
    await page.getByRole("treeitem", { name: "layer1, 25 nodes, aside" }).waitFor();
    await page.getByRole("tab", { name: "Node" }).click();
    await page.getByRole("button", { name: "Put into the main graph" }).click();
    await poll(() => hash(page)).not.toContain("graph_aside");
  });

  test("colours by time, and its table leads to the node and back", async () => {
    const { page } = await show(`${STEP}&graph_colour=time&graph_panel=table`);
    await page.getByText("Compute time, summed").waitFor();
    const first = page.locator('[role="row"][aria-rowindex="2"]');
    await first.waitFor();
    const name = (await first.locator(".data-name").textContent())!;
    await first.locator(".data-name").click();
    await poll(() => hash(page)).toContain("graph_node=");
    await page.locator(".data-row.is-selected", { hasText: name }).waitFor();
    const download = page.waitForEvent("download");
    await page.getByRole("button", { name: "Save the rows as CSV" }).click();
    const csv = readFileSync(await (await download).path(), "utf8");
    expect(csv.split("\r\n")[0]).toBe("Node,Operation,Count,Total,Self,Share,Bytes,Peak");
    await page.getByLabel("Filter names").fill("nothing like it");
    await page.getByText(/^0 of/).waitFor();
  });

  test("shows when what ran, and what memory holds at the peak", async () => {
    const { page, complaints } = await show(`${STEP}&graph_panel=timeline`);
    await page.locator("canvas.timeline-canvas[data-executions]").waitFor();
    const box = (await page.locator("canvas.timeline-canvas").boundingBox())!;
    await page.mouse.move(box.x + box.width / 2, box.y + box.height / 2);
    await page.mouse.wheel(0, -400);
    await page.getByRole("button", { name: "Memory", exact: true }).click();
    await page.getByText(/Peak .*B at/).waitFor();
    await page.getByText("Alive at the peak").waitFor();
    expect(complaints).toEqual([]);
  });

  test("finds the slowest node and the peak's largest holder in four clicks", async () => {
    const { page } = await show(STEP);
    const steps: string[] = [];
    const found = await walk(page, async ({ name, clicks }) => {
      steps.push(`${name} after ${clicks}`);
    });
    expect(steps).toEqual(["graphs-slowest after 2", "graphs-peak after 4"]);
    // What the step's metadata says: one histogram takes three quarters of the time.
    expect(found.slowest).toBe("layer1/weights_1");
    expect(found.largest).toMatch(/^train_step\/gradients\//);
  });

  test("opens files that are dropped or picked, and says in words what is wrong with one", async () => {
    const { page, complaints } = await show("graph_side=search");
    const pick = (name: string | { name: string; mimeType: string; buffer: Buffer }) =>
      page.setInputFiles("input[type=file]", typeof name === "string" ? file(name) : name);
    await pick("saved_model.pb");
    await poll(() => page.getByLabel("Run", { exact: true }).inputValue()).toBe("saved_model.pb");
    // What is found in it is found by a worker.
    await page.getByLabel("Regular expression").check();
    await page.getByRole("textbox", { name: "Find nodes" }).fill("^(\\w|.)+$");
    await page.locator(".graph-hit").first().waitFor();
    await pick({ name: "cat.txt", mimeType: "text/plain", buffer: Buffer.from("hello") });
    await page.getByText(/cat\.txt could not be opened: as the text of a GraphDef/).waitFor();
    await pick("step.pt.trace.json.gz");
    await page.locator('canvas.timeline-canvas[data-executions="60"]').waitFor();
    expect(complaints).toEqual([]);
  });

  test("takes dropped files where it is shown, and leaves those alone that are dropped elsewhere", async () => {
    const { page } = await show("");
    const drop = async () => {
      const data = await page.evaluateHandle(
        (bytes) => {
          const data = new DataTransfer();
          data.items.add(new File([Uint8Array.from(bytes)], "dropped.pb"));
          return data;
        },
        [...readFileSync(file("graph.pb"))],
      );
      await page.dispatchEvent("body", "dragover", { dataTransfer: data });
      await page.dispatchEvent("body", "drop", { dataTransfer: data });
    };
    await page.evaluate(() => (location.hash = "#projector"));
    await page.locator(".pj-drop").waitFor();
    await drop();
    await page.evaluate(() => (location.hash = "#graphs"));
    const run = page.getByLabel("Run", { exact: true });
    await run.waitFor();
    expect(await run.innerText()).not.toContain("dropped.pb");
    await drop();
    await poll(() => run.inputValue()).toBe("dropped.pb");
  });

  test("compares a file with a logged graph", async () => {
    const { page } = await show("graph_panel=compare");
    await page.setInputFiles("input[type=file]", file("graph.pb"));
    await poll(() => page.getByLabel("Run", { exact: true }).inputValue()).toBe("graph.pb");
    await page.getByLabel("Compare with").selectOption({ label: "v1_graph, Operations" });
    await page.getByText(/\d+ added, \d+ removed/).waitFor();
  });

  test("says what is wrong where a graph is not there", async () => {
    const { page } = await openPage(served.browser);
    onTestFinished(() => page.context().close());
    await page.route(/graph\/scope/, (route) =>
      route.fulfill({ status: 500, json: { error: "the log is broken" } }),
    );
    await page.goto(`${served.server.url}#graphs?${RUN}`);
    await page.getByText("the log is broken").waitFor();
    await page.unroute(/graph\/scope/);
    await page.getByRole("button", { name: "Try again" }).click();
    await boxes(page);
  });

  test("works by touch at the width of a phone", async () => {
    const { page } = await show("graph_side=outline", {
      viewport: { width: 390, height: 844 },
      hasTouch: true,
      isMobile: true,
    });
    const closed = await boxes(page);
    await row(page, "layer1, 25 nodes").tap();
    await page.getByRole("tab", { name: "Node" }).tap();
    await page.getByRole("button", { name: "Open", exact: true }).tap();
    await poll(() => boxes(page)).toBeGreaterThan(closed);
    // Nothing is wider than the screen.
    expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(390);
  });

  test.each([
    ["dark", 1280, `${STEP}&graph_panel=table&graph_colour=time`],
    ["light", 1280, `${STEP}&graph_panel=timeline&graph_side=outline`],
    ["light", 1280, `${STEP}&graph_panel=memory&graph_node=layer1`],
    ["light", 1280, "graph_panel=compare&graph_side=search&graph_find=a"],
  ] as const)("axe finds nothing: %s, %i px, %s", async (colorScheme, width, view) => {
    const { page } = await show(view, { colorScheme, viewport: { width, height: 900 } });
    await page.waitForLoadState("networkidle");
    const { violations } = await new AxeBuilder({ page }).analyze();
    expect(violations.map(({ id, nodes }) => `${id}: ${nodes.map((node) => node.html).join(" ")}`)).toEqual(
      [],
    );
  });
});
