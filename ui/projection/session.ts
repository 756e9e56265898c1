/**
 * One set of vectors and all that is asked of it. What was found once (components, neighbours) is kept for the next
 * question; every array that an answer holds is the asker's own.
 */

import { clustersOf } from "./clusters/index.ts";
import { clusterNames } from "./clusters/names.ts";
import { customAxes } from "./custom-axes.ts";
import { startFromAxes, startFromPlaces } from "./layout/start.ts";
import { neighbourhoodFor, tsneLayout } from "./layout/tsne.ts";
import { UMAP_NEIGHBOURS, umapLayout } from "./layout/umap.ts";
import { LayoutControl } from "./layout-control.ts";
import { NEIGHBOURS, neighboursOf, neighbourTable } from "./neighbours/index.ts";
import { nearestRows } from "./neighbours/nearest.ts";
import { type NeighbourTable, nearestOf } from "./neighbours/table.ts";
import { neighbourOverlap } from "./overlap.ts";
import type { PrincipalAxes } from "./pca/axes.ts";
import { componentOf, pcaOf, principalAxes } from "./pca/index.ts";
import { PointSet } from "./point-set.ts";
import { randomNumbers } from "./random.ts";
import { trustOf } from "./trust.ts";
import type {
  ClusterName,
  ClusterNameOptions,
  ClusterOptions,
  Clusters,
  CustomOptions,
  Layout,
  LoadedVectors,
  LoadOptions,
  Nearest,
  NearestOptions,
  NeighbourOptions,
  Neighbours,
  Overlap,
  Pca,
  PcaOptions,
  TakeOptions,
  Trust,
  TrustOptions,
  TsneOptions,
  UmapOptions,
  Vectors,
} from "./types.ts";
import { WAITING, type Work } from "./work.ts";

/** Neighbours of the same rows in other vectors. */
interface OverlapWith {
  readonly k: number;
  readonly indices: Int32Array<ArrayBuffer>;
  /** Neighbours a row in `indices`. */
  readonly width: number;
}

function needPoints(count: number, what: string): void {
  if (count < 3)
    throw new RangeError(`${what} needs three points or more; there ${count === 1 ? "is" : "are"} ${count}`);
}

export class ProjectionSession {
  private loaded: PointSet | undefined;
  private table: { readonly key: string; readonly asked: number; readonly table: NeighbourTable } | undefined;
  private searching = false;
  private axes: { readonly key: string; readonly axes: PrincipalAxes } | undefined;

  /** Takes the vectors as its own: their array is empty afterwards. What was there before goes. */
  *load(args: { readonly vectors: Vectors; readonly options?: TakeOptions }): Work<LoadedVectors> {
    this.forget();
    this.loaded = undefined;
    this.loaded = yield* PointSet.load(args.vectors, args.options);
    return this.loaded.describe();
  }

  /** Another normalisation or metric; positions found before belong to the old one. */
  *prepare(options: LoadOptions): Work<LoadedVectors> {
    this.forget();
    yield* this.points.prepare(options);
    return this.points.describe();
  }

  // biome-ignore lint/correctness/useYield: every question is a generator, also one that is answered at once
  *vector(row: number): Work<Float32Array<ArrayBuffer> | null> {
    return this.points.vector(row);
  }

  *pca(options: PcaOptions): Work<Pca> {
    return yield* pcaOf(this.points, yield* this.axesFor(options), options.components);
  }

  /** Scores along one component of the last PCA. */
  *component(index: number): Work<Float32Array<ArrayBuffer>> {
    return yield* componentOf(this.points, this.axes?.axes ?? (yield* this.axesFor({})), index);
  }

  *custom(options: CustomOptions): Work<readonly Float32Array<ArrayBuffer>[]> {
    return yield* customAxes(this.points, options);
  }

  *neighbours(options: NeighbourOptions): Work<Neighbours> {
    return neighboursOf(this.points, yield* this.tableFor(options));
  }

  *umap(options: UmapOptions, control = new LayoutControl()): Work<Layout> {
    const { points } = this;
    const { neighbours: asked = UMAP_NEIGHBOURS } = options;
    if (!(asked >= 2)) throw new RangeError(`UMAP needs 2 neighbours or more, not ${asked}`);
    needPoints(points.count, "UMAP");
    // A point counts as its own neighbour, as in umap-learn.
    const table = yield* this.tableFor({ k: asked - 1 });
    const notes =
      table.k < asked - 1
        ? [`There are only ${points.count} points: ${table.k + 1} neighbours were used rather than ${asked}.`]
        : [];
    const start = yield* this.startFor(options);
    return yield* umapLayout(points, table, start, options, control, notes);
  }

  *tsne(options: TsneOptions, control = new LayoutControl()): Work<Layout> {
    const { points } = this;
    needPoints(points.count, "t-SNE");
    const neighbourhood = neighbourhoodFor(points.count, options.perplexity);
    const table = yield* this.tableFor({ k: neighbourhood.k });
    const start = yield* this.startFor(options);
    return yield* tsneLayout(points, table, start, options, neighbourhood, control);
  }

  *trust(options: TrustOptions): Work<Trust> {
    return yield* trustOf(this.points, options, (k) => this.tableFor({ k }));
  }

  *clusters(options: ClusterOptions): Work<Clusters> {
    return yield* clustersOf(this.points, options, (k) => this.tableFor({ k }));
  }

  *clusterNames(options: ClusterNameOptions): Work<readonly ClusterName[]> {
    return yield* clusterNames(options);
  }

  *nearest(options: NearestOptions): Work<Nearest> {
    return yield* nearestRows(this.points, options);
  }

  *overlap({ k, indices, width }: OverlapWith): Work<Overlap> {
    const here = neighboursOf(this.points, yield* this.tableFor({ k }));
    return neighbourOverlap({ indices: here.indices, width: here.k }, { indices, width }, k);
  }

  /** Where points start: where it was said, else by the first components. */
  private *startFor({
    dims = 3,
    start,
    seed = 42,
  }: UmapOptions | TsneOptions): Work<Float32Array<ArrayBuffer>> {
    if (start) return startFromPlaces(this.points, start, dims, randomNumbers(seed));
    return yield* startFromAxes(this.points, this.axes?.axes ?? (yield* this.axesFor({})), dims);
  }

  private get points(): PointSet {
    if (!this.loaded) throw new Error("no vectors are loaded");
    return this.loaded;
  }

  private forget(): void {
    this.axes = undefined;
    this.table = undefined;
  }

  /** The neighbours that are known, where they are enough; else they are looked for, by one asker at a time. */
  private *tableFor(options: NeighbourOptions): Work<NeighbourTable> {
    const { k = NEIGHBOURS, engine, seed } = options;
    const key = JSON.stringify([engine, seed]);
    while (this.searching) yield WAITING;
    const known = this.table;
    if (known?.key === key && known.asked >= k) return nearestOf(known.table, k);
    this.searching = true;
    try {
      // Where it changes before they are found, they belong to what was.
      const { points } = this;
      const table = yield* neighbourTable(points, { ...options, k });
      if (points === this.loaded) this.table = { key, asked: k, table };
      return table;
    } finally {
      this.searching = false;
    }
  }

  private *axesFor(options: PcaOptions): Work<PrincipalAxes> {
    const key = JSON.stringify([options.engine, options.seed, options.components]);
    if (this.axes?.key !== key) this.axes = { key, axes: yield* principalAxes(this.points, options) };
    return this.axes.axes;
  }
}
