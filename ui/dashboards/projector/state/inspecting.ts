/** What is asked about the point that is looked at, and about the picture as a whole. */
import { computed, effect, signal } from "@preact/signals";
import type { ClusterTrait, MetadataColumn, Nearest, Positions } from "../../../projection/types.ts";
import { type Column, isCategorical } from "../data/columns.ts";
import { clusters, distances, labelling, trust } from "./looks.ts";
import { main } from "./pane.ts";
import { selection } from "./selection.ts";
import { colorBy, metric, neighbourCount, OURS } from "./settings.ts";

/** Neighbours of the point that is looked at. */
export const nearest = signal<(Nearest & { readonly of: number }) | null>(null);
export const nearestError = signal<string | null>(null);
/** How long the search for them took, milliseconds; tests and the bench read it. */
export const nearestMillis = signal(0);

const BINS = 40;

/** Finds the neighbours of a row in the space of the vectors. */
export async function findNearest(row: number): Promise<void> {
  const { client } = main;
  if (!client) return;
  const start = performance.now();
  try {
    const found = await client.nearest({
      of: row,
      k: neighbourCount.peek(),
      metric: metric.peek(),
      bins: BINS,
    });
    nearestMillis.value = performance.now() - start;
    nearest.value = { ...found, of: row };
    nearestError.value = null;
    const known = new Float64Array(main.rows.peek()).fill(Number.NaN);
    for (const [i, other] of found.rows.entries()) known[other] = found.distances[i]!;
    known[row] = 0;
    distances.value = known;
  } catch (error) {
    nearest.value = null;
    nearestError.value = error instanceof Error ? error.message : String(error);
  }
}

/** Rows that get a ring and a name beside those selected: the nearest few. */
export const overlaid = computed<readonly number[]>(() => [...(nearest.value?.rows.slice(0, 30) ?? [])]);

/** Whether it was asked how far to believe a picture: then every picture that follows is measured too. */
const trustWanted = signal(false);
/** The places that were measured last. */
let measured: Positions | null = null;
/** Whether that is done beside everything else. */
export const measuringTrust = signal(false);

export async function measureTrust(): Promise<void> {
  const picture = main.picture.peek();
  const { client } = main;
  if (!picture || !client) return;
  try {
    trust.value = await main.run("Measuring how far to believe the picture", (task) =>
      client.trust({ positions: picture.positions }, task),
    );
    measured = picture.positions;
    trustWanted.value = true;
  } catch (error) {
    main.fail(error);
  }
}

const isBusy = computed(() => main.task.value !== null);
/** What is on the screen, once it stays; null while a layout runs. */
const settled = computed(() => {
  const picture = main.picture.value;
  return picture?.glide ? picture.positions : null;
});

/** Measures pictures that follow the first one while the worker has nothing else to do. Returns the way to stop. */
export function followTrust(): () => void {
  return effect(() => {
    const positions = settled.value;
    const { client } = main;
    if (!trustWanted.value || isBusy.value || !positions || !client || positions === measured) return;
    const own = new AbortController();
    measuringTrust.value = true;
    client
      .trust({ positions }, { signal: own.signal })
      .then(
        (found) => {
          if (own.signal.aborted) return;
          measured = positions;
          trust.value = found;
        },
        (error: unknown) => {
          if (!own.signal.aborted) main.fail(error);
        },
      )
      .finally(() => {
        if (!own.signal.aborted) measuringTrust.value = false;
      });
    return () => {
      own.abort(new DOMException("given up for something else", "AbortError"));
      measuringTrust.value = false;
    };
  });
}

/** Finds clusters in the picture, names them by their metadata, and colours by them. */
export async function findClusters(of: "picture" | "vectors", minSize?: number): Promise<void> {
  const picture = main.picture.peek();
  const { client } = main;
  const columns = main.data.peek()?.columns ?? [];
  if (!picture || !client) return;
  try {
    clusters.value = await main.run("Finding clusters", async (task) => {
      const found = await client.clusters(
        { of: of === "vectors" ? "vectors" : picture.positions, ...(minSize !== undefined && { minSize }) },
        task,
      );
      const names = await client.clusterNames(
        { labels: found.labels, columns: columns.map(toMetadata), ...medoidsIn(found.medoids) },
        task,
      );
      return { ...found, names };
    });
    colorBy.value = OURS.clusters;
  } catch (error) {
    main.fail(error);
  }
}

/** What sets the selected points apart from all others. */
export const selectionTraits = signal<readonly ClusterTrait[]>([]);

export async function explainSelection(): Promise<void> {
  const { rows, has } = selection.peek();
  const total = main.rows.peek();
  const columns = main.data.peek()?.columns ?? [];
  if (rows.length < 2 || rows.length === total || columns.length === 0 || !main.client) {
    selectionTraits.value = [];
    return;
  }
  const labels = Int32Array.from({ length: total }, (_, row) => (has(row) ? 0 : -1));
  const [name] = await main.client.clusterNames({ labels, columns: columns.map(toMetadata) });
  if (selection.peek().rows === rows) selectionTraits.value = name?.traits ?? [];
}

/** Few numbers are classes, as they are for the colours: "digit is 7" says more than "digit is high". */
function toMetadata(column: Column): MetadataColumn {
  const { name, values, indices, numbers } = column;
  return numbers && !isCategorical(column) ? { name, numbers } : { name, codes: indices, values };
}

/** Where nothing sets a cluster apart, the name of the point in its middle says most. */
function medoidsIn(rows: readonly number[]) {
  const column = labelling.peek()?.name;
  return column === undefined ? {} : { medoids: { rows, column } };
}

/** For other points or another picture: what was found out is about the old ones. */
export function forgetPicture(): void {
  trust.value = null;
  measured = null;
}

export function forgetPoints(): void {
  forgetPicture();
  clusters.value = null;
  nearest.value = null;
  distances.value = null;
  selectionTraits.value = [];
}
