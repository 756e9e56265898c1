/** How two images differ, pixel by pixel. */

export interface Difference {
  /** RGBA: the distance of each channel, times the gain. */
  readonly pixels: Uint8ClampedArray<ArrayBuffer>;
  /** Mean and largest distance of a channel, in what the images are given in. */
  readonly mean: number;
  readonly most: number;
  /** Share of pixels that differ at all. */
  readonly share: number;
}

/** Red, green, blue and alpha of 8 or 16 bits. */
export type Rgba = Uint8ClampedArray | Uint16Array;

/** The value of a channel that is full. */
export const fullOf = (pixels: Rgba): number => (pixels instanceof Uint16Array ? 65535 : 255);

/** @param a, b of the same size and as many bits; what is transparent counts as black as it is seen */
export function difference(a: Rgba, b: Rgba, gain: number): Difference {
  const pixels = new Uint8ClampedArray(a.length);
  const full = fullOf(a);
  const brightness = (gain * 255) / full;
  let [sum, most, differing] = [0, 0, 0];
  for (let i = 0; i < a.length; i += 4) {
    let here = 0;
    for (let c = 0; c < 3; c++) {
      const distance = Math.abs(seen(a, i, c, full) - seen(b, i, c, full));
      pixels[i + c] = distance * brightness;
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

function seen(pixels: Rgba, at: number, channel: number, full: number): number {
  return (pixels[at + channel]! * pixels[at + 3]!) / full;
}
