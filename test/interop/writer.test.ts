/**
 * Our event files in stock TensorBoard's loader, and beside TensorFlow's own for the same data.
 * Needs a Python with `tensorboard` (and `tensorflow`): TSBOARD_PYTHON, else .venv/bin/python.
 */
import { execFileSync } from "node:child_process";
import { existsSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { decode as decodePng } from "fast-png";
import { describe, expect, test } from "vitest";
import { decodeTensor, fromWire, pb, type TensorValue } from "../../proto/index.ts";
import { createFileWriter, type SummaryWriter } from "../../summary/index.ts";
import { onlyValue, readEvents, temporaryDirectory } from "../summary/event-files.ts";
import { cases } from "./writer-cases.ts";

const root = fileURLToPath(new URL("../../", import.meta.url));
const python = process.env.TSBOARD_PYTHON ?? `${root}.venv/bin/python`;
const oracle = fileURLToPath(new URL("./writer_oracle.py", import.meta.url));

function ask(args: readonly string[], input = ""): unknown {
  const stdio = { input, encoding: "utf8", maxBuffer: 1 << 28, stdio: "pipe" } as const;
  return JSON.parse(execFileSync(python, [oracle, ...args], stdio));
}

const installed = existsSync(python) ? ask(["has", "tensorboard", "tensorflow"]) : {};
const has = (name: string) => (installed as Record<string, boolean>)[name] === true;

/** One event as the loader gives it. */
interface StockEvent {
  readonly what: string;
  readonly step: number;
  readonly wallTime: number;
  readonly tag?: string;
}

describe.skipIf(!has("tensorboard"))("stock TensorBoard's loader reads our files", () => {
  function read(log: (writer: SummaryWriter) => void): StockEvent[] {
    const directory = temporaryDirectory();
    const writer = createFileWriter(directory);
    log(writer);
    writer.flushSync();
    return ask(["read", directory]) as StockEvent[];
  }

  test("steps, wall times, values and metadata of every kind", () => {
    const events = read((writer) => {
      const description = "*what* it is";
      writer.scalar("loss", 0.5, { step: 1, wallTime: 12.25, description, displayName: "Loss" });
      writer.scalar("loss", Number.NaN, { step: 2 ** 40 });
      writer.histogram("weights", [1, 2, 3, 4], { step: 3, buckets: 2 });
      writer.text("note", [["a", "π"]], { step: 4 });
      writer.image("digit", new Uint8Array(6), { step: 5, shape: [1, 2, 3] });
      writer.graph({ node: [{ name: "x", op: "Placeholder" }] });
    });
    const base64 = (text: string) => ({ base64: Buffer.from(text).toString("base64") });
    expect(events).toMatchObject([
      { what: "file_version" },
      {
        what: "summary",
        step: 1,
        wallTime: 12.25,
        tag: "loss",
        plugin: "scalars",
        displayName: "Loss",
        description: "*what* it is",
        dataClass: 1,
        shape: [],
        data: [0.5],
      },
      { step: 2 ** 40, tag: "loss", data: ["nan"] },
      {
        step: 3,
        tag: "weights",
        plugin: "histograms",
        dataClass: 2,
        shape: [2, 3],
        data: [1, 2.5, 2, 2.5, 4, 2],
      },
      { step: 4, tag: "note", plugin: "text", shape: [1, 2], data: [base64("a"), base64("π")] },
      {
        step: 5,
        tag: "digit",
        plugin: "images",
        dataClass: 3,
        shape: [3],
        data: [base64("2"), base64("1"), {}],
      },
      { what: "graph_def" },
      { tag: "__run_graph__", plugin: "graphs", dataClass: 3, shape: [1] },
    ]);
  });
});

describe.skipIf(!has("tensorflow"))("TensorFlow writes the same for the same data", () => {
  test(`all ${cases.length} cases`, { timeout: 120_000 }, () => {
    const [ours, theirs] = [temporaryDirectory(), temporaryDirectory()];
    ask(["write", theirs], JSON.stringify(cases));
    const writer = createFileWriter(ours);
    for (const one of cases) one.log(writer);
    writer.flushSync();
    const expected = comparables(readEvents(theirs));
    const found = comparables(readEvents(ours));
    for (const [i, one] of expected.entries()) expect(found[i], `summary ${i}, ${one.tag}`).toEqual(one);
    expect(found).toHaveLength(expected.length);
  });
});

/** Step, metadata (of a tag's first) and tensor of every summary; encoded messages and images decoded. */
function comparables(events: readonly pb.Event[]) {
  const seen = new Set<string>();
  return events.slice(1).map((event) => {
    const { tag = "", metadata, tensor } = onlyValue(event);
    const first = !seen.has(tag ?? "");
    seen.add(tag ?? "");
    const about = first ? metadataOf(metadata) : undefined;
    return { tag, step: fromWire(event.step), about, ...elementsOf(decodeTensor(tensor ?? {})) };
  });
}

function metadataOf(metadata: pb.SummaryMetadata.$Properties | null | undefined) {
  const { pluginData, ...others } = metadata ?? {};
  const plugin = pluginData?.pluginName ?? "";
  return { ...others, plugin, content: contentOf(plugin, pluginData?.content ?? new Uint8Array()) };
}

/** The same bytes, but for maps, which have no order on the wire, and JSON, which may hold spaces. */
function contentOf(plugin: string, content: Uint8Array): unknown {
  if (plugin === "hparams") return pb.hparams.HParamsPluginData.decode(content);
  if (plugin !== "mesh") return content;
  const { jsonConfig, ...others } = pb.MeshPluginData.decode(content);
  return { ...others, config: JSON.parse(jsonConfig ?? "") };
}

/** PNGs as their pixels, since encoders differ. */
function elementsOf({ dtype, shape, data }: TensorValue) {
  const elements = Array.from<unknown>(data).map((element) => {
    if (!(element instanceof Uint8Array) || element[0] !== 0x89) return element;
    const { width, height, channels, data } = decodePng(element);
    return { width, height, channels, data };
  });
  return { dtype, shape, elements };
}
