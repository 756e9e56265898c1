/**
 * Summaries of `v1` beside what TensorFlow 1's interface makes of the same data (v1_summaries.py), saved in
 * summaries.json. Where there is a Python with TensorFlow, that is asked whether it still makes these:
 * `vitest -u` saves what it says.
 */

import { readFileSync } from "node:fs";
import { decode as decodePng } from "fast-png";
import { describe, expect, test } from "vitest";
import { pb } from "../../../proto/index.ts";
import { ValueError, v1 } from "../../../summary/index.ts";
import { isExhaustive } from "../../tools/exhaustive.ts";
import { addSummary, cases, shownValue } from "./summary-cases.ts";
import { hasTensorFlow, oracle } from "./tensorflow.ts";

const saved: readonly string[] = JSON.parse(
  readFileSync(new URL("./summaries.json", import.meta.url), "utf8"),
);

describe("a summary is TensorFlow's", () => {
  test.each(cases.map((one, i) => [one.name, one, saved[i] ?? ""] as const))("%s", (_, one, expected) => {
    const ours = new v1.Graph().asDefault(() => {
      const { shown, summary } = addSummary(v1, one);
      return summary.eval([[shown, shownValue(one)]]);
    });
    expect(values(ours)).toEqual(values(Buffer.from(expected, "base64")));
  });

  test("every saved summary is made", () => {
    expect(cases).toHaveLength(saved.length);
  });
});

// TensorFlow ends in InvalidArgumentError: "Nan in summary histogram for: h".
test.each([Number.NaN, Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY])(
  "%f in a histogram is an error",
  (value) => {
    const summary = new v1.Graph().asDefault(() => v1.summary.histogram("h", [1, value]));
    expect(() => summary.eval()).toThrow(ValueError);
    expect(() => summary.eval()).toThrow(`${value} in the histogram of "h"`);
  },
);

if (isExhaustive)
  test.skipIf(!hasTensorFlow)("TensorFlow still makes these", { timeout: 120_000 }, async () => {
    const printed = oracle("v1_summaries.py", ["encode"], JSON.stringify(cases));
    await expect(printed).toMatchFileSnapshot("summaries.json");
  });

/** Images as their pixels, since encoders of PNG differ. */
function values(summary: Uint8Array): unknown {
  return (pb.Summary.decode(summary).value ?? []).map(({ image, ...others }) => {
    if (!image) return others;
    const { encodedImageString, ...about } = image;
    const { width, height, channels, data } = decodePng(encodedImageString ?? new Uint8Array());
    return { ...others, ...about, width, height, channels, data };
  });
}
