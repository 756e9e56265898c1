/**
 * TensorFlow 1's FileWriter as `v1` has it. Every kind of record as bytes, under a fixed clock, stands in
 * golden/<kind>.txt: `vitest -u` writes them, and test/interop/v1 holds them against TensorFlow's.
 */
import { readdirSync, readFileSync } from "node:fs";
import path from "node:path";
import { expect, test } from "vitest";
import { fromWire, pb } from "../../../proto/index.ts";
import { StepError, TagError, ValueError, v1, WriterClosedError } from "../../../summary/index.ts";
import {
  decodeEvents,
  describeRecords,
  FIXED_SECONDS,
  onlyValue,
  temporaryDirectory,
} from "../event-files.ts";

const OPTIONS = { clock: () => FIXED_SECONDS * 1000, host: "host" };

/** The file that `write` writes, in a graph of its own. */
async function written(write: (writer: v1.summary.FileWriter) => void): Promise<Uint8Array> {
  const writer = new v1.summary.FileWriter(temporaryDirectory(), null, OPTIONS);
  new v1.Graph().asDefault(() => write(writer));
  await writer.close();
  return readFileSync(writer.path);
}

const KINDS: Readonly<Record<string, (writer: v1.summary.FileWriter) => void>> = {
  scalar(writer) {
    const loss = v1.placeholder("float32", [], { name: "loss_function/loss" });
    const summary = v1.summary.scalar("loss", loss);
    writer.addSummary(summary.eval([[loss, 0.5]]), 1);
    writer.addSummary(summary.eval([[loss, Number.NaN]]), 2n ** 53n);
    writer.addSummary(v1.summary.scalar("rate", 0.1, { family: "train" }).eval());
  },
  histogram(writer) {
    writer.addSummary(v1.summary.histogram("weights", [-1, 0, 0.5, 0.5, 2]).eval(), 1);
    writer.addSummary(v1.summary.histogram("none", []).eval(), 2);
  },
  image(writer) {
    const bytes = v1.constant(
      [
        [
          [[0], [64]],
          [[128], [255]],
        ],
      ],
      { dtype: "uint8" },
    );
    writer.addSummary(v1.summary.image("grey", bytes, { maxOutputs: 1 }).eval(), 1);
    const colours = v1.constant([[[[1, 0, -1]]], [[[0, Number.NaN, 2]]]]);
    writer.addSummary(v1.summary.image("colours", colours).eval(), 1);
  },
  audio(writer) {
    const mono = v1.constant([[0, 0.5, -0.5, 2]]);
    writer.addSummary(v1.summary.audio("beep", mono, 8000, { maxOutputs: 1 }).eval(), 1);
    writer.addSummary(v1.summary.audio("beeps", mono, 8000).eval(), 2);
  },
  text(writer) {
    const note = v1.summary.text("note", "**π**");
    // Readers need the metadata once in a file.
    writer.addSummary(note.eval(), 1);
    writer.addSummary(note.eval(), 2);
    writer.addSummary(v1.summary.text("table", [["a", "b"]]).eval(), 1);
  },
  tensor(writer) {
    const summaryMetadata = { pluginData: { pluginName: "mine", content: Uint8Array.of(7) } };
    writer.addSummary(v1.summary.tensorSummary("any", [[1, 2]], { summaryMetadata }).eval(), 1);
  },
  merge(writer) {
    v1.summary.scalar("a", 1);
    v1.nameScope("scope", () => v1.summary.scalar("a", 2));
    writer.addSummary(v1.summary.mergeAll().eval(), 3);
  },
  graph(writer) {
    v1.device("/gpu:0", () => v1.nn.relu(v1.placeholder("float32", [null, 2], { name: "x" })));
    writer.addGraph(v1.getDefaultGraph());
  },
  others(writer) {
    writer.addSummary({ value: [{ tag: "own", simpleValue: 0.25 }] }, 1);
    writer.addSessionLog({ status: v1.SessionLog.START }, 1);
    writer.addRunMetadata({ stepStats: { devStats: [{ device: "/CPU:0" }] } }, "step001", 1);
    writer.addEvent({ wallTime: 12.5, step: 4, logMessage: { level: 30, message: "diverging" } });
    writer.addEvent({ summary: { value: [{ tag: "own", simpleValue: 0.5 }] } });
  },
};

test.each(Object.entries(KINDS))("%s", async (kind, write) => {
  const described = describeRecords(await written(write));
  await expect(`${described}\n`).toMatchFileSnapshot(`golden/${kind}.txt`);
});

test("the graph that it is given comes first, under a name of TensorFlow 1", async () => {
  const logdir = path.join(temporaryDirectory(), "a", "b");
  const graph = new v1.Graph();
  graph.asDefault(() => v1.noOp({ name: "a" }));
  await using writer = new v1.summary.FileWriter(logdir, graph, OPTIONS);
  writer.flushSync();
  expect(readdirSync(logdir)).toEqual([`events.out.tfevents.${FIXED_SECONDS}.host`]);
  const [version, first] = decodeEvents(readFileSync(writer.path));
  expect(version?.fileVersion).toBe("brain.Event:2");
  expect(pb.GraphDef.decode(first?.graphDef ?? new Uint8Array()).node).toMatchObject([{ name: "a" }]);
  expect(writer.getLogdir()).toBe(logdir);
});

test("writers of one second, and a writer that is opened again, have files of their own", async () => {
  const logdir = temporaryDirectory();
  const writer = new v1.summary.FileWriter(logdir, null, OPTIONS);
  const other = new v1.summary.FileWriter(logdir, null, { ...OPTIONS, filenameSuffix: ".eval" });
  const note = new v1.Graph().asDefault(() => v1.summary.text("note", "hi")).eval();
  writer.addSummary(note, 1);
  writer.reopen(); // does nothing: it is open
  await writer.close();
  expect(() => writer.addSummary(note, 2)).toThrow(WriterClosedError);
  writer.reopen();
  writer.addSummary(note, 3);
  await Promise.all([writer.close(), other.close()]);
  const name = `events.out.tfevents.${FIXED_SECONDS}.host`;
  expect(readdirSync(logdir).sort()).toEqual([name, `${name}.1`, `${name}.eval`]);
  const [, reopened] = decodeEvents(readFileSync(path.join(logdir, `${name}.1`)));
  expect(fromWire(reopened?.step)).toBe(3);
  // The new file says again what readers need to know of the tag.
  expect(onlyValue(reopened)).toMatchObject({
    tag: "note",
    metadata: { pluginData: { pluginName: "text" } },
  });
});

test("what is wrong is said, and not written", async () => {
  const bytes = await written((writer) => {
    expect(() => writer.addSummary({}, -1)).toThrow(StepError);
    expect(() => writer.addSummary({}, 1.5)).toThrow(StepError);
    expect(() => writer.addGraph("graph" as never)).toThrow(ValueError);
    expect(() => writer.addRunMetadata({}, "")).toThrow(TagError);
    writer.addRunMetadata({}, "step001", 1);
    expect(() => writer.addRunMetadata({}, "step001", 2)).toThrow('metadata with the tag "step001" already');
  });
  expect(decodeEvents(bytes)).toHaveLength(2);
});
