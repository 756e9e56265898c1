/** Graphs, steps and traces that nobody would write, in the page: drawn, or said why, and the rest of the page goes on. */
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { fileURLToPath } from "node:url";
import { gzipSync } from "node:zlib";
import type { Browser, Page } from "playwright-core";
import { afterAll, beforeAll, expect, onTestFinished, test } from "vitest";
import { pb } from "../../proto/index.ts";
import { type RunningServer, startServer } from "../../server/index.ts";
import { createFileWriter, type FileSummaryWriter } from "../../summary/index.ts";
import { describeInBrowser, launch, openPage } from "../tools/chromium.ts";

const logdir = mkdtempSync(path.join(tmpdir(), "tsboard-odd-graphs-"));
afterAll(() => rmSync(logdir, { recursive: true, force: true }));

const node = (name: string, op: string, ...input: string[]): pb.NodeDef.$Properties => ({ name, op, input });
const LONG = "n".repeat(10_000);
const DEPTH = 1_000;
/** A profile with an empty plane, as TensorFlow writes it. */
const XSPACE = Uint8Array.of(0x0a, 11, 0x12, 9, ...new TextEncoder().encode("/host:CPU"));
const DEEP = Array.from({ length: DEPTH }, (_, i) => `s${i}`).join("/");

async function write(
  run: string,
  graph: Uint8Array | pb.NodeDef.$Properties[],
  also?: (writer: FileSummaryWriter) => void,
) {
  const writer = createFileWriter(path.join(logdir, run));
  const graphDef = graph instanceof Uint8Array ? graph : pb.GraphDef.encode({ node: graph }).finish();
  writer.event({ graphDef }, { step: 0 });
  also?.(writer);
  await writer.close();
}

async function writeAll(): Promise<void> {
  await write("good", [node("a", "Relu"), node("b", "Relu", "a")]);
  await write("circles", [
    node("a", "Merge", "b", "a"),
    node("b", "NextIteration", "a"),
    node("s/x", "Neg", "t/y"),
    node("t/y", "Neg", "s/x"),
  ]);
  await write("missing", [node("a", "Relu", "gone:1", "^away")]);
  await write("duplicates", [
    node("x", "Placeholder"),
    node("a", "Relu", "x"),
    node("a", "Tanh", "x"),
    node("", "Neg", "a"),
    node("a//c", "Neg", "a"),
  ]);
  await write("long", [node(`s/${LONG}`, "NoOp"), node(LONG, "Relu", `s/${LONG}`), node("z", "Neg", LONG)]);
  const whole = pb.GraphDef.encode({ node: [node("a", "Relu"), node("b", "Relu", "a")] }).finish();
  await write("cut", whole.subarray(0, whole.length - 3));
  await write("empty", []);
  await write("deep", [node(`${DEEP}/op`, "Relu"), node("top", "Neg", `${DEEP}/op`)]);
  await write("others", [node("a", "Relu")], (writer) => {
    const nodeStats = [
      { nodeName: "other", allStartMicros: 10, allEndRelMicros: 5, timelineLabel: "other = Foo(a)" },
    ];
    writer.runMetadata(
      "step",
      { stepStats: { devStats: [{ device: "/device:CPU:0", nodeStats }] } },
      { step: 1 },
    );
  });
  await write("broken-step", [node("a", "Relu")], (writer) => {
    writer.event(
      { taggedRunMetadata: { tag: "broken", runMetadata: Uint8Array.of(0x0a, 0x7f, 1) } },
      { step: 1 },
    );
  });
  await write("no-times", [node("a", "Relu")], (writer) => {
    writer.runMetadata("func_trace", { functionGraphs: [{}] }, { step: 1 });
  });
  await write("profiled", [node("a", "Relu")]);
  const session = path.join(logdir, "profiled/plugins/profile/2026_12_01");
  mkdirSync(session, { recursive: true });
  writeFileSync(path.join(session, "vm.xplane.pb"), XSPACE);
  const traces = createFileWriter(path.join(logdir, "traces"));
  traces.scalar("loss", 1, { step: 0 });
  await traces.close();
  const trace = readFileSync(fileURLToPath(new URL("../graph/files/step.pt.trace.json.gz", import.meta.url)));
  const files: Record<string, Uint8Array | string> = {
    good: trace,
    cut: trace.subarray(0, 300),
    none: "",
    words: "hello {",
    bare: "{}",
    list: gzipSync("[]"),
    odd: JSON.stringify({
      traceEvents: [null, { ph: "X", name: 5, ts: "a" }, { ph: "X", name: "ok", ts: 1, dur: -5 }],
    }),
  };
  for (const [name, content] of Object.entries(files))
    writeFileSync(path.join(logdir, `traces/${name}.pt.trace.json`), content);
}

