/**
 * How much each of several columns has to do with a number, by a random forest: as far as a forest that was trained on part
 * of the rows predicts the other rows worse where a column is shuffled, that column counts. Finds what no line shows (a
 * best value in the middle, columns that matter together), and takes categories as they are.
 */

import { randomNumbers } from "./random.ts";

/** A column of a table: numbers, or categories by number. NaN is what a row does not have. */
export interface Feature {
  readonly values: Float64Array;
  /** Of categories: how many there are, and `values` are 0 to one less. 0 for numbers. */
  readonly categories: number;
}

export interface ForestOptions {
  /** Default 60. */
  readonly trees?: number;
  /** The same seed gives the same forest. Default 1. */
  readonly seed?: number;
  /** Rows of a leaf at least. Default 2. */
  readonly leaf?: number;
}

export interface Importance {
  /** Each feature's share, 0 to 1; they add up to 1, or are all 0 where nothing predicts anything. */
  readonly shares: readonly number[];
  /** Part of the variance of rows that a tree has not seen which the forest explains: 1 is all, 0 and less nothing. */
  readonly explained: number;
}

interface Tree {
  /** -1 for leaves. */
  readonly feature: number[];
  readonly threshold: number[];
  /** Of categories: 1 where a category goes left. */
  readonly goesLeft: (Uint8Array | null)[];
  readonly left: number[];
  readonly right: number[];
  readonly value: number[];
}

/**
 * Yields after each tree how many are done, so that a page goes on meanwhile.
 *
 * @param target one number a row, all finite
 */
export function* forestImportance(
  features: readonly Feature[],
  target: Float64Array,
  { trees = 60, seed = 1, leaf = 2 }: ForestOptions = {},
): Generator<number, Importance, void> {
  const rows = target.length;
  const random = randomNumbers(seed);
  const worse = new Float64Array(features.length);
  const sums = new Float64Array(rows);
  const votes = new Uint32Array(rows);
  const sorted = features.map(sortedRows);
  for (let tree = 0; tree < trees; tree++) {
    const weights = new Uint32Array(rows);
    for (let i = 0; i < rows; i++) weights[Math.floor(random() * rows)]!++;
    const grown = grow(features, target, { sorted, weights, leaf });
    const unseen = Uint32Array.from(weights.keys()).filter((row) => weights[row] === 0);
    for (const row of unseen) {
      sums[row]! += predict(grown, features, row);
      votes[row]!++;
    }
    addWorse(worse, grown, features, target, unseen, random);
    yield tree + 1;
  }
  const positive = worse.map((value) => Math.max(0, value));
  const total = positive.reduce((sum, value) => sum + value, 0);
  const explained = explainedPart(target, sums, votes);
  return {
    shares: Array.from(positive, (value) => (total > 0 && explained > 0 ? value / total : 0)),
    explained,
  };
}

/** A feature's rows in ascending order, those without a value first; of categories in any order. */
function sortedRows({ values, categories }: Feature): Uint32Array {
  const rows = Uint32Array.from(values.keys());
  if (categories > 0) return rows;
  const place = (row: number): number =>
    Number.isNaN(values[row]!) ? Number.NEGATIVE_INFINITY : values[row]!;
  return rows.sort((a, b) => (place(a) === place(b) ? 0 : place(a) - place(b)));
}

/** A part of the rows that a tree grows on: the same rows in each feature's list, in its order. */
interface Part {
  readonly lists: readonly Uint32Array[];
  readonly from: number;
  readonly to: number;
  /** How often each row was drawn. */
  readonly weights: Uint32Array;
  /** Draws in the part, and the sum of their targets. */
  readonly count: number;
  readonly sum: number;
}

