/** Moves the page's step slider, as a hand does. */
import type { Page } from "playwright-core";

export interface SliderMove {
  /** Place among the slider's stops. */
  readonly stop: number;
  /** What shows a step: all of these that are in sight are waited for. */
  readonly marked: string;
  /** The attribute that says which step is drawn, and what it is then. */
  readonly attribute: string;
  readonly value: string;
  /** Whether there is an image in each, which has to be there. */
  readonly pictured?: boolean;
}

/** Milliseconds until everything in sight shows the stop. */
export function moveSlider(page: Page, move: SliderMove): Promise<number> {
  return page.evaluate(async ({ stop, marked, attribute, value, pictured = false }) => {
    const slider = document.querySelector<HTMLInputElement>(".step-bar .step-track")!;
    const started = performance.now();
    slider.value = String(stop);
    slider.dispatchEvent(new Event("input", { bubbles: true }));
    // Without functions that have names: the loader of these sources marks them with one that the page lacks.
    for (let isThere = false; !isThere; ) {
      await new Promise(requestAnimationFrame);
      isThere = [...document.querySelectorAll(marked)]
        .filter((element) => {
          const { top, bottom } = element.getBoundingClientRect();
          return bottom > 0 && top < innerHeight;
        })
        .every(
          (element) =>
            element.getAttribute(attribute) === value &&
            // While the next is on its way, what was there before is shown, and said to be that.
            element.getAttribute("aria-busy") !== "true" &&
            (!pictured || element.querySelector("img") !== null) &&
            [...element.querySelectorAll("img")].every((image) => image.complete && image.naturalWidth > 0),
        );
    }
    return performance.now() - started;
  }, move);
}
