/**
 * A colour for every run. Runs are served in the order in which they started, so a run keeps its colour when
 * later ones arrive, on every page that shows the same log directory, and the first runs get the colours that
 * are easiest to tell apart. Ten hues come in three depths each before a colour repeats.
 */

export type Scheme = "light" | "dark";

interface Hue {
  readonly light: readonly [string, string, string];
  readonly dark: readonly [string, string, string];
}

/**
 * Found by search: within its hue each colour has the lightness and chroma that keep the ten furthest apart in
 * OKLab, for full colour vision, protanopia and deuteranopia alike, at 3:1 or more against the card. The first
 * six are furthest apart. test/ui/run-colors.test.ts holds the distances.
 */
const HUES: readonly Hue[] = [
  { light: ["#3056c8", "#153193", "#6785cd"], dark: ["#3a8afe", "#085bc5", "#83aeee"] },
  { light: ["#d47b0e", "#9e5b08", "#efad72"], dark: ["#e87803", "#a75400", "#e9aa80"] },
  { light: ["#3ba08f", "#177669", "#8bc2b6"], dark: ["#59ca9a", "#27996e", "#a8e0c4"] },
  { light: ["#7b0779", "#480047", "#92558f"], dark: ["#bf4eb1", "#8b2080", "#c688bc"] },
  { light: ["#654300", "#3a2400", "#8e6728"], dark: ["#ffd243", "#caa307", "#a08a4a"] },
  { light: ["#b271fb", "#884ec6", "#d0aefe"], dark: ["#d5afff", "#ad74e5", "#eadbfe"] },
  { light: ["#097182", "#074955", "#5196a5"], dark: ["#b4e5fe", "#6fb7db", "#7197ab"] },
  { light: ["#e01f49", "#a3002f", "#ec7d83"], dark: ["#f84371", "#bc0648", "#f1909e"] },
  { light: ["#477403", "#2c4c00", "#77965c"], dark: ["#a7fea6", "#7acb7a", "#7aa679"] },
  { light: ["#273748", "#69798b", "#4f5965"], dark: ["#959fb8", "#697288", "#b9becd"] },
];

const DEPTHS = 3;

/** How many colours have a hue of their own. */
export const HUE_COUNT = HUES.length;

/** The colour of the n-th run. */
export function colorAt(index: number, scheme: Scheme): string {
  const hue = HUES[index % HUES.length]!;
  return hue[scheme][Math.floor(index / HUES.length) % DEPTHS]!;
}

interface StartedRun {
  readonly name: string;
  readonly start_time: number | null;
}

/** Hands out places in the palette and remembers them, so that a run that vanishes moves nobody. */
export class RunColors {
  #places = new Map<string, number>();

  /** Gives every run a place; those already placed keep theirs. */
  assign(runs: readonly StartedRun[]): void {
    const fresh = runs.filter((run) => !this.#places.has(run.name));
    fresh.sort(
      (a, b) =>
        (a.start_time ?? Number.POSITIVE_INFINITY) - (b.start_time ?? Number.POSITIVE_INFINITY) ||
        (a.name < b.name ? -1 : 1),
    );
    for (const run of fresh) this.#places.set(run.name, this.#places.size);
  }

  color(run: string, scheme: Scheme): string {
    return colorAt(this.#places.get(run) ?? 0, scheme);
  }
}
