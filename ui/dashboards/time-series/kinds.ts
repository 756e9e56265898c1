/** The kinds of cards of this page. A kind's code is fetched when the first of its cards is near the screen. */
import { signal } from "@preact/signals";
import { describeError } from "../../app/api.ts";
import type { CardsPer } from "../../board/board.tsx";
import type { CardKind } from "../../board/card-kind.ts";
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

/** What has come of the kinds' code. */
const loaded = signal<ReadonlyMap<string, CardKind>>(new Map());
/** Why a kind's code could not be had, in words. */
const failed = signal<ReadonlyMap<string, string>>(new Map());
const coming = new Set<string>();

/** A kind's card and controls: null until its code is here. Reads a signal. */
export function loadedKind(plugin: string): CardKind | null {
  return loaded.value.get(plugin) ?? null;
}

export function kindProblem(plugin: string): string | null {
  return failed.value.get(plugin) ?? null;
}

/** Fetches a kind's code, unless it is here or on its way. */
export function wantKind(plugin: string): void {
  const kind = KINDS.find((one) => one.plugin === plugin);
  if (!kind || loaded.peek().has(plugin) || coming.has(plugin)) return;
  coming.add(plugin);
  kind.load().then(
    (module) => {
      loaded.value = new Map(loaded.peek()).set(plugin, module.kind);
    },
    (reason: unknown) => {
      coming.delete(plugin);
      failed.value = new Map(failed.peek()).set(plugin, describeError(reason));
    },
  );
}
