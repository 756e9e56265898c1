/**
 * What the projector's mathematics takes and gives: plain data, the same in workers, Node and pages.
 *
 * Rows are numbered as they were loaded, everywhere. A row with a NaN or an infinity is left out: nothing is computed
 * from it, `LoadedVectors.leftOut` names it, its positions are NaN, its labels -1 and it is nobody's neighbour.
 */

/** High-dimensional points: row after row in one array. */
export interface Vectors {
  readonly data: Float32Array<ArrayBuffer>;
  readonly rows: number;
  readonly dims: number;
}

/** `cosine` is one less the cosine of the angle; `euclidean` is the distance itself, not its square. */
export type Metric = "cosine" | "euclidean";

/** `sphere`: less the centroid, then of length one, as stock's "Spherize data" has it. `none`: as they are. */
export type Normalise = "sphere" | "none";

/** Stock turns normalisation on from so many dimensions on (THRESHOLD_DIM_NORMALIZE in vz-projector.ts). */
export const SPHERE_FROM_DIMS = 50;

export interface LoadOptions {
  /** Default: `sphere` from 50 dimensions on, as stock has it. */
  readonly normalise?: Normalise;
  /** What neighbours are near by: default `cosine`, as stock has it. */
  readonly metric?: Metric;
}

/** How vectors are taken. */
export interface TakeOptions extends LoadOptions {
  /** So many rows taken by chance, the same for the same seed; the others have no place. Default: all rows. */
  readonly sample?: { readonly rows: number; readonly seed: number };
}

export interface LoadedVectors {
  readonly rows: number;
  readonly dims: number;
  readonly normalise: Normalise;
  readonly metric: Metric;
  /** Rows with a NaN or an infinity, ascending; of the sample where there is one. */
  readonly leftOut: Uint32Array<ArrayBuffer>;
  /** How many rows are computed with: those that are neither left out nor outside of the sample. */
  readonly used: number;
  /** How many rows are equal to an earlier one. */
  readonly duplicates: number;
  /** How many dimensions have the same value in all rows. */
  readonly constantDims: number;
}

/** How far something is; `of` is 0 where that is not known. */
export interface Progress {
  readonly stage: Stage;
  readonly done: number;
  readonly of: number;
}

export type Stage =
  | "load"
  | "covariance"
  | "eigenvectors"
  | "scores"
  | "neighbours"
  | "recall"
  | "graph"
  | "layout"
  | "ranks"
  | "clusters";

export interface PcaOptions {
  /** How many columns of scores; default 10, as stock has it. Others come from `component`. */
  readonly components?: number;
  /** Of the randomised engine; the exact one has no chance in it. */
  readonly seed?: number;
  /** Default: exact, but where that would take long (beyond some 1,500 dimensions and as many rows). */
  readonly engine?: "exact" | "randomised";
}

export interface Pca {
  /** A column of all rows for each component asked for; fewer where the vectors have fewer dimensions or rows. */
  readonly scores: readonly Float32Array<ArrayBuffer>[];
  /** Variance along each component that is known, largest first: all of them where exact. */
  readonly variances: Float64Array<ArrayBuffer>;
  /** The variance of all dimensions together, so that `variances[i] / totalVariance` is the share explained. */
  readonly totalVariance: number;
  /** Whether from the whole covariance; else by randomised subspace iteration. */
  readonly exact: boolean;
}

export interface NeighbourOptions {
  /** Neighbours of each row, without itself; default 15. Fewer where there are fewer rows. */
  readonly k?: number;
  readonly seed?: number;
  /** Default: exact up to some 10,000 rows, an approximate index beyond. */
  readonly engine?: "exact" | "approximate";
}

/** The nearest rows of every row, nearest first. */
export interface Neighbours {
  readonly k: number;
  /** rows × k row numbers; -1 at rows left out. */
  readonly indices: Int32Array<ArrayBuffer>;
  /** rows × k distances in the metric; NaN at rows left out. */
  readonly distances: Float32Array<ArrayBuffer>;
  readonly exact: boolean;
  /** Share of the true neighbours found, measured on `recallRows` rows; 1 where exact. */
  readonly recall: number;
  /** How many rows recall was measured on; 0 where exact. */
  readonly recallRows: number;
}