function grow(
  features: readonly Feature[],
  target: Float64Array,
  { sorted, weights, leaf }: { sorted: readonly Uint32Array[]; weights: Uint32Array; leaf: number },
): Tree {
  const tree: Tree = { feature: [], threshold: [], goesLeft: [], left: [], right: [], value: [] };
  const lists = sorted.map((rows) => rows.filter((row) => weights[row]! > 0));
  const spare = new Uint32Array(lists[0]?.length ?? 0);
  const isLeft = new Uint8Array(target.length);
  const open = [{ node: addNode(tree), from: 0, to: spare.length }];
  for (let next = open.pop(); next; next = open.pop()) {
    const { node, from, to } = next;
    let [count, sum] = [0, 0];
    for (let i = from; i < to; i++) {
      const row = lists[0]![i]!;
      count += weights[row]!;
      sum += weights[row]! * target[row]!;
    }
    tree.value[node] = sum / count;
    const part = { lists, from, to, weights, count, sum };
    const split = count >= 2 * leaf ? bestSplit(features, target, part, leaf) : null;
    if (!split) continue;
    tree.feature[node] = split.feature;
    tree.threshold[node] = split.threshold;
    tree.goesLeft[node] = split.goesLeft;
    const { values } = features[split.feature]!;
    let middle = from;
    for (let i = from; i < to; i++) {
      const row = lists[0]![i]!;
      isLeft[row] = goesLeft(tree, node, values[row]!) ? 1 : 0;
      middle += isLeft[row];
    }
    for (const list of lists) partition(list, from, to, isLeft, spare);
    tree.left[node] = addNode(tree);
    tree.right[node] = addNode(tree);
    open.push({ node: tree.left[node]!, from, to: middle }, { node: tree.right[node]!, from: middle, to });
  }
  return tree;
}

/** Puts the rows that go left before the others, both in the order that they had. */
function partition(
  list: Uint32Array,
  from: number,
  to: number,
  isLeft: Uint8Array,
  spare: Uint32Array,
): void {
  let [left, right] = [from, 0];
  for (let i = from; i < to; i++) {
    const row = list[i]!;
    if (isLeft[row] === 1) list[left++] = row;
    else spare[right++] = row;
  }
  list.set(spare.subarray(0, right), left);
}

function addNode(tree: Tree): number {
  tree.feature.push(-1);
  tree.threshold.push(0);
  tree.goesLeft.push(null);
  tree.left.push(-1);
  tree.right.push(-1);
  return tree.value.push(0) - 1;
}

/** What a row does not have goes left, with the small. */
function goesLeft(tree: Tree, node: number, value: number): boolean {
  if (Number.isNaN(value)) return true;
  const categories = tree.goesLeft[node];
  return categories ? categories[value] === 1 : value <= tree.threshold[node]!;
}

function predict(tree: Tree, features: readonly Feature[], row: number, at = -1, value = 0): number {
  let node = 0;
  for (let feature = tree.feature[0]!; feature >= 0; feature = tree.feature[node]!) {
    const here = feature === at ? value : features[feature]!.values[row]!;
    node = goesLeft(tree, node, here) ? tree.left[node]! : tree.right[node]!;
  }
  return tree.value[node]!;
}

interface Split {
  readonly feature: number;
  readonly threshold: number;
  readonly goesLeft: Uint8Array | null;
  readonly gain: number;
}

/** Where two sides differ most; null where no cut makes a difference. */
function bestSplit(
  features: readonly Feature[],
  target: Float64Array,
  part: Part,
  leaf: number,
): Split | null {
  let best: Split | null = null;
  for (const [index, feature] of features.entries()) {
    const found =
      feature.categories > 0
        ? bestSides(feature, target, part, index, leaf)
        : bestCut(feature, target, part, index, leaf);
    if (found && (!best || found.gain > best.gain)) best = found;
  }
  return best;
}

/** What two sides explain beyond their whole: the sum and number of draws on the left are given. */
function gainOf({ count, sum }: Part, leftCount: number, leftSum: number): number {
  return leftSum ** 2 / leftCount + (sum - leftSum) ** 2 / (count - leftCount) - sum ** 2 / count;
}

const LEAST_GAIN = 1e-12;

