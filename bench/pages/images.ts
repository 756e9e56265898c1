/** The images dashboard: 30 runs of 10 tags and 10 steps. */
import path from "node:path";
import type { Page } from "playwright-core";
import { createFileWriter } from "../../summary/index.ts";
import type { Scenario } from "./scenario.ts";

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
  oursShown: (page) => shown(page, ".image-tile img"),
  stockShown: (page) => shown(page, "tf-image-loader img"),
  move: {
    steps: STEPS,
    to: (page, stop) =>
      page.evaluate(async (to) => {
        const slider = document.querySelector<HTMLInputElement>(".step-bar .step-track")!;
        const started = performance.now();
        slider.value = String(to);
        slider.dispatchEvent(new Event("input", { bubbles: true }));
        // Without functions that have names: the loader of these sources marks them with one that the page lacks.
        for (let isThere = false; !isThere; ) {
          await new Promise(requestAnimationFrame);
          isThere = [...document.querySelectorAll(".image-tile")]
            .filter((tile) => {
              const { top, bottom } = tile.getBoundingClientRect();
              return bottom > 0 && top < innerHeight;
            })
            .every((tile) => {
              const image = tile.querySelector("img");
              return (
                tile.getAttribute("data-step") === String(to) && image?.complete && image.naturalWidth > 0
              );
            });
        }
        return performance.now() - started;
      }, stop),
  },
};

/** An image of these has been decoded. Looks through shadow roots, which stock's page is made of. */
async function shown(page: Page, selector: string): Promise<void> {
  const first = page.locator(selector).first();
  await first.waitFor({ state: "attached" });
  await first.evaluate((element: HTMLImageElement) => element.decode());
}
