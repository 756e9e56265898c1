/** Colours beyond the first: each as far from all before it as there is room, for colour-blind people as for others. */
import { linearLight, luminance, seenAs, type Triple } from "../../../app/color-vision.ts";
import type { Scheme } from "../../../app/run-colors.ts";
import type { Rgb } from "./palettes.ts";

/** What stands off the ground: luminance of the darkest and of the lightest. */
const LUMINANCE: Readonly<Record<Scheme, readonly [number, number]>> = {
  light: [0.01, 0.5],
  dark: [0.09, 0.95],
};
/** Between levels of a channel from which colours are taken. */
const STEP = 25.5;
/** Colour-blind people see fewer colours: their distances would leave most of them out. */
const WEIGHT_OF_BLIND = 1.6;

type Seen = ReturnType<typeof seenAs>;

interface Candidate {
  readonly color: Rgb;
  readonly seen: Seen;
  /** How far the nearest colour is that is taken. */
  nearest: number;
}

/** A palette that grows as far as it is asked for. */
export class FurtherColors {
  readonly #colors: Rgb[] = [];
  readonly #candidates: Candidate[];

  /** @param taken the colours before these */
  constructor(scheme: Scheme, taken: readonly Rgb[]) {
    this.#candidates = candidatesFor(scheme);
    for (const color of taken) this.#take(seenAs(color));
  }

  at(index: number): Rgb {
    while (this.#colors.length <= index) {
      const best = this.#candidates.reduce((a, b) => (b.nearest > a.nearest ? b : a));
      this.#colors.push(best.color);
      this.#take(best.seen);
    }
    return this.#colors[index]!;
  }

  #take(seen: Seen): void {
    for (const candidate of this.#candidates)
      candidate.nearest = Math.min(candidate.nearest, between(candidate.seen, seen));
  }
}

/** Squared: only which is nearer counts. */
function between(a: Seen, b: Seen): number {
  const blind = Math.min(apart(a.protanopia, b.protanopia), apart(a.deuteranopia, b.deuteranopia));
  return Math.min(apart(a.full, b.full), WEIGHT_OF_BLIND ** 2 * blind);
}

function apart(a: Triple, b: Triple): number {
  return (a[0] - b[0]) ** 2 + (a[1] - b[1]) ** 2 + (a[2] - b[2]) ** 2;
}

function candidatesFor(scheme: Scheme): Candidate[] {
  const levels = Array.from({ length: 255 / STEP + 1 }, (_, i) => Math.round(i * STEP));
  const [darkest, lightest] = LUMINANCE[scheme];
  return levels.flatMap((red) =>
    levels.flatMap((green) =>
      levels.flatMap((blue) => {
        const color: Rgb = [red, green, blue];
        const light = luminance(linearLight(color));
        if (light < darkest || light > lightest) return [];
        return [{ color, seen: seenAs(color), nearest: Number.POSITIVE_INFINITY }];
      }),
    ),
  );
}
