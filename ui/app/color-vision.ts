/** Colours as people see them: in OKLab, with full colour vision and without red or green. */

export type Triple = readonly [number, number, number];

/** Linear light of red, green and blue, 0 to 255. */
export function linearLight([red, green, blue]: Triple): Triple {
  return [linearChannel(red), linearChannel(green), linearChannel(blue)];
}

function linearChannel(value: number): number {
  const share = value / 255;
  return share <= 0.04045 ? share / 12.92 : ((share + 0.055) / 1.055) ** 2.4;
}

export function times(matrix: readonly Triple[], [a, b, c]: Triple): Triple {
  const row = (r: Triple): number => r[0] * a + r[1] * b + r[2] * c;
  return [row(matrix[0]!), row(matrix[1]!), row(matrix[2]!)];
}

/** What is left of linear light: Machado, Oliveira and Fernandes 2009, severity 1. */
export const SIGHT = {
  full: [
    [1, 0, 0],
    [0, 1, 0],
    [0, 0, 1],
  ],
  protanopia: [
    [0.152286, 1.052583, -0.204868],
    [0.114503, 0.786281, 0.099216],
    [-0.003882, -0.048116, 1.051998],
  ],
  deuteranopia: [
    [0.367322, 0.860646, -0.227968],
    [0.280085, 0.672501, 0.047413],
    [-0.01182, 0.04294, 0.968881],
  ],
} as const satisfies Record<string, readonly Triple[]>;

export type Sight = keyof typeof SIGHT;

/** OKLab (Ottosson 2020) of linear light. */
export function oklab(light: Triple): Triple {
  const [l, m, s] = times(
    [
      [0.4122214708, 0.5363325363, 0.0514459929],
      [0.2119034982, 0.6806995451, 0.1073969566],
      [0.0883024619, 0.2817188376, 0.6299787005],
    ],
    // What lies outside of the gamut after the matrix is no light at all.
    [Math.max(0, light[0]), Math.max(0, light[1]), Math.max(0, light[2])],
  );
  return times(
    [
      [0.2104542553, 0.793617785, -0.0040720468],
      [1.9779984951, -2.428592205, 0.4505937099],
      [0.0259040371, 0.7827717662, -0.808675766],
    ],
    [Math.cbrt(l), Math.cbrt(m), Math.cbrt(s)],
  );
}

/** A colour, red, green and blue from 0 to 255, as each kind of sight has it in OKLab. */
export function seenAs(color: Triple): Readonly<Record<Sight, Triple>> {
  const light = linearLight(color);
  const seen = (sight: Sight): Triple => oklab(times(SIGHT[sight], light));
  return { full: seen("full"), protanopia: seen("protanopia"), deuteranopia: seen("deuteranopia") };
}

export function distance(a: Triple, b: Triple): number {
  return Math.hypot(a[0] - b[0], a[1] - b[1], a[2] - b[2]);
}

export function luminance([r, g, b]: Triple): number {
  return 0.2126 * r + 0.7152 * g + 0.0722 * b;
}
