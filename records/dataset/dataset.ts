/**
 * Elements in a pipeline, as `tf.data` has it: shuffled, mapped, batched, repeated, fetched ahead. Every step is lazy:
 * nothing is read before somebody iterates, and each iteration starts anew.
 */

import { shuffled } from "./shuffle.ts";
import { batched, fetchedAhead, mapped, repeated, skipped, taken } from "./steps.ts";

/**
 * Elements that can be iterated again and again. Every method but `toArray` makes a new dataset and reads nothing yet.
 *
 * @example
 * const examples: Dataset<number> = dataset(Array.from({ length: 10 }, (_, i) => i));
 * const epoch: Dataset<number[]> = examples.shuffle(10, 7).batch(4).prefetch(1);
 * let seen = 0;
 * for await (const batch of epoch.repeat(2)) seen += batch.length;
 * console.log(seen); // 20
 */
export interface Dataset<Element> extends AsyncIterable<Element> {
  /** What `transform` makes of each element, one after the other; it may be asynchronous. */
  map<Result>(transform: (element: Element, index: number) => Result | Promise<Result>): Dataset<Result>;
  /**
   * Elements in random order: each is drawn from a buffer of `bufferSize`, in which the next takes its place.
   *
   * @param seed the same seed gives the same orders; default: other ones each time
   * @param reshuffleEachIteration whether every iteration has an order of its own; default true
   * @throws RangeError when the size is not an integer of 1 or more
   */
  shuffle(bufferSize: number, seed?: number, reshuffleEachIteration?: boolean): Dataset<Element>;
  /**
   * Lists of `size` elements.
   *
   * @param dropRemainder whether a shorter list at the end is left out; default false
   * @throws RangeError when the size is not an integer of 1 or more
   */
  batch(size: number, dropRemainder?: boolean): Dataset<Element[]>;
  /** Elements are made up to `count` ahead of who takes them. Throws RangeError unless it is an integer of 1 or more. */
  prefetch(count: number): Dataset<Element>;
  /** All elements `count` times. Default: without end. Throws RangeError unless it is an integer of 0 or more. */
  repeat(count?: number): Dataset<Element>;
  /** The first `count` elements at most. Throws RangeError unless it is an integer of 0 or more. */
  take(count: number): Dataset<Element>;
  /** All but the first `count` elements. Throws RangeError unless it is an integer of 0 or more. */
  skip(count: number): Dataset<Element>;
  /** All elements in one list: for small data. */
  toArray(): Promise<Element[]>;
}

/**
 * Where elements come from: a list, or a function that opens them anew for each iteration.
 *
 * @example
 * const mean = async (numbers: ElementSource<number>) => {
 *   const list = await dataset(numbers).toArray();
 *   return list.reduce((a, b) => a + b, 0) / list.length;
 * };
 * console.log(await mean([1, 2, 6])); // 3
 * console.log(await mean(() => new Set([1, 2]))); // 1.5
 */
export type ElementSource<Element> =
  | Iterable<Element>
  | AsyncIterable<Element>
  | (() => Iterable<Element> | AsyncIterable<Element>);

/**
 * A dataset of the elements of a source.
 *
 * @param source a function where the elements can be read only once each time, as files are:
 *   `dataset(() => readRecords(paths))`. A generator by itself gives one iteration; the next one throws TypeError.
 * @example
 * const squares = dataset([1, 2, 3, 4, 5]).map((x) => x * x);
 * console.log(JSON.stringify(await squares.batch(2).toArray())); // [[1,4],[9,16],[25]]
 * @example
 * const digits = Array.from({ length: 10 }, (_, i) => encodeExample({ digit: int64Feature(i) }));
 * await writeRecords("digits.tfrecord", digits);
 * const batches = dataset(() => readRecords("digits.tfrecord"))
 *   .shuffle(10)
 *   .batch(4)
 *   .map((records) => parseExampleBatch(records, { digit: fixedLenFeature([], "int64") }));
 * const sizes: number[] = [];
 * for await (const { digit } of batches) sizes.push(digit.data.length);
 * console.log(sizes.join()); // 4,4,2
 */
export function dataset<Element>(source: ElementSource<Element>): Dataset<Element> {
  const open = opener(source);
  return fromSteps(() => {
    const elements = open();
    return Symbol.asyncIterator in elements ? elements : oneByOne(elements);
  });
}

async function* oneByOne<Element>(elements: Iterable<Element>): AsyncGenerator<Element, void, void> {
  yield* elements;
}

/** Starts an iteration. */
export type Steps<Element> = () => AsyncIterable<Element>;

function fromSteps<Element>(steps: Steps<Element>): Dataset<Element> {
  return {
    [Symbol.asyncIterator]: () => steps()[Symbol.asyncIterator](),
    map: (transform) => fromSteps(mapped(steps, transform)),
    shuffle: (size, seed, anew = true) =>
      fromSteps(shuffled(steps, atLeast(1, "a shuffle buffer", size), seed, anew)),
    batch: (size, dropRemainder = false) =>
      fromSteps(batched(steps, atLeast(1, "a batch", size), dropRemainder)),
    prefetch: (count) => fromSteps(fetchedAhead(steps, atLeast(1, "a prefetch", count))),
    repeat: (count) =>
      fromSteps(
        repeated(steps, count === undefined ? Number.POSITIVE_INFINITY : atLeast(0, "a repeat", count)),
      ),
    take: (count) => fromSteps(taken(steps, atLeast(0, "a take", count))),
    skip: (count) => fromSteps(skipped(steps, atLeast(0, "a skip", count))),
    async toArray() {
      const list: Element[] = [];
      for await (const element of steps()) list.push(element);
      return list;
    },
  };
}

/** What opens a source; one that is used up after an iteration is opened once. */
function opener<Element>(source: ElementSource<Element>): () => Iterable<Element> | AsyncIterable<Element> {
  if (typeof source === "function") return source;
  if (!isIterator(source)) return () => source;
  let opened = false;
  return () => {
    if (opened)
      throw new TypeError("this source can be read only once: give dataset() a function that opens it anew");
    opened = true;
    return source;
  };
}

/** Whether an iterable is its own iterator, as generators are. */
function isIterator(source: Iterable<unknown> | AsyncIterable<unknown>): boolean {
  return "next" in source && typeof source.next === "function";
}

function atLeast(least: number, what: string, count: number): number {
  if (Number.isSafeInteger(count) && count >= least) return count;
  throw new RangeError(`${what} takes an integer of ${least} or more, not ${count}`);
}
