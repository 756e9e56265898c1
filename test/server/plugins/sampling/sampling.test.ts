/** Sampling draws what Rust's own generators draw; `rust/` beside this prints it. */
import { readFileSync } from "node:fs";
import * as fc from "fast-check";
import { describe, expect, test } from "vitest";
import { downsample } from "../../../../server/plugins/sampling/downsample.ts";
import { RandomWords } from "../../../../server/plugins/sampling/random-words.ts";
import { Reservoir } from "../../../../server/plugins/sampling/reservoir.ts";
import { RecordSeries } from "../../../../server/store/record-series.ts";

interface Vectors {
  readonly words: readonly number[];
  readonly reservoirs: readonly {
    readonly capacity: number;
    /** Half-open ranges of steps, one after another. */
    readonly steps: readonly (readonly [number, number])[];
    readonly kept: readonly number[];
  }[];
  readonly downsamples: readonly {
    readonly length: number;
    readonly amount: number;
    readonly kept: readonly number[];
  }[];
}

const vectors: Vectors = JSON.parse(readFileSync(new URL("vectors.json", import.meta.url), "utf8"));

function append(series: RecordSeries, step: number): void {
  series.append({ step, wall: 0, file: 0, offset: 0, length: 0, index: 0, blobs: 0 });
}

const stepsOf = (series: RecordSeries, rows: readonly number[]) => rows.map((row) => series.at(row).step);

test("the words are ChaCha20's under rand's seed 0", () => {
  const words = new RandomWords();
  expect(vectors.words.map(() => words.next())).toEqual(vectors.words);
});

describe("Reservoir", () => {
  test.each(vectors.reservoirs)("keeps $capacity of $steps as stock does", ({ capacity, steps, kept }) => {
    const series = new RecordSeries();
    for (const [from, to] of steps) for (let step = from; step < to; step++) append(series, step);
    expect(stepsOf(series, new Reservoir(capacity).rowsOf(series))).toEqual(kept);
  });

  test("keeps the same however often it is asked while the series grows", () => {
    const streams = fc.array(fc.tuple(fc.integer({ min: 0, max: 40 }), fc.boolean()), { maxLength: 300 });
    fc.assert(
      fc.property(streams, fc.integer({ min: 1, max: 12 }), (stream, capacity) => {
        const series = new RecordSeries();
        const asked = new Reservoir(capacity);
        for (const [step, ask] of stream) {
          append(series, step);
          if (ask) asked.rowsOf(series);
        }
        const atOnce = new Reservoir(capacity).rowsOf(series);
        expect(asked.rowsOf(series)).toEqual(atOnce);
        expect(atOnce.length).toBeLessThanOrEqual(capacity);
        if (stream.length > 0) expect(atOnce.at(-1)).toBe(series.length - 1);
      }),
    );
  });
});

describe("downsample", () => {
  test.each(vectors.downsamples)("takes $amount of $length as stock does", ({ length, amount, kept }) => {
    const items = Array.from({ length }, (_, i) => i);
    expect(downsample(items, amount)).toEqual(kept);
  });

  test("leaves what fits, and nothing of none", () => {
    expect(downsample([1, 2, 3], 3)).toEqual([1, 2, 3]);
    expect(downsample([1, 2, 3], Number.POSITIVE_INFINITY)).toEqual([1, 2, 3]);
    expect(downsample([1, 2, 3], 1)).toEqual([3]);
    expect(downsample([1, 2, 3], 0)).toEqual([]);
  });
});
