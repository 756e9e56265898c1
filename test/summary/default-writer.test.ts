/** `summary`'s functions write to the writer whose `asDefault` runs. */
import { afterEach, expect, test } from "vitest";
import { createWriter, MemorySink, StepError, summary } from "../../summary/index.ts";
import { decodeEvents, scalarsOf } from "./event-files.ts";

afterEach(() => summary.clearDefault());

async function valuesOf(sink: MemorySink, writer: { close(): Promise<void> }): Promise<number[]> {
  await writer.close();
  return scalarsOf(decodeEvents(sink.bytes()).slice(1)).map((scalar) => scalar.value);
}

function memoryWriter() {
  const sink = new MemorySink();
  const writer = createWriter(sink);
  return { writer, values: () => valuesOf(sink, writer) };
}

test("without a writer nothing happens, not even a check", () => {
  expect(summary.currentWriter()).toBeUndefined();
  expect(summary.scalar("loss", 1)).toBe(false);
  expect(summary.histogram("", "no numbers" as never)).toBe(false);
});

test("inside asDefault they write there, and its result comes back", async () => {
  const { writer, values } = memoryWriter();
  const result = writer.asDefault(() => {
    expect(summary.currentWriter()).toBe(writer);
    return summary.scalar("loss", 1, { step: 0 });
  });
  expect(result).toBe(true);
  expect(summary.scalar("loss", 2, { step: 0 })).toBe(false);
  expect(await values()).toEqual([1]);
});

test("the innermost counts, also after an error", async () => {
  const outer = memoryWriter();
  const inner = memoryWriter();
  outer.writer.asDefault(() => {
    expect(() =>
      inner.writer.asDefault(() => {
        summary.scalar("loss", 1, { step: 0 });
        throw new Error("training failed");
      }),
    ).toThrow("training failed");
    summary.scalar("loss", 2, { step: 0 });
  });
  expect(await inner.values()).toEqual([1]);
  expect(await outer.values()).toEqual([2]);
});

test("asynchronous functions keep their own, interleaved", async () => {
  const one = memoryWriter();
  const two = memoryWriter();
  const train = async (value: number) => {
    for (let step = 0; step < 3; step++) {
      await new Promise(setImmediate);
      summary.scalar("loss", value, { step });
    }
  };
  await Promise.all([one.writer.asDefault(() => train(1)), two.writer.asDefault(() => train(2))]);
  expect(await one.values()).toEqual([1, 1, 1]);
  expect(await two.values()).toEqual([2, 2, 2]);
});

test("setAsDefault holds everywhere else", async () => {
  const everywhere = memoryWriter();
  const here = memoryWriter();
  everywhere.writer.setAsDefault();
  summary.scalar("loss", 1, { step: 0 });
  here.writer.asDefault(() => summary.scalar("loss", 2, { step: 0 }));
  expect(await everywhere.values()).toEqual([1]);
  expect(await here.values()).toEqual([2]);
});

test("the step may be set once for all", async () => {
  const { writer, values } = memoryWriter();
  writer.asDefault(() => {
    expect(() => summary.scalar("loss", 1)).toThrow(StepError);
    summary.setStep(3);
    expect(summary.getStep()).toBe(3);
    summary.scalar("loss", 1);
    summary.setStep(undefined);
  });
  expect(await values()).toEqual([1]);
});