/** Places in two or three dimensions: row after row. */
export interface Positions {
  readonly data: Float32Array<ArrayBuffer>;
  readonly dims: 2 | 3;
}

/** Labels that pull rows of a kind together. */
export interface Supervision {
  /** A class for each row; -1 where it is not known. */
  readonly labels: Int32Array<ArrayBuffer>;
  /** 0 (none) to 100, as stock's slider. */
  readonly strength: number;
}

interface LayoutOptions {
  /** Default 3, as stock has it. */
  readonly dims?: 2 | 3;
  /** The same seed gives the same picture. Default 42. */
  readonly seed?: number;
  /** Where rows start, in as many dimensions; NaN where that is not known. Default: the first components. */
  readonly start?: Positions;
  readonly supervision?: Supervision;
}

export interface UmapOptions extends LayoutOptions {
  /** Neighbours, 2 or more; default 15. */
  readonly neighbours?: number;
  /** How close points may lie, 0 to 1; default 0.1. */
  readonly minDist?: number;
  /** Passes over the graph; default 500 to 200, fewer the more rows, as umap-js has it. */
  readonly epochs?: number;
  /** Default: umap-js up to 5,000 rows, our optimiser on typed arrays beyond. */
  readonly engine?: "umap-js" | "typed-arrays";
}

export interface TsneOptions extends LayoutOptions {
  /** Default 30; stock offers 2 to 100. Less where there are too few rows: never more than a third of them. */
  readonly perplexity?: number;
  /** Default: rows / 48, at least 50 (scikit-learn's "auto"). Stock's default is 10. */
  readonly learningRate?: number;
  /** Default 1,000. Infinity runs until it is stopped, as stock does. */
  readonly iterations?: number;
  /** Goes on from `start` after so many iterations, which count among `iterations`; default 0, from anew. */
  readonly done?: number;
}

/** What can be changed of a t-SNE that runs. */
export interface LayoutChange {
  readonly learningRate?: number;
  /** Of the supervision that it was started with, 0 to 100. */
  readonly strength?: number;
}

/** What a layout shows while it runs. `data` belongs to who receives it. */
export interface LayoutFrame extends Positions {
  readonly iteration: number;
  /** Infinity where it runs until stopped. */
  readonly of: number;
}

export interface Layout extends LayoutFrame {
  readonly engine: "umap-js" | "typed-arrays" | "barnes-hut";
  /** What it was made from. */
  readonly neighbours: Pick<Neighbours, "k" | "exact" | "recall" | "recallRows">;
  /** False where it was stopped before its last iteration. */
  readonly finished: boolean;
  /** What was changed about the question to make an answer possible, in words; empty where nothing was. */
  readonly notes: readonly string[];
}

/** An axis between the centroids of two sets of rows; an empty set stands for all rows, as in stock. */
export interface CustomAxis {
  readonly left: Uint32Array<ArrayBuffer> | readonly number[];
  readonly right: Uint32Array<ArrayBuffer> | readonly number[];
}

export interface CustomOptions {
  /**
   * `linear` (default): the product with the vector from the left centroid to the right one, as stock has it.
   * `angular`: the cosine of the angle between that vector and the row, both seen from half way between the centroids.
   */
  readonly kind?: "linear" | "angular";
  /** One to three. */
  readonly axes: readonly CustomAxis[];
}

export interface TrustOptions {
  readonly positions: Positions;
  /** Neighbourhood size, less than half of the rows; default 15. */
  readonly k?: number;
  readonly seed?: number;
}

