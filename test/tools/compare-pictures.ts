/** Whether two pictures of a page look alike: by the share of pixels that differ, in all of it and where it differs most. */
import { decode } from "fast-png";
import pixelmatch from "pixelmatch";

export interface PictureDifference {
  /** Share of all pixels that differ. */
  readonly share: number;
  /** The same of the square of {@link WINDOW} pixels in which most do. */
  readonly most: number;
}

/** Side of the square that is looked at, pixels: about what a line of a chart runs through. */
const WINDOW = 64;
/**
 * Of the same page drawn by another machine's fonts' edges, some pixels differ, scattered over it. A chart that is blank, or
 * one in another colour, differs in many that lie together.
 */
const MOST = { share: 0.0015, most: 0.035 } as const;

/** @throws Error when the pictures are of different sizes */
export function differenceOf(one: Uint8Array, other: Uint8Array): PictureDifference {
  const [a, b] = [pixelsOf(one), pixelsOf(other)];
  if (a.width !== b.width || a.height !== b.height)
    throw new Error(`${a.width} × ${a.height} pixels beside ${b.width} × ${b.height}`);
  const count = (windowSize: number) =>
    pixelmatch(a.data, b.data, null, a.width, a.height, { windowSize, threshold: 0.1, includeAA: true });
  return {
    share: count(Number.POSITIVE_INFINITY) / (a.width * a.height),
    most: count(WINDOW) / WINDOW ** 2,
  };
}

/** A picture in which what differs is red. */
export function drawnDifference(one: Uint8Array, other: Uint8Array) {
  const [a, b] = [pixelsOf(one), pixelsOf(other)];
  const data = new Uint8ClampedArray(a.data.length);
  pixelmatch(a.data, b.data, data, a.width, a.height, { includeAA: true });
  return { width: a.width, height: a.height, data };
}

export const looksAlike = ({ share, most }: PictureDifference): boolean =>
  share <= MOST.share && most <= MOST.most;

/** Four bytes a pixel, whatever the file has. */
function pixelsOf(png: Uint8Array): { width: number; height: number; data: Uint8ClampedArray } {
  const { width, height, channels, data } = decode(png);
  if (channels === 4) return { width, height, data: Uint8ClampedArray.from(data) };
  const pixels = new Uint8ClampedArray(width * height * 4).fill(255);
  for (let i = 0; i < width * height; i++)
    for (let c = 0; c < 3; c++) pixels[4 * i + c] = data[channels * i + (channels < 3 ? 0 : c)]!;
  return { width, height, data: pixels };
}
