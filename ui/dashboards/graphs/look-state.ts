/** The picture's look as a signal: made anew when the theme, the colouring, or what is chosen changes. */
import { computed, type ReadonlySignal, signal } from "@preact/signals";
import type { GraphTrace } from "../../../graph/views.ts";
import { largest } from "../../../values/extremes.ts";
import { scheme } from "../../app/theme.ts";
import { type Colouring, type Fill, fillOf, palette, timeOf } from "./canvas/colours.ts";
import { didNotRun, type Look, readGraphTheme } from "./canvas/look.ts";
import { currentStep } from "./choices.ts";
import type { GraphModel } from "./graph-model.ts";
import { reachedIds } from "./picture/trace.ts";
import { colourBy, selectedIds, timeKind } from "./state.ts";

/** Box that the pointer is on. */
export const pointedId = signal<string | null>(null);
/** Names that a panel points at: hits of the search, what is alive at a moment. */
export const markedNames = signal<ReadonlySet<string>>(new Set());
/** What a comparison says of names, -1 to 1. */
export const comparedNames = signal<ReadonlyMap<string, number>>(new Map());
/** The same of the names of the other graph. */
export const comparedOthers = signal<ReadonlyMap<string, number>>(new Map());

export interface Looks {
  readonly colouring: ReadonlySignal<Colouring>;
  readonly look: ReadonlySignal<Look>;
  /** Ids that the trace reaches; null while nothing is traced. */
  readonly traced: ReadonlySignal<ReadonlySet<string> | null>;
}

/** `names` is what a comparison says of this graph's names, `trace` what is traced through it. */
export function createLooks(
  { root, shown }: Pick<GraphModel, "root" | "shown">,
  names: ReadonlySignal<ReadonlyMap<string, number>>,
  trace: ReadonlySignal<GraphTrace | null>,
): Looks {
  const colouring = computed<Colouring>(() => {
    const scope = root.value;
    const compared = names.value;
    const children = scope?.children ?? [];
    return {
      by: colourBy.value,
      time: timeKind.value,
      palette: palette(scheme.value === "dark"),
      devices: Object.keys(scope?.totals.devices ?? {}).filter((device) => device !== ""),
      clusters: Object.keys(scope?.totals.xla_clusters ?? {}),
      ops: byCount(scope?.totals.ops ?? {}),
      mostMicros: largest(
        children.map((child) => timeOf(child.stats, timeKind.value) ?? 0),
        0,
      ),
      mostBytes: largest(
        children.map((child) => child.stats?.bytes ?? 0),
        0,
      ),
      compared: (name) => compared.get(name) ?? null,
    };
  });
  const traced = computed(() => {
    const { frames } = shown.value;
    return trace.value && frames ? reachedIds(frames, trace.value) : null;
  });
  const look = computed<Look>(() => makeLook(colouring.value, traced.value));
  return { colouring, look, traced };
}

function makeLook(colouring: Colouring, traced: ReadonlySet<string> | null): Look {
  const fills = new Map<unknown, Fill>();
  const showsStats = currentStep.value !== null && (colouring.by === "time" || colouring.by === "memory");
  const chosen = new Set(selectedIds.value);
  const marked = markedNames.value;
  return {
    theme: readGraphTheme(colouring.palette.dark),
    fill(box) {
      let fill = fills.get(box.item);
      if (!fill) {
        fill = box.item ? fillOf(box.item, colouring) : [];
        fills.set(box.item, fill);
      }
      return fill;
    },
    isFaint: (box) => (traced !== null && !traced.has(box.id)) || (showsStats && didNotRun(box)),
    selected: selectedIds.value.at(-1) ?? null,
    get pointed() {
      return pointedId.peek();
    },
    isStrong: (line) =>
      traced !== null
        ? traced.has(line.edge.from) && traced.has(line.edge.to)
        : chosen.has(line.edge.from) || chosen.has(line.edge.to),
    isMarked: (box) => chosen.has(box.id) || (box.item !== null && marked.has(box.item.name)),
  };
}

/** Kinds of operations, the most frequent first. */
export function byCount(counts: Readonly<Record<string, number>>): string[] {
  return Object.entries(counts)
    .sort(([a, n], [b, m]) => m - n || (a < b ? -1 : 1))
    .map(([name]) => name);
}
