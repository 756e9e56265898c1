/** What the callback says where something is missing or makes no sense. */
import { afterEach, describe, expect, test, vi } from "vitest";
import { callback as pageCallback } from "../../../summary/browser.ts";
import { type CallbackOptions, callback, ValueError } from "../../../summary/index.ts";
import { MemoryRuns, smallModel, train } from "./training.ts";

afterEach(() => vi.restoreAllMocks());

describe("without its model", () => {
  test("scalars are written, and what is missing is said once", async () => {
    const warn = vi.spyOn(console, "warn").mockImplementation(() => {});
    const runs = new MemoryRuns();
    const callbacks = callback(runs.open);
    await train(smallModel(), { callbacks });
    await train(smallModel(), { callbacks });
    expect(Object.keys(runs.steps("train"))).toEqual(["epoch_loss", "epoch_mae"]);
    expect(warn.mock.calls).toEqual([[expect.stringContaining("callback(logdir, { model })")]]);
  });

  test.each<CallbackOptions>([{ histogramFreq: 1 }, { embeddingsFreq: 1 }, { writeGraph: true }])(
    "%j is an error before the training",
    async (options) => {
      const runs = new MemoryRuns();
      const training = train(smallModel(), { callbacks: callback(runs.open, options) });
      await expect(training).rejects.toThrow(ValueError);
      await expect(training).rejects.toThrow("callback(logdir, { model })");
    },
  );
});

test.each<[string, unknown, RegExp]>([
  ["updateFreq", "step", /updateFreq is "epoch", "batch" or an integer of 1 or more, not string "step"/],
  ["updateFreq", 0, /not number 0/],
  ["histogramFreq", -1, /histogramFreq is an integer of 0 or more, not number -1/],
  ["embeddingsFreq", 0.5, /embeddingsFreq is an integer/],
  ["writeGraph", "no", /writeGraph is true or false, not string "no"/],
  ["embeddingsMetadata", "words.tsv", /metadata by layers' names, not string "words.tsv"/],
  ["model", { layers: 3 }, /`model` is a model of TensorFlow.js's layers, not Object/],
])("%s %j is refused in words", (name, value, message) => {
  const options = { [name]: value } as CallbackOptions;
  expect(() => callback("never", options)).toThrow(ValueError);
  expect(() => callback("never", options)).toThrow(message);
});

test("a metric that is no number is refused in words", async () => {
  const board = callback(new MemoryRuns().open, { writeGraph: false });
  await expect(board.onEpochEnd(0, { loss: "low" as never })).rejects.toThrow(
    'metric "loss" is a number, not string "low"',
  );
});

test("a log directory is a string, and in a page there is none", () => {
  expect(() => callback(undefined as never)).toThrow(/a log directory is a string, .* not undefined/);
  expect(() => pageCallback("runs" as never)).toThrow(/a page writes no files/);
});
