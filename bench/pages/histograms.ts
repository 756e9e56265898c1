/** The histograms dashboard: 20 tags of 20 runs and 100 steps. */
import path from "node:path";
import { createFileWriter } from "../../summary/index.ts";
import { seen } from "../tools/seen.ts";
import type { Scenario } from "./scenario.ts";
import { moveSlider } from "./slider.ts";

const RUNS = 20;
const TAGS = 20;
const STEPS = 100;
const VALUES = 200;

export const histograms: Scenario = {
  name: "histograms",
  what: `${RUNS} runs × ${TAGS} tags × ${STEPS} steps of histograms of ${VALUES} values`,
  runs: RUNS,
  async write(logdir) {
    for (let run = 0; run < RUNS; run++) {
      const writer = createFileWriter(path.join(logdir, `run${run}`));
      for (let step = 0; step < STEPS; step++)
        for (let tag = 0; tag < TAGS; tag++) {
          const values = Float32Array.from(
            { length: VALUES },
            (_, i) => Math.sin(i * 12.9898 + tag) * (1 + step / STEPS) + run / RUNS,
          );
          writer.histogram(`layer${tag >> 1}/weights${tag & 1}`, values, { step });
        }
      await writer.close();
    }
  },
  oursShown: (page) => seen(page, { selector: "canvas.chart-lines[data-ridges='60']", visible: true }),
  // The chart's own shadow root.
  stockShown: (page) => seen(page, { selector: "path.outline" }),
  move: {
    steps: STEPS,
    to: (page, stop) =>
      moveSlider(page, {
        stop,
        marked: "canvas.chart-lines",
        attribute: "data-held",
        // At the last stop nothing is held: it is the newest.
        value: stop === STEPS - 1 ? "-1" : String(stop),
      }),
  },
};
