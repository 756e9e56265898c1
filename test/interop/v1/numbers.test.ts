/**
 * Moving averages and learning rates of `v1` beside the numbers that TensorFlow computes (v1_numbers.py), saved in
 * numbers.json: `vitest -u` asks for them again, where there is a Python with TensorFlow.
 */
import { readFileSync } from "node:fs";
import { describe, expect, test } from "vitest";
import { v1 } from "../../../summary/index.ts";
import { hasTensorFlow, oracle } from "./tensorflow.ts";

const saved: Readonly<Record<string, unknown>> = JSON.parse(
  readFileSync(new URL("./numbers.json", import.meta.url), "utf8"),
);

const STEPS = [0, 1, 99, 100, 101, 549, 550, 1000, 5000, 30000];
const VALUES = [
  [1, -2, 0.1],
  [0.3, 1e-3, 7],
  [1e6, -1 / 3, 0],
  [0, 0, 0],
  [3, 3, 3],
];

/** The average after each value. */
function averages(decay: number, values: readonly v1.Value[], steps?: readonly number[]): unknown[] {
  return new v1.Graph().asDefault(() => {
    const variable = new v1.Variable(values[0]!, { name: "v" });
    const step = new v1.Variable(0, { trainable: false, dtype: "int32", name: "step" });
    const ema = new v1.train.ExponentialMovingAverage(decay, steps && step);
    const op = ema.apply([variable]);
    v1.globalVariablesInitializer().run();
    return values.map((value, i) => {
      variable.load(value);
      if (steps) step.load(steps[i]!);
      op.run();
      const average = ema.average(variable)?.eval();
      return ArrayBuffer.isView(average) ? Array.from(average) : average;
    });
  });
}

function rates(...[rate, decaySteps, decayRate, staircase]: [number, number, number, boolean]): number[] {
  return new v1.Graph().asDefault(() => {
    const step = v1.placeholder("int32", []);
    const decayed = v1.train.exponentialDecay(rate, step, decaySteps, decayRate, { staircase });
    return STEPS.map((passed) => decayed.eval([[step, passed]]));
  });
}

describe("numbers are TensorFlow's", () => {
  test("the textbook's moving average", () => {
    const found = averages(0.99, [0, 5, 10, 10], [0, 0, 10_000, 10_000]);
    expect(found).toEqual(saved.book);
    const rounded = [0, 4.5, 4.555, 4.60945];
    for (const [i, value] of found.entries()) expect(value).toBeCloseTo(rounded[i]!, 5);
  });

  test("moving averages to the last bit, with and without steps", () => {
    expect(averages(0.9, VALUES)).toEqual(saved["without steps"]);
    expect(averages(0.999, VALUES, [0, 1, 2, 10, 100_000])).toEqual(saved["with steps"]);
  });

  // Powers differ in the last bit or two of a float: each library has its own.
  test.each([
    ["decay", rates(0.1, 100, 0.96, false)],
    ["staircase", rates(0.1, 100, 0.96, true)],
    ["fractions", rates(0.8, 550.5, 0.99, true)],
  ] as const)("learning rates: %s", (name, found) => {
    const expected = [saved[name]].flat().map(Number);
    expect(found).toHaveLength(expected.length);
    for (const [i, rate] of found.entries())
      expect(Math.abs(rate - expected[i]!) / expected[i]!).toBeLessThan(2 ** -22);
  });
});

test.skipIf(!hasTensorFlow)("TensorFlow still computes these", { timeout: 120_000 }, async () => {
  await expect(oracle("v1_numbers.py", [])).toMatchFileSnapshot("numbers.json");
});