describeInBrowser("the graphs dashboard, of logs unlike anybody's", () => {
  let browser: Browser;
  let server: RunningServer;
  beforeAll(async () => {
    await writeAll();
    browser = await launch();
    server = await startServer({ logdir, port: 0, threads: 0 });
    await server.loaded;
  });
  afterAll(async () => {
    await browser?.close();
    await server?.close();
  });

  async function show(view: string): Promise<{ page: Page; complaints: string[] }> {
    const opened = await openPage(browser);
    onTestFinished(() => opened.page.context().close());
    await opened.page.goto(`${server.url}#graphs?${view}`);
    return opened;
  }
  const canvas = (page: Page, count: number) =>
    page.locator(`canvas.graph-canvas[data-boxes="${count}"]`).waitFor();
  /** Another run is there as ever. */
  async function goesOn(page: Page): Promise<void> {
    await page.getByLabel("Run", { exact: true }).selectOption("good");
    await canvas(page, 2);
  }

  test.each([
    ["circles", "graph_open=s,t", 6],
    ["missing", "", 1],
    ["duplicates", "graph_open=a", 5],
    ["long", "graph_open=s&graph_side=outline", 4],
    ["deep", "", 2],
  ])("%s is drawn", async (run, view, count) => {
    const { page, complaints } = await show(`graph_run=${run}&${view}`);
    await canvas(page, count);
    await goesOn(page);
    expect(complaints).toEqual([]);
  });

  test("of a node whose input is not there, the card says so", async () => {
    const { page } = await show("graph_run=missing&graph_node=a");
    await page.getByText("not in this graph").first().waitFor();
  });

  test("a name of 10,000 letters leaves room for everything else on its card", async () => {
    const { page } = await show(`graph_run=long&graph_node=${LONG}`);
    await page.getByRole("button", { name: "Trace outputs" }).waitFor();
    const box = (await page.locator(".card-title").boundingBox())!;
    expect(box.height).toBeLessThan(200);
  });

  test("a graph nested 1,000 deep opens as far as a picture can be told, and says so", async () => {
    const { page, complaints } = await show("graph_run=deep&graph_side=search&graph_find=Relu");
    await page.locator(".graph-hit").first().click();
    await page.getByText(`lies ${DEPTH} scopes deep`).waitFor();
    await page.getByRole("button", { name: "Open scopes" }).click();
    await page.getByText("Open everything").click();
    await page.getByText("Not all is open").waitFor();
    await goesOn(page);
    expect(complaints).toEqual([]);
  });

  test.each([
    ["cut", /is not a GraphDef: at byte \d+ of \d+, after \d+ nodes/],
    ["empty", /This graph has no nodes/],
  ])("%s: it is said why there is nothing", async (run, words) => {
    const { page } = await show(`graph_run=${run}`);
    await page.getByText(words).first().waitFor();
    await goesOn(page);
  });

  test("a step of other nodes is a table, and the graph is as without it", async () => {
    const { page, complaints } = await show(
      "graph_run=others&graph_step=step&graph_panel=table&graph_colour=time",
    );
    await page.getByText("other (not in the graph)").waitFor();
    await canvas(page, 1);
    expect(complaints).toEqual([]);
  });

  test("a profile that is not read is told of among the steps, in the panels, and when it is dropped", async () => {
    const { page, complaints } = await show("graph_run=profiled&graph_panel=timeline");
    const steps = page.getByLabel("Step whose time and memory are shown");
    await expect
      .poll(() => steps.locator("option").last().textContent())
      .toBe("Not read: plugins/profile/2026_12_01/vm.xplane.pb");
    await page.getByText("This run has no step with times").waitFor();
    await page.getByText("is an XSpace, which is not read here").waitFor();
    await page
      .getByLabel("Files to open")
      .setInputFiles({ name: "vm.xplane.pb", mimeType: "", buffer: Buffer.from(XSPACE) });
    await page.getByText("this is an XSpace (.xplane.pb)").waitFor();
    await canvas(page, 1);
    expect(complaints).toEqual([]);
  });

  test("a step in which nothing ran says so instead of an empty table", async () => {
    const { page } = await show("graph_run=no-times&graph_step=func_trace&graph_panel=table");
    await page.getByText("metadata hold no executions of nodes").waitFor();
    await page.getByRole("button", { name: "Timeline", exact: true }).click();
    await page.getByText("metadata hold no executions of nodes").waitFor();
  });

  test("where a step cannot be read, the graph is there all the same", async () => {
    const { page } = await show("graph_run=broken-step&graph_step=broken&graph_panel=table&graph_node=a");
    await page.getByText(/What broken took cannot be shown: .*is not a RunMetadata/).waitFor();
    await canvas(page, 1);
    await page.getByText("Relu").first().waitFor();
    await goesOn(page);
  });

  test.each([
    ["good", /60 executions in/],
    ["odd", /1 execution in/],
    ["cut", /cannot be unpacked: unexpected end of file/],
    ["none", /the file is empty/],
    ["words", /the file is no JSON/],
    ["bare", /no trace in Chrome's form/],
    ["list", /no trace in Chrome's form/],
  ])("a profiler's trace, %s", async (name, words) => {
    const { page } = await show(`graph_run=traces&graph_step=${name}.pt.trace.json&graph_panel=timeline`);
    await page.getByText(words).first().waitFor();
    await page.getByRole("button", { name: "Table", exact: true }).click();
    await goesOn(page);
  });
});
