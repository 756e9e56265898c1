/** What colours mean: structure, device, time, memory, kind of operation, whether a TPU runs it, XLA's clusters. */
import type { GraphChild, GraphStats } from "../../../../graph/views.ts";
import { DIFF_INSIDE, DIFF_MARKS } from "../compare/compared.ts";
import type { Item } from "../picture/items.ts";

export type ColourBy = "structure" | "none" | "device" | "time" | "memory" | "op" | "tpu" | "xla" | "compare";
export type TimeKind = "sum" | "span" | "self";

export type Rgb = readonly [number, number, number];

/** One colour, or several by their shares. */
export type Fill = readonly { readonly colour: Rgb; readonly share: number }[];

/** Hues of TensorBoard's structure colours, told apart by its users. */
const HUES = [220, 100, 180, 40, 20, 340, 260, 300, 140, 60];

export interface Palette {
  readonly dark: boolean;
  readonly neutral: Rgb;
  readonly open: Rgb;
  readonly cold: Rgb;
  readonly hot: Rgb;
  readonly good: Rgb;
  readonly bad: Rgb;
  readonly changed: Rgb;
  readonly moved: Rgb;
  readonly inside: Rgb;
}

export function palette(dark: boolean): Palette {
  return dark
    ? {
        dark,
        neutral: [52, 60, 72],
        open: [24, 29, 36],
        cold: [58, 50, 52],
        hot: [226, 84, 60],
        good: [38, 120, 76],
        bad: [150, 52, 50],
        changed: [168, 122, 20],
        moved: [58, 92, 164],
        inside: [82, 72, 44],
      }
    : {
        dark,
        neutral: [232, 235, 240],
        open: [249, 250, 252],
        cold: [255, 245, 240],
        hot: [251, 106, 74],
        good: [128, 206, 158],
        bad: [238, 138, 128],
        changed: [245, 200, 80],
        moved: [146, 182, 240],
        inside: [247, 231, 188],
      };
}

/** A colour for the n-th of a set of things. */
export function categorical(index: number, { dark }: Palette): Rgb {
  const hue = HUES[index % HUES.length]!;
  const round = Math.floor(index / HUES.length) % 3;
  const saturation = (90 - 60 * Math.sin(((hue / 360) * 2 * Math.PI) / 2)) / 100;
  return dark ? hsl(hue, saturation * 0.7, 0.33 - round * 0.06) : hsl(hue, saturation, 0.8 + round * 0.06);
}

export function heat(share: number, { cold, hot }: Palette): Rgb {
  const t = Math.max(0, Math.min(1, share));
  return [0, 1, 2].map((i) => Math.round(cold[i]! + (hot[i]! - cold[i]!) * t)) as unknown as Rgb;
}

export function css([r, g, b]: Rgb, alpha = 1): string {
  return alpha === 1 ? `rgb(${r} ${g} ${b})` : `rgb(${r} ${g} ${b} / ${alpha})`;
}

/** Whether dark text reads better on it than light. */
export function wantsDarkText([r, g, b]: Rgb): boolean {
  const linear = (value: number): number => ((value / 255 + 0.055) / 1.055) ** 2.4;
  return 0.2126 * linear(r) + 0.7152 * linear(g) + 0.0722 * linear(b) > 0.2;
}

function hsl(hue: number, saturation: number, lightness: number): Rgb {
  const part = (n: number): number => {
    const k = (n + hue / 30) % 12;
    const a = saturation * Math.min(lightness, 1 - lightness);
    return Math.round(255 * (lightness - a * Math.max(-1, Math.min(k - 3, 9 - k, 1))));
  };
  return [part(0), part(8), part(4)];
}

export function timeOf(stats: GraphStats | null | undefined, kind: TimeKind): number | null {
  if (!stats) return null;
  return kind === "sum" ? stats.sum_micros : kind === "span" ? stats.span_micros : stats.self_micros;
}

/** What colours are made from, beside the item itself. */
export interface Colouring {
  readonly by: ColourBy;
  readonly time: TimeKind;
  readonly palette: Palette;
  /** Devices, XLA's clusters and kinds of operations in the order of the legend. */
  readonly devices: readonly string[];
  readonly clusters: readonly string[];
  readonly ops: readonly string[];
  /** Ends of the scales, over the children of the root. */
  readonly mostMicros: number;
  readonly mostBytes: number;
  /** What a comparison says of a name: -1 faster … 1 slower; null for nothing. */
  readonly compared: (name: string) => number | null;
}

export function fillOf(item: Item, colouring: Colouring): Fill {
  const { by, palette: colours } = colouring;
  const { child } = item;
  const one = (colour: Rgb): Fill => [{ colour, share: 1 }];
  if (!child && by !== "compare") return one(colours.neutral);
  switch (by) {
    case "structure":
      return one(child?.structure == null ? colours.neutral : categorical(child.structure, colours));
    case "device":
      return shares(
        child!.devices,
        (device) => categorical(colouring.devices.indexOf(device), colours),
        colours,
      );
    case "time":
      return one(scaled(timeOf(child!.stats, colouring.time), colouring.mostMicros, colours));
    case "memory":
      return one(scaled(child!.stats ? child!.stats.bytes : null, colouring.mostBytes, colours));
    case "op": {
      const index = child!.op === null ? -1 : colouring.ops.indexOf(child!.op);
      return one(index < 0 ? colours.neutral : categorical(index, colours));
    }
    case "tpu":
      return tpuFill(child!, colours);
    case "xla":
      return shares(
        child!.xla_clusters,
        (cluster) => categorical(colouring.clusters.indexOf(cluster), colours),
        colours,
        child!.cardinality,
      );
    case "compare":
      return one(difference(colouring.compared(item.name), colours));
    default:
      return one(colours.neutral);
  }
}

function scaled(value: number | null, most: number, colours: Palette): Rgb {
  return value === null ? colours.neutral : heat(most > 0 ? value / most : 0, colours);
}

function tpuFill(child: GraphChild, colours: Palette): Fill {
  const good = child.cardinality > 0 ? child.tpu_compatible / child.cardinality : 0;
  return [
    { colour: colours.good, share: good },
    { colour: colours.bad, share: 1 - good },
  ].filter((part) => part.share > 0);
}

/** Between slower (as hot) and faster (as good); what a difference of graphs marks beyond that scale is neither. */
export function difference(share: number | null, colours: Palette): Rgb {
  if (share === null) return colours.neutral;
  if (share === DIFF_MARKS.changed) return colours.changed;
  if (share === DIFF_MARKS.moved) return colours.moved;
  if (share === DIFF_INSIDE) return colours.inside;
  const end = share > 0 ? colours.hot : colours.good;
  const t = Math.min(1, Math.abs(share));
  return [0, 1, 2].map((i) =>
    Math.round(colours.neutral[i]! + (end[i]! - colours.neutral[i]!) * t),
  ) as unknown as Rgb;
}

/** @param all of which the counts are parts; what is left is neutral */
function shares(
  counts: Readonly<Record<string, number>>,
  colour: (name: string) => Rgb,
  colours: Palette,
  all = 0,
): Fill {
  const entries = Object.entries(counts).filter(([name, n]) => name !== "" && n > 0);
  const told = entries.reduce((sum, [, n]) => sum + n, 0);
  if (told === 0) return [{ colour: colours.neutral, share: 1 }];
  const total = Math.max(all, told);
  const parts = entries.map(([name, n]) => ({ colour: colour(name), share: n / total }));
  return told < total ? [...parts, { colour: colours.neutral, share: 1 - told / total }] : parts;
}