export interface Trust {
  readonly k: number;
  /** How far neighbours in the picture are neighbours in the vectors, 0 to 1 (scikit-learn's trustworthiness). */
  readonly trustworthiness: number;
  /** How far neighbours in the vectors are neighbours in the picture, 0 to 1. */
  readonly continuity: number;
  /** The same for each row alone; NaN at rows left out. */
  readonly trustworthinessOf: Float32Array<ArrayBuffer>;
  readonly continuityOf: Float32Array<ArrayBuffer>;
  /** Both figures are exact where this is the number of rows, else measured on so many rows taken by chance. */
  readonly sampledRows: number;
  /** Whether the rows' own figures are exact; else ranks are estimated against rows taken by chance. */
  readonly exactPerRow: boolean;
}

export interface ClusterOptions {
  /** What is clustered: places in a picture, or the vectors themselves. */
  readonly of: Positions | "vectors";
  /** Smallest group that is a cluster; default: 1 % of the rows, 10 to 500. */
  readonly minSize?: number;
  /** Neighbours that make a place dense; default: the smaller of `minSize` and 10. */
  readonly minSamples?: number;
  readonly seed?: number;
}

export interface Clusters {
  /** Cluster of each row, 0 the largest; -1 where it is in none. */
  readonly labels: Int32Array<ArrayBuffer>;
  /** How firmly a row belongs to its cluster, 0 to 1. */
  readonly strengths: Float32Array<ArrayBuffer>;
  readonly sizes: readonly number[];
  /** A row in the middle of each cluster. */
  readonly medoids: readonly number[];
}

/** A column of metadata, as categories: `values[codes[row]]`, -1 where there is none. */
export interface CategoryColumn {
  readonly name: string;
  readonly codes: Int32Array<ArrayBuffer>;
  readonly values: readonly string[];
}

/** A column of metadata, as numbers; NaN where there is none. */
export interface NumberColumn {
  readonly name: string;
  readonly numbers: Float64Array<ArrayBuffer> | Float32Array<ArrayBuffer>;
}

export type MetadataColumn = CategoryColumn | NumberColumn;

export interface ClusterNameOptions {
  /** Of `Clusters`, or any others: -1 for none. */
  readonly labels: Int32Array<ArrayBuffer>;
  readonly columns: readonly MetadataColumn[];
  /** The column whose value at the medoid names a cluster that nothing else sets apart. */
  readonly medoids?: { readonly rows: readonly number[]; readonly column: string };
}

/** What sets a cluster apart in one column. */
export type ClusterTrait =
  | {
      readonly column: string;
      readonly value: string;
      /** Share of rows with the value, in the cluster and outside of it. */
      readonly inside: number;
      readonly outside: number;
    }
  | {
      readonly column: string;
      /** Means, in the cluster and outside of it, and how many standard deviations lie between them. */
      readonly mean: number;
      readonly outsideMean: number;
      readonly deviations: number;
    };

export interface ClusterName {
  /** Short enough for a label in the picture; "cluster 3" where the metadata say nothing. */
  readonly name: string;
  /** The most telling first. */
  readonly traits: readonly ClusterTrait[];
}

export interface NearestOptions {
  /** A row, or a vector in the space as it was loaded (normalised as the rows were). */
  readonly of: number | Float32Array<ArrayBuffer>;
  readonly k: number;
  /** Default: the metric chosen at loading. */
  readonly metric?: Metric;
  /** Also count all rows by distance in so many bins; default none. */
  readonly bins?: number;
}

export interface Nearest {
  /** Nearest first, without the row itself; exact. */
  readonly rows: Uint32Array<ArrayBuffer>;
  readonly distances: Float32Array<ArrayBuffer>;
  /** How many rows lie at which distance, in even bins. */
  readonly histogram?: {
    readonly from: number;
    readonly to: number;
    readonly counts: Uint32Array<ArrayBuffer>;
  };
}

export interface Overlap {
  /** Share of the k nearest rows that are the same in both, for each row; NaN where either leaves it out. */
  readonly shares: Float32Array<ArrayBuffer>;
  readonly mean: number;
  readonly k: number;
}