function bestCut(
  { values }: Feature,
  target: Float64Array,
  part: Part,
  feature: number,
  leaf: number,
): Split | null {
  const { lists, from, to, weights } = part;
  const list = lists[feature]!;
  let [count, sum, gain, threshold] = [0, 0, LEAST_GAIN, Number.NaN];
  for (let i = from; i + 1 < to; i++) {
    const row = list[i]!;
    count += weights[row]!;
    sum += weights[row]! * target[row]!;
    const [here, after] = [values[row]!, values[list[i + 1]!]!];
    if (here === after || Number.isNaN(after) || count < leaf || part.count - count < leaf) continue;
    const found = gainOf(part, count, sum);
    if (found <= gain) continue;
    gain = found;
    const middle = (here + after) / 2;
    threshold = Number.isNaN(here) ? Number.NEGATIVE_INFINITY : middle < after ? middle : here;
  }
  return Number.isNaN(threshold) ? null : { feature, threshold, goesLeft: null, gain };
}

/** Of categories in the order of their means, the best two sides are neighbours in that order. */
function bestSides(
  { values, categories }: Feature,
  target: Float64Array,
  part: Part,
  feature: number,
  leaf: number,
): Split | null {
  const { lists, from, to, weights } = part;
  const counts = new Float64Array(categories);
  const sums = new Float64Array(categories);
  // What has no value goes left.
  let [count, sum] = [0, 0];
  for (let i = from; i < to; i++) {
    const row = lists[feature]![i]!;
    const [value, weight] = [values[row]!, weights[row]!];
    if (Number.isNaN(value)) {
      count += weight;
      sum += weight * target[row]!;
    } else {
      counts[value]! += weight;
      sums[value]! += weight * target[row]!;
    }
  }
  const present = Array.from(counts.keys()).filter((category) => counts[category]! > 0);
  const byMean = present.sort((a, b) => sums[a]! / counts[a]! - sums[b]! / counts[b]!);
  let [gain, sides] = [LEAST_GAIN, -1];
  // From none of the categories on the left, beside what has no value, to all but one.
  for (let i = 0; i < byMean.length; i++) {
    if (count >= leaf && part.count - count >= leaf) {
      const found = gainOf(part, count, sum);
      if (found > gain) [gain, sides] = [found, i];
    }
    count += counts[byMean[i]!]!;
    sum += sums[byMean[i]!]!;
  }
  if (sides < 0) return null;
  const goes = new Uint8Array(categories);
  for (const category of byMean.slice(0, sides)) goes[category] = 1;
  return { feature, threshold: 0, goesLeft: goes, gain };
}

/** Adds what the error of unseen rows grows by where a feature is shuffled among them. */
function addWorse(
  worse: Float64Array,
  tree: Tree,
  features: readonly Feature[],
  target: Float64Array,
  unseen: Uint32Array,
  random: () => number,
): void {
  if (unseen.length < 2) return;
  const errorOf = (prediction: number, row: number): number => (prediction - target[row]!) ** 2;
  const error = unseen.reduce((sum, row) => sum + errorOf(predict(tree, features, row), row), 0);
  for (const feature of new Set(tree.feature)) {
    if (feature < 0) continue;
    const shuffled = unseen.slice();
    for (let i = shuffled.length - 1; i > 0; i--) {
      const j = Math.floor(random() * (i + 1));
      [shuffled[i], shuffled[j]] = [shuffled[j]!, shuffled[i]!];
    }
    let now = 0;
    for (const [i, row] of unseen.entries()) {
      const value = features[feature]!.values[shuffled[i]!]!;
      now += errorOf(predict(tree, features, row, feature, value), row);
    }
    worse[feature]! += (now - error) / unseen.length;
  }
}

function explainedPart(target: Float64Array, sums: Float64Array, votes: Uint32Array): number {
  const seen = Array.from(target.keys()).filter((row) => votes[row]! > 0);
  if (seen.length < 2) return 0;
  const mean = seen.reduce((sum, row) => sum + target[row]!, 0) / seen.length;
  let [error, variance] = [0, 0];
  for (const row of seen) {
    error += (sums[row]! / votes[row]! - target[row]!) ** 2;
    variance += (target[row]! - mean) ** 2;
  }
  return variance > 0 ? 1 - error / variance : 0;
}
