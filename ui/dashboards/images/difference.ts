/** How two images differ, pixel by pixel. */

export interface Difference {
  /** RGBA: the distance of each channel, times the gain. */
  readonly pixels: Uint8ClampedArray<ArrayBuffer>;
  /** Mean and largest distance of a channel, 0 to 255. */
  readonly mean: number;
  readonly most: number;
  /** Share of pixels that differ at all. */
  readonly share: number;
}

/** @param a, b RGBA of the same size; what is transparent counts as black as it is seen */
export function difference(a: Uint8ClampedArray, b: Uint8ClampedArray, gain: number): Difference {
  const pixels = new Uint8ClampedArray(a.length);
  let [sum, most, differing] = [0, 0, 0];
  for (let i = 0; i < a.length; i += 4) {
    let here = 0;
    for (let c = 0; c < 3; c++) {
      const distance = Math.abs(seen(a, i, c) - seen(b, i, c));
      pixels[i + c] = distance * gain;
      sum += distance;
      if (distance > here) here = distance;
    }
    pixels[i + 3] = 255;
    if (here > most) most = here;
    if (here > 0) differing++;
  }
  const count = a.length / 4;
  return {
    pixels,
    mean: count === 0 ? 0 : sum / (count * 3),
    most,
    share: count === 0 ? 0 : differing / count,
  };
}

function seen(pixels: Uint8ClampedArray, at: number, channel: number): number {
  return (pixels[at + channel]! * pixels[at + 3]!) / 255;
}
