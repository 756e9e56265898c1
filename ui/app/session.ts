/** What the page knows of the server: status, catalog, and who wants to hear of new points. */
import { batch, computed, signal } from "@preact/signals";
import type { Catalog, Problem, RunInfo, Status, TagInfo } from "../../server/api/types.ts";
import { forgetEarly } from "../early/asked.ts";
import { describeError, fetchCatalog, fetchStatus } from "./api.ts";
import { connect } from "./live.ts";
import { RunColors } from "./run-colors.ts";
import { compareNames } from "./run-tree.ts";

export const status = signal<Status | null>(null);
export const catalog = signal<Catalog | null>(null);
/** Why the catalog could not be read the last time; null when it could. */
export const catalogError = signal<string | null>(null);
/** Grows when news may have been missed: whatever is drawn is to be asked for again. */
export const epoch = signal(0);

export const problems = computed<readonly Problem[]>(() => status.value?.problems ?? []);
/** Less left to read than this is the everyday news of a training run. */
const BEHIND_BYTES = 4e6;

/** Whether the server has much to read before it has seen everything. */
export const isCatchingUp = computed(() => {
  const loading = status.value?.loading;
  return loading?.loading === true && loading.bytes - loading.bytes_read > BEHIND_BYTES;
});

export const runColors = new RunColors();

/** Names of all runs in the order in which they are listed. */
export const runNames = computed(() => (catalog.value?.runs ?? []).map((run) => run.name).sort(compareNames));
/** Further names of runs, of those that have any. */
export const runAliases = computed(
  () =>
    new Map(
      (catalog.value?.runs ?? [])
        .filter((run) => run.aliases.length > 0)
        .map((run) => [run.name, run.aliases]),
    ),
);
export const runsById = computed(
  () => new Map<number, RunInfo>((catalog.value?.runs ?? []).map((run) => [run.id, run])),
);

/** Tags of one plugin, in the order of the catalog. */
export function tagsOf(plugin: string): TagInfo[] {
  return (catalog.value?.tags ?? []).filter((tag) => tag.plugin === plugin);
}

type PointsListener = (runs: readonly string[]) => void;
const listeners = new Map<number, Set<PointsListener>>();

/** Calls `listener` with the names of the runs in which the tag got points. Returns the way to stop. */
export function onPoints(tagId: number, listener: PointsListener): () => void {
  const set = listeners.get(tagId) ?? new Set();
  listeners.set(tagId, set.add(listener));
  return () => {
    set.delete(listener);
    if (set.size === 0 && listeners.get(tagId) === set) listeners.delete(tagId);
  };
}

function announce(changed: readonly (readonly [number, readonly number[]])[]): void {
  const byListener = new Map<PointsListener, string[]>();
  for (const [runId, tags] of changed) {
    const run = runsById.value.get(runId);
    if (!run) continue; // the catalog that names it is on its way, and whoever draws it will ask
    for (const tag of tags)
      for (const listener of listeners.get(tag) ?? []) {
        const runs = byListener.get(listener);
        if (runs) runs.push(run.name);
        else byListener.set(listener, [run.name]);
      }
  }
  for (const [listener, runs] of byListener) listener(runs);
}

const CATALOG_PAUSE_MS = 250;
let catalogBusy = false;
let catalogWanted = false;

/** Reads the catalog; calls that come while one is read are joined into one more. */
async function refreshCatalog(force = false): Promise<void> {
  catalogWanted = true;
  if (catalogBusy) return;
  catalogBusy = true;
  while (catalogWanted) {
    catalogWanted = false;
    try {
      const fresh = await fetchCatalog(force);
      if (fresh) {
        // What was asked early goes with the first catalog.
        if (catalog.peek()) forgetEarly();
        runColors.assign(fresh.runs);
        catalog.value = fresh;
      }
      catalogError.value = null;
      if (catalogWanted) await pause(CATALOG_PAUSE_MS);
    } catch (error) {
      catalogError.value = describeError(error);
    }
  }
  catalogBusy = false;
}

async function refreshStatus(): Promise<void> {
  try {
    status.value = await fetchStatus();
  } catch (error) {
    if (status.value === null) catalogError.value = describeError(error);
  }
}

function pause(ms: number): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, ms));
}

/** Starts everything: first answers, then the live stream. Resolves when status and catalog have come, or failed. */
export async function startSession(): Promise<void> {
  const first = Promise.all([refreshStatus(), refreshCatalog()]);
  let greeted = false;
  connect({
    hello({ instance, catalog_version }) {
      // What is on its way is not asked for once more.
      void first.then(() => {
        const known = catalog.value;
        const changed = known !== null && known.instance !== instance;
        if (changed || status.value === null) void refreshStatus();
        if (changed || known === null || known.version !== catalog_version) void refreshCatalog(changed);
      });
      // The stream may have been down for a while: what is drawn may be old.
      if (greeted) epoch.value++;
      greeted = true;
    },
    catalog: () => void refreshCatalog(),
    points: ({ changed }) => batch(() => announce(changed)),
    status(fresh) {
      status.value = fresh;
    },
  });
  await first;
}
