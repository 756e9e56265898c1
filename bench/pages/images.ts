/** The images dashboard: 30 runs of 10 tags and 10 steps. */
import path from "node:path";
import { createFileWriter } from "../../summary/index.ts";
import { seen } from "../tools/seen.ts";
import type { Scenario } from "./scenario.ts";
import { moveSlider } from "./slider.ts";

const RUNS = 30;
const TAGS = 10;
const STEPS = 10;
const SIZE = 32;

export const images: Scenario = {
  name: "images",
  what: `${RUNS} runs × ${TAGS} tags × ${STEPS} steps of images of ${SIZE} × ${SIZE} pixels`,
  runs: RUNS,
  async write(logdir) {
    for (let run = 0; run < RUNS; run++) {
      const writer = createFileWriter(path.join(logdir, `run${run}`));
      for (let step = 0; step < STEPS; step++)
        for (let tag = 0; tag < TAGS; tag++) {
          const pixels = Uint8Array.from(
            { length: SIZE * SIZE * 3 },
            (_, i) => (i * (run + 3) + step * 40 + tag) % 256,
          );
          writer.image(`samples/${tag}`, pixels, { step, shape: [SIZE, SIZE, 3] });
        }
      await writer.close();
    }
  },
  oursShown: (page) => seen(page, { selector: ".image-tile img", decoded: true }),
  stockShown: (page) => seen(page, { selector: "#main-image-container img", decoded: true }),
  move: {
    steps: STEPS,
    to: (page, stop) =>
      moveSlider(page, {
        stop,
        marked: ".image-tile",
        attribute: "data-step",
        value: String(stop),
        pictured: true,
      }),
  },
};
