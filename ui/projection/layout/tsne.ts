/** t-SNE of all points: probabilities, supervision, and its iterations one by one. */
import type { LayoutControl } from "../layout-control.ts";
import type { NeighbourTable } from "../neighbours/table.ts";
import type { PointSet } from "../point-set.ts";
import { randomNumbers } from "../random.ts";
import type { Layout, TsneOptions } from "../types.ts";
import type { Work } from "../work.ts";
import { affinities } from "./affinities.ts";
import { BarnesHut } from "./barnes-hut.ts";
import { runLayout } from "./run.ts";
import { spreadTo } from "./start.ts";
import { supervisedAffinities } from "./supervised.ts";

export const PERPLEXITY = 30;
const ITERATIONS = 1000;
/** Deviation of the start: small, so that nothing is far from where it belongs (as scikit-learn has it). */
const START = 1e-4;
/** Beyond so many points three neighbours for each of perplexity are more memory than they are worth. */
const MOST_FOR_TRIPLE = 20_000;

export interface Neighbourhood {
  readonly perplexity: number;
  readonly k: number;
  /** What was changed about the question. */
  readonly notes: readonly string[];
}

/** How many neighbours a perplexity needs of so many points, and what perplexity they allow. */
export function neighbourhoodFor(count: number, asked = PERPLEXITY): Neighbourhood {
  const most = Math.max(1, (count - 1) / 3);
  const perplexity = Math.max(1, Math.min(asked, most));
  const times = count <= MOST_FOR_TRIPLE ? 3 : 1.5;
  const k = Math.max(1, Math.min(count - 1, Math.ceil(times * perplexity)));
  const notes =
    perplexity < asked
      ? [`Perplexity ${asked} is too large for ${count} points: ${+perplexity.toFixed(1)} was used.`]
      : [];
  if (times < 3)
    notes.push(`Of so many points, ${k} neighbours each were used rather than ${Math.ceil(3 * perplexity)}.`);
  return { perplexity, k, notes };
}

/** @param start of points, which is changed */
export function* tsneLayout(
  points: PointSet,
  table: NeighbourTable,
  start: Float32Array<ArrayBuffer>,
  options: TsneOptions,
  { perplexity, notes }: Neighbourhood,
  control: LayoutControl,
): Work<Layout> {
  const { dims = 3, seed = 42, iterations = ITERATIONS, done = 0, supervision } = options;
  const random = randomNumbers(seed);
  if (done === 0) spreadTo(start, dims, START, random);
  const graph = yield* affinities(table, perplexity);
  const labels = supervision && points.gather(supervision.labels, 1);
  const weighed = (strength: number): Float32Array =>
    labels && strength > 0 ? supervisedAffinities(graph, { labels, strength }).values : graph.values;
  const rate = options.learningRate ?? Math.max(50, points.count / 48);
  const optimiser = new BarnesHut(graph, dims, rate, start);
  optimiser.setAffinities(weighed(supervision?.strength ?? 0));
  optimiser.iteration = done;
  const steps = {
    done,
    of: iterations,
    step: () => {
      const change = control.takeChange();
      if (change?.learningRate !== undefined) optimiser.rate = change.learningRate;
      if (change?.strength !== undefined) optimiser.setAffinities(weighed(change.strength));
      return optimiser.step();
    },
    positions: () => optimiser.positions(),
    perturb: () => optimiser.perturb(random),
  };
  return yield* runLayout(points, dims, steps, { engine: "barnes-hut", table, notes }, control);
}
