/** Summaries are written where the writer's condition and the running function's hold. */
import { afterEach, expect, test } from "vitest";
import { createWriter, MemorySink, type SummaryWriter, summary, ValueError } from "../../summary/index.ts";
import { decodeEvents, scalarsOf } from "./event-files.ts";

afterEach(() => summary.clearDefault());

function memoryWriter() {
  const sink = new MemorySink();
  const writer = createWriter(sink);
  const steps = async () => {
    await writer.close();
    return scalarsOf(decodeEvents(sink.bytes()).slice(1)).map((scalar) => scalar.step);
  };
  return { writer, steps };
}

function logTen(writer: SummaryWriter): boolean[] {
  return Array.from({ length: 10 }, (_, step) => {
    writer.step = step;
    return writer.scalar("loss", 1);
  });
}

test("a writer's condition is asked at every summary", async () => {
  const { writer, steps } = memoryWriter();
  writer.recordIf = () => Number(writer.step) % 4 === 0;
  const kept = logTen(writer);
  expect(kept.map((one, step) => (one ? step : undefined)).filter((step) => step !== undefined)).toEqual([
    0, 4, 8,
  ]);
  expect(await steps()).toEqual([0, 4, 8]);
});

test("where it does not hold nothing is computed and nothing checked", async () => {
  const { writer, steps } = memoryWriter();
  writer.recordIf = false;
  const tensor = {
    shape: [2],
    dtype: "float32",
    dataSync(): Float32Array {
      throw new Error("read");
    },
  };
  expect(writer.histogram("weights", tensor, { step: 0 })).toBe(false);
  expect(writer.scalar("", "no number" as never)).toBe(false);
  writer.recordIf = true;
  expect(() => writer.histogram("weights", tensor, { step: 0 })).toThrow("read");
  expect(await steps()).toEqual([]);
});

test("a condition over a function holds for every writer in it, and comes back after it", async () => {
  const one = memoryWriter();
  const two = memoryWriter();
  one.writer.setAsDefault();
  const result = summary.recordIf(false, () => {
    summary.scalar("loss", 1, { step: 0 });
    two.writer.scalar("loss", 1, { step: 0 });
    return "result";
  });
  expect(result).toBe("result");
  summary.scalar("loss", 1, { step: 1 });
  two.writer.scalar("loss", 1, { step: 1 });
  expect(await one.steps()).toEqual([1]);
  expect(await two.steps()).toEqual([1]);
});

test("the innermost counts, also after an error; the writer's own holds beside it", async () => {
  const { writer, steps } = memoryWriter();
  summary.recordIf(false, () => {
    expect(() =>
      summary.recordIf(true, () => {
        writer.scalar("loss", 1, { step: 0 });
        throw new Error("training failed");
      }),
    ).toThrow("training failed");
    writer.scalar("loss", 1, { step: 1 });
  });
  writer.recordIf = false;
  summary.recordIf(true, () => writer.scalar("loss", 1, { step: 2 }));
  expect(await steps()).toEqual([0]);
});

test("asynchronous functions keep their own, interleaved", async () => {
  const { writer, steps } = memoryWriter();
  const train = async (first: number) => {
    for (let step = first; step < first + 3; step++) {
      await new Promise(setImmediate);
      writer.scalar("loss", 1, { step });
    }
  };
  await Promise.all([summary.recordIf(true, () => train(0)), summary.recordIf(false, () => train(10))]);
  expect(await steps()).toEqual([0, 1, 2]);
});

test("shouldRecord says whether a summary would be written", async () => {
  const { writer } = memoryWriter();
  expect(summary.shouldRecord()).toBe(false);
  writer.setAsDefault();
  expect(summary.shouldRecord()).toBe(true);
  expect(summary.recordIf(() => false, summary.shouldRecord)).toBe(false);
  writer.recordIf = false;
  expect(summary.shouldRecord()).toBe(false);
  await writer.close();
});

test("something else than a condition is refused", () => {
  const { writer } = memoryWriter();
  expect(() => {
    writer.recordIf = 100 as never;
  }).toThrow(ValueError);
  expect(() => summary.recordIf("always" as never, () => 1)).toThrow(/a boolean or a function/);
});
