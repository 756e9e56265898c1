/**
 * Every kind of summary as bytes, under a fixed clock: golden/<kind>.txt. A new kind is one entry here;
 * `vitest -u` writes its file, which is then read and held against TensorFlow's (test/interop/writer.test.ts).
 */
import { expect, test } from "vitest";
import type { SummaryWriter } from "../../summary/index.ts";
import { describeRecords, writtenBytes } from "./event-files.ts";

const KINDS: Record<string, (writer: SummaryWriter) => void> = {
  scalar(writer) {
    writer.scalar("loss", 0.5, { step: 0, description: "Cross *entropy*", displayName: "Loss" });
    writer.scalar("loss", 0.25, { step: 1 });
    writer.scalar("loss", Number.NaN, { step: 300, wallTime: 1_700_000_001.5 });
    writer.scalar("loss", Number.NEGATIVE_INFINITY, { step: 2n ** 63n - 1n });
  },
  histogram(writer) {
    writer.histogram("weights", [1, 2, 2, 3, 10], { step: 1, buckets: 3 });
    writer.histogram("weights", new Float32Array([4, 4, 4]), { step: 2, buckets: 2 });
    writer.histogram("weights", [], { step: 3, buckets: 2 });
  },
  text(writer) {
    writer.text("note", "**bold**", { step: 0 });
    writer.text("list", ["a", "b"], { step: 0 });
    writer.text("table", [["name", "value"], ["π", "3.14159"]], { step: 0 });
  },
  image(writer) {
    writer.image("grey", new Uint8Array([0, 64, 128, 255]), { step: 0, shape: [2, 2, 1] });
    writer.image("colour", new Float32Array([1, 0, 0, 0, 0.5, 2]), { step: 0, shape: [2, 1, 1, 3] });
  },
  graph(writer) {
    writer.graph({
      node: [
        { name: "x", op: "Placeholder" },
        { name: "y", op: "Relu", input: ["x"], device: "/CPU:0" },
      ],
    });
  },
};

test.each(Object.entries(KINDS))("%s", async (kind, log) => {
  const bytes = await writtenBytes(log);
  await expect(`${describeRecords(bytes)}\n`).toMatchFileSnapshot(`golden/${kind}.txt`);
});
