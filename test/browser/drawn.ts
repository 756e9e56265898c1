/** What a page has drawn, counted from what the browser itself knows of it: paths, pictures, sounds, pixels. */
import type { Locator } from "playwright-core";
import { expect } from "vitest";

/** Waits until what is counted is as expected: `await whenDrawn(() => curves(lines)).toBe(3)`. */
export const whenDrawn = <T>(count: () => Promise<T>) =>
  expect.poll(count, { timeout: 60_000, interval: 200 });

/** SVG paths that lead through more than one point. */
export const curves = (paths: Locator): Promise<number> =>
  paths.evaluateAll((all) => all.filter((path) => /[LC].*[LC]/.test(path.getAttribute("d") ?? "")).length);

/** Widths in pixels of the pictures of image elements; 0 for what did not load, or is none. */
export const widths = (images: Locator): Promise<number[]> =>
  images.evaluateAll((all) => all.map((image) => (image as HTMLImageElement).naturalWidth));

/** Seconds that audio elements would play; 0 for what did not load, or is none. */
export const seconds = (sounds: Locator): Promise<number[]> =>
  sounds.evaluateAll((all) => all.map((sound) => (sound as HTMLAudioElement).duration || 0));

/** Different colours of an element as it is seen: 1 where nothing is drawn on it. */
export async function coloursOf(element: Locator): Promise<number> {
  const png = await element.screenshot();
  return element.page().evaluate(
    async (url) => {
      const image = await createImageBitmap(await (await fetch(url)).blob());
      const context = new OffscreenCanvas(image.width, image.height).getContext("2d")!;
      context.drawImage(image, 0, 0);
      const { data } = context.getImageData(0, 0, image.width, image.height);
      return new Set(new Uint32Array(data.buffer)).size;
    },
    `data:image/png;base64,${png.toString("base64")}`,
  );
}
