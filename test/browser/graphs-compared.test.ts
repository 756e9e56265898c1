/** A step of one run against a step of another on the graphs page: the table's numbers are those that were logged. */
import { readFileSync } from "node:fs";
import path from "node:path";
import type { Page } from "playwright-core";
import { expect, test } from "vitest";
import { connect } from "../../client/index.ts";
import { createFileWriter } from "../../summary/index.ts";
import { describeInBrowser } from "../tools/chromium.ts";
import { READ_BACK } from "../tools/complaints.ts";
import { servedPage } from "./served-page.ts";

const STEP = "step007";
const PATIENCE = { timeout: 20_000 };

/** What ran in a step: operation, microseconds and bytes of each node. */
type Ran = Readonly<Record<string, readonly [op: string, micros: number, bytes: number]>>;

const before: Ran = {
  "dense/MatMul": ["MatMul", 100, 4_000],
  "dense/Relu": ["Relu", 300, 4_000],
  embed: ["GatherV2", 200, 1_000],
  steady: ["Neg", 40, 64],
  gone: ["Exp", 50, 500],
};
const after: Ran = {
  "dense/MatMul": ["MatMul", 400, 9_000],
  "dense/Relu": ["Relu", 150, 2_500],
  // Two in the hundred more: within what clocks differ by.
  embed: ["GatherV2", 204, 1_000],
  steady: ["Neg", 40, 64],
  come: ["Softmax", 30, 700],
};

async function makeLogs(logdir: string): Promise<void> {
  for (const [run, ran] of [
    ["small batch", before],
    ["large batch", after],
  ] as const) {
    const writer = createFileWriter(path.join(logdir, run));
    const nodes = Object.entries(ran);
    writer.graph({ node: nodes.map(([name, [op]]) => ({ name, op })) });
    let clock = 1_000;
    const nodeStats = nodes.map(([nodeName, [, micros, totalBytes]]) => {
      const allStartMicros = clock;
      clock += micros;
      const memory = [{ allocatorName: "cpu", totalBytes }];
      return { nodeName, allStartMicros, allEndRelMicros: micros, memory };
    });
    const stepStats = { devStats: [{ device: "/device:CPU:0", nodeStats }] };
    writer.runMetadata(STEP, { stepStats }, { step: 7 });
    await writer.close();
  }
}

const [BEFORE, AFTER] = ["small batch", "large batch"].map(
  (run) => `graphs?graph_run=${run}&graph_step=${STEP}&graph_panel=compare`,
) as [string, string];

const HEADERS = ["Node", "Operation", "What", "Before", "Now", "Change", "Bytes"];
/** The rows as they are seen, from what lost most time to what won most. */
const SEEN: Readonly<Record<string, readonly string[]>> = {
  "dense/MatMul": ["MatMul", "slower", "100 µs", "400 µs", "+300 µs", "+5.0 kB"],
  come: ["Softmax", "new", "–", "30 µs", "+30 µs", "+700 B"],
  embed: ["GatherV2", "same", "200 µs", "204 µs", "+4 µs", "0 B"],
  steady: ["Neg", "same", "40 µs", "40 µs", "0", "0 B"],
  gone: ["Exp", "gone", "50 µs", "–", "−50 µs", "−500 B"],
  "dense/Relu": ["Relu", "faster", "300 µs", "150 µs", "−150 µs", "−1.5 kB"],
};

