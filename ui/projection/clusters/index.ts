/** Clusters of points by HDBSCAN: of a picture's places, or of the vectors. */
import { neighbourTable } from "../neighbours/index.ts";
import type { NeighbourTable } from "../neighbours/table.ts";
import { PointSet } from "../point-set.ts";
import { randomNumbers } from "../random.ts";
import type { ClusterOptions, Clusters } from "../types.ts";
import { run, type Work } from "../work.ts";
import { clustersFrom } from "./condense.ts";
import { exactTree, MOST_EXACT, neighbourTree } from "./spanning-tree.ts";

/** Neighbours by which the tree of many points is found. */
const TREE_NEIGHBOURS = 15;

/** @param tableFor finds the k nearest of all points by their vectors */
export function* clustersOf(
  points: PointSet,
  { of, minSize = defaultSize(points.count), minSamples = Math.min(minSize, 10), seed = 42 }: ClusterOptions,
  tableFor: (k: number) => Work<NeighbourTable>,
): Work<Clusters> {
  if (!(minSize >= 2)) throw new RangeError(`a cluster has two points or more, not ${minSize}`);
  const { count } = points;
  const space = of === "vectors" ? points : placesOf(points, of.data, of.dims);
  const k = Math.max(1, count > MOST_EXACT ? Math.max(TREE_NEIGHBOURS, minSamples) : minSamples);
  const table = of === "vectors" ? yield* tableFor(k) : yield* neighbourTable(space, { k, seed });
  const cores = coreDistances(table, minSamples);
  const edges =
    count <= MOST_EXACT
      ? yield* exactTree(space, cores)
      : yield* neighbourTree(space, table, cores, randomNumbers(seed));
  const { labels, strengths } = clustersFrom(edges, count, minSize);
  return described(points, space, labels, strengths);
}

function defaultSize(count: number): number {
  return Math.max(Math.min(10, Math.max(2, Math.floor(count / 4))), Math.min(500, Math.round(count / 100)));
}

function placesOf(points: PointSet, data: Float32Array<ArrayBuffer>, dims: 2 | 3): PointSet {
  if (data.length !== points.rows * dims) throw new RangeError(`${points.rows} rows need as many places`);
  const places = { data: points.gather(data, dims).slice(), rows: points.count, dims };
  const space = run(PointSet.load(places, { normalise: "none", metric: "euclidean" }));
  if (space.count < points.count) throw new RangeError("every row that was not left out needs a place");
  return space;
}

/** How far the neighbour lies that makes a place dense; a point counts as its own first. */
function coreDistances({ count, k, distances }: NeighbourTable, minSamples: number): Float32Array {
  const neighbour = Math.min(k, Math.max(1, minSamples - 1)) - 1;
  return Float32Array.from({ length: count }, (_, point) => (k > 0 ? distances[point * k + neighbour]! : 0));
}

/** With the largest cluster as number 0, and the row nearest to the middle of each. */
function described(
  points: PointSet,
  space: PointSet,
  labels: Int32Array<ArrayBuffer>,
  strengths: Float32Array<ArrayBuffer>,
): Clusters {
  const found = labels.reduce((most, label) => Math.max(most, label + 1), 0);
  const counts = new Array<number>(found).fill(0);
  for (const label of labels) if (label >= 0) counts[label] = counts[label]! + 1;
  const order = counts.map((_, label) => label).sort((a, b) => counts[b]! - counts[a]! || a - b);
  const rank = new Int32Array(found);
  for (const [i, label] of order.entries()) rank[label] = i;
  const ranked = labels.map((label) => (label < 0 ? -1 : rank[label]!));
  return {
    labels: points.spread(ranked, 1, -1),
    strengths: points.spread(strengths, 1, Number.NaN),
    sizes: order.map((label) => counts[label]!),
    medoids: medoidsOf(space, ranked, found).map((point) => points.rowOf(point)),
  };
}

/** Of each cluster the point nearest to its centroid. */
function medoidsOf(space: PointSet, labels: Int32Array, clusters: number): number[] {
  const { dims, count } = space;
  const sums = Array.from({ length: clusters }, () => new Float64Array(dims));
  const sizes = new Uint32Array(clusters);
  for (let point = 0; point < count; point++) {
    const label = labels[point]!;
    if (label < 0) continue;
    const values = space.point(point);
    const sum = sums[label]!;
    for (let d = 0; d < dims; d++) sum[d] = sum[d]! + values[d]!;
    sizes[label] = sizes[label]! + 1;
  }
  const nearest = new Float64Array(clusters).fill(Number.POSITIVE_INFINITY);
  const medoids = new Array<number>(clusters).fill(0);
  for (let point = 0; point < count; point++) {
    const label = labels[point]!;
    if (label < 0) continue;
    const values = space.point(point);
    let square = 0;
    for (let d = 0; d < dims; d++) square += (values[d]! - sums[label]![d]! / sizes[label]!) ** 2;
    if (square < nearest[label]!) {
      nearest[label] = square;
      medoids[label] = point;
    }
  }
  return medoids;
}
