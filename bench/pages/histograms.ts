/** The histograms dashboard: 20 tags of 20 runs and 100 steps. */
import path from "node:path";
import { createFileWriter } from "../../summary/index.ts";
import type { Scenario } from "./scenario.ts";

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
  oursShown: (page) => page.locator("canvas.chart-lines[data-ridges='60']").first().waitFor(),
  stockShown: (page) =>
    page.locator("vz-histogram-timeseries path.outline").first().waitFor({ state: "attached" }),
  move: {
    steps: STEPS,
    to: (page, stop) =>
      page.evaluate(async (to) => {
        const slider = document.querySelector<HTMLInputElement>(".step-bar .step-track")!;
        const started = performance.now();
        slider.value = String(to);
        slider.dispatchEvent(new Event("input", { bubbles: true }));
        // At the last stop nothing is held: it is the newest.
        const held = to === Number(slider.max) ? "-1" : String(to);
        for (let isThere = false; !isThere; ) {
          await new Promise(requestAnimationFrame);
          isThere = [...document.querySelectorAll<HTMLElement>("canvas.chart-lines")]
            .filter((canvas) => {
              const { top, bottom } = canvas.getBoundingClientRect();
              return bottom > 0 && top < innerHeight;
            })
            .every((canvas) => canvas.dataset.held === held);
        }
        return performance.now() - started;
      }, stop),
  },
};