describeInBrowser("steps of two runs", () => {
  const served = servedPage(makeLogs);
  const hash = async (page: Page) => decodeURIComponent(new URL(page.url()).hash);
  const table = (page: Page) => page.getByRole("table", { name: "Difference of the steps" });

  async function compareWith(page: Page, run: string): Promise<void> {
    await page.getByLabel("Compare with").selectOption({ label: `${run}, ${STEP}` });
    await table(page).waitFor();
  }

  async function rowsOf(page: Page): Promise<string[][]> {
    const rows = table(page).locator(".windowed").getByRole("row");
    return Promise.all((await rows.all()).map((row) => row.getByRole("cell").allTextContents()));
  }

  /** The ends of the legend's scale: faster, slower. */
  const scaleEnds = (page: Page) =>
    page.evaluate(() => {
      const stops = [...document.querySelectorAll("#graph-scale stop")].map((stop) =>
        getComputedStyle(stop).stopColor.match(/\d+/g)!.map(Number),
      );
      return [stops[0]!, stops.at(-1)!];
    });

  /** Pixels of the picture that have each of some colours. */
  async function painted(page: Page, colours: readonly (readonly number[])[]): Promise<number[]> {
    await page.locator('canvas.graph-canvas[data-moving="false"]').waitFor();
    return page.locator("canvas.graph-canvas").evaluate((canvas: HTMLCanvasElement, wanted) => {
      const { data } = canvas.getContext("2d")!.getImageData(0, 0, canvas.width, canvas.height);
      return wanted.map((colour) => {
        let pixels = 0;
        for (let at = 0; at < data.length; at += 4)
          if (colour.every((part, i) => data[at + i] === part)) pixels++;
        return pixels;
      });
    }, colours);
  }

  test("what is slower, faster, new and gone stands in the table as it was logged, and as the API answers", async () => {
    const page = await served.open(AFTER);
    await compareWith(page, "small batch");
    await page.getByText("1 slower, 1 faster, 1 new, 1 gone", { exact: true }).waitFor();
    expect(await page.getByRole("columnheader").getByRole("button").allTextContents()).toEqual(
      HEADERS.map((title) => (title === "Change" ? "Change ↓" : title)),
    );
    expect(await rowsOf(page)).toEqual(Object.entries(SEEN).map(([name, cells]) => [name, ...cells]));
    const { rows } = await connect(served.server.url).graphs.stepDiff({
      run: "small batch",
      step_tag: STEP,
      other_run: "large batch",
      other_step_tag: STEP,
    });
    expect(rows.map(({ name }) => name).sort()).toEqual(Object.keys(SEEN).sort());
    const download = page.waitForEvent("download");
    await page.getByRole("button", { name: "Save the rows as CSV" }).click();
    const [head, ...lines] = readFileSync(await (await download).path(), "utf8")
      .trim()
      .split("\r\n");
    expect(head).toBe(HEADERS.join(","));
    const asked = new Map(rows.map((row) => [row.name, row]));
    for (const line of lines) {
      const [name, op, , ...numbers] = line.split(",");
      const { before_micros, after_micros, before_bytes, after_bytes } = asked.get(name!)!;
      expect([before_micros, before_bytes]).toEqual(before[name!]?.slice(1) ?? [null, null]);
      expect([after_micros, after_bytes]).toEqual(after[name!]?.slice(1) ?? [null, null]);
      expect([op, ...numbers]).toEqual([
        asked.get(name!)!.op,
        ...[before_micros, after_micros].map((micros) => (micros === null ? "" : String(micros))),
        String((after_micros ?? 0) - (before_micros ?? 0)),
        String((after_bytes ?? 0) - (before_bytes ?? 0)),
      ]);
    }
    expect(lines).toHaveLength(rows.length);
  });

  test("the other way round, slower is faster and new is gone", async () => {
    const page = await served.open(BEFORE);
    await compareWith(page, "large batch");
    const what = new Map((await rowsOf(page)).map(([name, , word, , , change]) => [name, [word, change]]));
    expect(Object.fromEntries(what)).toEqual({
      "dense/MatMul": ["faster", "−300 µs"],
      "dense/Relu": ["slower", "+150 µs"],
      come: ["gone", "−30 µs"],
      gone: ["new", "+50 µs"],
      embed: ["same", "−4 µs"],
      steady: ["same", "0"],
    });
  });

  test("the picture has the comparison's colours, and the address carries it all over a reload", async () => {
    const page = await served.open(`${AFTER}&graph_open=dense`, { expected: READ_BACK });
    await compareWith(page, "small batch");
    await page.locator(".graph-legend").getByText("Against the other step").waitFor();
    // Twice the time or more, and half of it or less, are the ends of the scale.
    const ends = await scaleEnds(page);
    await expect.poll(async () => Math.min(...(await painted(page, ends))), PATIENCE).toBeGreaterThan(500);
    await expect.poll(() => hash(page), PATIENCE).toContain("graph_colour=compare");
    await expect.poll(() => hash(page), PATIENCE).toContain("graph_to_run=small batch");
    const drawn = await painted(page, ends);
    await page.reload();
    await table(page).waitFor();
    const choice = page.getByLabel("Compare with");
    expect(await choice.locator("option:checked").textContent()).toBe(`small batch, ${STEP}`);
    expect(await page.getByLabel("Run", { exact: true }).inputValue()).toBe("large batch");
    expect((await rowsOf(page)).map(([name]) => name)).toEqual(Object.keys(SEEN));
    await expect.poll(() => painted(page, ends), PATIENCE).toEqual(drawn);
    // Without another step there is nothing to colour by.
    await choice.selectOption("");
    await table(page).waitFor({ state: "detached" });
    await expect.poll(() => painted(page, ends), PATIENCE).toEqual([0, 0]);
  });

  test("a row leads to its node; of one that is gone it is said that this graph has none", async () => {
    // The browser tells of what it was told.
    const page = await served.open(AFTER, { expected: /status of 404/ });
    await compareWith(page, "small batch");
    await table(page).getByRole("button", { name: "dense/MatMul" }).click();
    await expect.poll(() => hash(page), PATIENCE).toContain("graph_node=dense/MatMul");
    await table(page).getByRole("button", { name: "gone" }).click();
    await page.getByText('the graph has no node "gone"').waitFor();
    await page.getByText("gone is not in the picture").waitFor();
  });

  test("two graphs are drawn as one, with what was removed, where its row leads; or side by side", async () => {
    // Until the other graph is drawn, too, this one is asked for what only that one has.
    const page = await served.open("graphs?graph_run=large batch&graph_panel=compare", {
      expected: /status of 404/,
    });
    await page.getByLabel("Compare with").selectOption({ label: "small batch, Operations" });
    const rows = page.getByRole("table", { name: "Difference of the graphs" });
    const drawn = (picture: number) =>
      expect.poll(
        () => page.locator("canvas.graph-canvas").nth(picture).getAttribute("data-boxes"),
        PATIENCE,
      );
    const draw = (how: string) => page.locator(".segmented label", { hasText: how }).click();
    await rows.waitFor();
    await drawn(0).toBe("4");
    // Where the other graph is not drawn, a removed row has both drawn as one.
    await rows.getByRole("button", { name: "gone" }).click();
    await drawn(0).toBe("5");
    await expect.poll(() => hash(page), PATIENCE).toContain("graph_compare_as=one");
    await expect.poll(() => hash(page), PATIENCE).toContain("graph_node=gone");
    await page.locator(".graph-side").getByText("Exp").first().waitFor();
    await page.locator(".graph-legend").getByText("removed").waitFor();
    await page.reload();
    await drawn(0).toBe("5");
    await draw("Side by side");
    await drawn(0).toBe("4");
    await drawn(1).toBe("4");
    await rows.getByRole("button", { name: "come" }).click();
    await expect.poll(() => hash(page), PATIENCE).toContain("graph_node=come");
    await rows.getByRole("button", { name: "gone" }).click();
    await expect.poll(() => hash(page), PATIENCE).toContain("graph_node=gone");
    await draw("This graph");
    await drawn(0).toBe("4");
    expect(await page.locator("canvas.graph-canvas").count()).toBe(1);
  });
});
