/** Colours of points: categories, safe for colour-blind people as runs' colours are, and scales that grow lighter evenly. */
import { colorAt, HUE_COUNT, type Scheme } from "../../../app/run-colors.ts";
import { FurtherColors } from "./further-colors.ts";

/** Categories before one has the colour of another. */
export const MOST_COLORS = 256;

/** Red, green, blue, 0 to 255. */
export type Rgb = readonly [number, number, number];

export const GREY: Readonly<Record<Scheme, Rgb>> = { light: [196, 201, 208], dark: [66, 74, 84] };
/** Points that nothing colours. */
export const PLAIN: Readonly<Record<Scheme, Rgb>> = { light: [58, 90, 152], dark: [120, 165, 230] };

/** @param hex `#rrggbb`, or `#rgb` as style sheets that were made small have it */
export function rgbOf(hex: string): Rgb {
  const digits = hex.slice(1);
  const value = Number.parseInt(digits.length === 3 ? digits.replace(/./g, "$&$&") : digits, 16);
  return [value >> 16, (value >> 8) & 255, value & 255];
}

const further: Partial<Record<Scheme, FurtherColors>> = {};

/** The colour of the n-th category: runs' hues first, then others that differ from all before. */
export function categoryColor(index: number, scheme: Scheme): Rgb {
  if (index < HUE_COUNT) return rgbOf(colorAt(index, scheme));
  further[scheme] ??= new FurtherColors(scheme, [
    GREY[scheme],
    ...Array.from({ length: HUE_COUNT }, (_, i) => rgbOf(colorAt(i, scheme))),
  ]);
  return further[scheme].at((index - HUE_COUNT) % (MOST_COLORS - HUE_COUNT));
}

/** Viridis at even steps, for colour-blind people as for others (van der Walt and Smith, 2015). */
const VIRIDIS: readonly Rgb[] = [
  [68, 1, 84],
  [71, 44, 122],
  [59, 81, 139],
  [44, 113, 142],
  [33, 144, 141],
  [39, 173, 129],
  [92, 200, 99],
  [170, 220, 50],
  [253, 231, 37],
];

/** A share of a scale, 0 to 1, as a colour that stands off the ground: the ends that would not are left out. */
export function scaleColor(share: number, scheme: Scheme): Rgb {
  const [from, to] = scheme === "light" ? [0, 0.86] : [0.22, 1];
  const at = Math.min(1, Math.max(0, from + share * (to - from))) * (VIRIDIS.length - 1);
  const low = Math.min(VIRIDIS.length - 2, Math.floor(at));
  const [a, b] = [VIRIDIS[low]!, VIRIDIS[low + 1]!];
  const part = at - low;
  return [
    Math.round(a[0] + part * (b[0] - a[0])),
    Math.round(a[1] + part * (b[1] - a[1])),
    Math.round(a[2] + part * (b[2] - a[2])),
  ];
}

export const cssOf = ([red, green, blue]: Rgb): string => `rgb(${red} ${green} ${blue})`;
