/** The kinds of cards of this page. A kind's code is fetched when the first of its cards is near the screen. */
import type { CardsPer } from "../../board/board.tsx";
import type { CardKind } from "../../board/card-kind.ts";
import { late } from "../../board/late.ts";
import { mode } from "../histograms/settings.ts";

export interface Kind {
  readonly plugin: string;
  readonly title: string;
  /** Whether it has a card a tag or a card a run. Reads signals. */
  per(): CardsPer;
  load(): Promise<{ readonly kind: CardKind }>;
}

export const KINDS: readonly Kind[] = [
  { plugin: "scalars", title: "Scalars", per: () => "tag", load: () => import("../scalars/index.tsx") },
  {
    plugin: "histograms",
    title: "Histograms",
    per: () => (mode.value === "runs" ? "tag" : "run"),
    load: () => import("../histograms/index.tsx"),
  },
  { plugin: "images", title: "Images", per: () => "tag", load: () => import("../images/index.tsx") },
];

export const PLUGINS = KINDS.map(({ plugin }) => plugin);

const codes = new Map(KINDS.map(({ plugin, load }) => [plugin, late(async () => (await load()).kind)]));

/** A kind's card and controls: null until its code is here. Reads a signal. */
export function loadedKind(plugin: string): CardKind | null {
  return codes.get(plugin)?.value.value ?? null;
}

/** Why a kind's code could not be had, in words. Reads a signal. */
export function kindProblem(plugin: string): string | null {
  return codes.get(plugin)?.problem.value ?? null;
}

/** Fetches a kind's code, unless it is here or on its way. */
export function wantKind(plugin: string): void {
  codes.get(plugin)?.want();
}
