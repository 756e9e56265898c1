/** Series of scalars: nothing is rounded, and restarts preempt as stock TensorBoard has it. */
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { Arena } from "../../../server/store/arena.ts";
import { Block } from "../../../server/store/block.ts";
import { ScalarSeries } from "../../../server/store/scalar-series.ts";
import { Slab } from "../../../server/store/slab.ts";
import { SlabWriter } from "../../../server/store/slab-writer.ts";

interface Point {
  readonly step: number;
  readonly wall: number;
  readonly value: number;
}

function append(series: ScalarSeries, points: readonly Point[]): void {
  const columns = {
    steps: Float64Array.from(points, (p) => p.step),
    walls: Float64Array.from(points, (p) => p.wall),
    values: Float32Array.from(points, (p) => p.value),
  };
  series.append(columns, 0, points.length);
}

function contents(series: ScalarSeries): Point[] {
  const points: Point[] = [];
  for (let s = 0; s < series.stretches; s++) {
    const { start, rows } = series.stretch(s);
    expect(start).toBe(points.length);
    for (let row = 0; row < rows.count; row++)
      points.push({ step: Number(rows.stepAt(row)), wall: rows.wallAt(row), value: rows.valueAt(row) });
  }
  return points;
}

/** Stock's rule, in the plainest way. */
function preempt(points: readonly Point[]): Point[] {
  let kept: Point[] = [];
  for (const point of points) kept = [...kept.filter(({ step }) => step < point.step), point];
  return kept;
}

const float = fc.float().map((v) => Math.fround(v));
const wall = fc.oneof(
  fc.double({ min: 1.7e9, max: 1.8e9, noNaN: true }),
  fc.double({ min: 0, max: 4e9, noNaN: true }),
  fc.integer({ min: 1_700_000_000, max: 1_700_000_100 }),
);

describe("append", () => {
  test("keeps every number as it was, in steps of any size", () => {
    const gap = fc.oneof(
      fc.constant(1),
      fc.integer({ min: 1, max: 1e6 }),
      fc.integer({ min: 1, max: 2 ** 40 }),
    );
    fc.assert(
      fc.property(
        fc.array(fc.record({ gap, wall, value: float }), { maxLength: 1500, size: "max" }),
        (rows) => {
          let step = -10;
          const points = rows.map((row) => {
            step += row.gap;
            return { step, wall: row.wall, value: row.value };
          });
          const series = new ScalarSeries(new Arena());
          append(series, points);
          expect(contents(series)).toEqual(points);
        },
      ),
      { numRuns: 60 },
    );
  });

  test("preempts as stock does, however the points are split up", () => {
    const point = fc.record({ step: fc.integer({ min: 0, max: 60 }), wall, value: float });
    const burst = fc
      .record({ from: fc.nat(2000), length: fc.integer({ min: 1, max: 900 }), wall })
      .map(({ from, length, wall: w }) =>
        Array.from({ length }, (_, i) => ({ step: from + i, wall: w + i, value: Math.fround(i / 7) })),
      );
    const piece = fc.oneof(fc.array(point, { maxLength: 20 }), burst);
    fc.assert(
      fc.property(fc.array(piece, { maxLength: 8 }), (pieces) => {
        const series = new ScalarSeries(new Arena());
        for (const part of pieces) append(series, part);
        const kept = preempt(pieces.flat());
        expect(contents(series)).toEqual(kept);
        expect(series.length + series.overtaken).toBe(pieces.flat().length);
      }),
      { numRuns: 100 },
    );
  });

  test("keeps steps beyond 2^53 exactly, beside others", () => {
    const gap = fc.oneof(fc.bigInt({ min: 1n, max: 9n }), fc.bigInt({ min: 1n, max: 2n ** 52n }));
    fc.assert(
      fc.property(fc.array(gap, { maxLength: 1500, size: "max" }), (gaps) => {
        let step = 2n ** 53n - 1000n;
        const steps = gaps.map((gap) => {
          step += gap;
          return step;
        });
        const series = new ScalarSeries(new Arena());
        for (const step of steps) {
          const [walls, values] = [Float64Array.of(1.7e9), Float32Array.of(1)];
          const exact = Number.isSafeInteger(Number(step));
          series.append(
            { steps: exact ? Float64Array.of(Number(step)) : BigInt64Array.of(step), walls, values },
            0,
            1,
          );
        }
        const found: bigint[] = [];
        for (let s = 0; s < series.stretches; s++) {
          const { rows } = series.stretch(s);
          for (let row = 0; row < rows.count; row++) found.push(BigInt(rows.stepAt(row)));
          found.push(
            ...Array.from(rows.stepColumn(0, rows.count), BigInt).filter(
              (one, i) => one !== BigInt(rows.stepAt(i)),
            ),
          );
        }
        expect(found).toEqual(steps);
      }),
      { numRuns: 40 },
    );
  });

  test("joins small blocks: a training that is followed for days has few", () => {
    const series = new ScalarSeries(new Arena());
    for (let flush = 0; flush < 400; flush++) {
      const writer = new SlabWriter(1 << 12, 1);
      const steps = Float64Array.from({ length: 20 }, (_, i) => flush * 20 + i);
      writer.add(
        { steps, walls: steps.map((step) => 1.7e9 + step), values: Float32Array.from(steps) },
        0,
        20,
      );
      const { directory, data } = writer;
      series.appendBlock(new Block(new Slab(directory, data), 0));
    }
    expect(series.length).toBe(8000);
    expect(series.stretches).toBeLessThan(20);
    expect(contents(series).map(({ step }) => step)).toEqual(Array.from({ length: 8000 }, (_, i) => i));
  });

  test("keeps what restarts overtook, in the order in which that happened", () => {
    const series = new ScalarSeries(new Arena());
    const run = (from: number, to: number, value: number) =>
      append(
        series,
        Array.from({ length: to - from }, (_, i) => ({ step: from + i, wall: 1.7e9 + i, value })),
      );
    run(0, 1500, 1);
    run(700, 710, 2);
    run(705, 800, 3);
    const overtaken = series.overtakenRows.flatMap(({ rows, from, to }) =>
      Array.from({ length: to - from }, (_, i) => [rows.stepAt(from + i), rows.valueAt(from + i)]),
    );
    expect(overtaken).toEqual([
      ...Array.from({ length: 800 }, (_, i) => [700 + i, 1]),
      ...Array.from({ length: 5 }, (_, i) => [705 + i, 2]),
    ]);
    expect(series.overtaken).toBe(805);
    expect(series.restarts.total).toBe(2);
    expect(series.restarts.at(1)).toEqual({ before: 710, keep: 705, times: 1 });
  });
});

describe("search", () => {
  test("lowerBound finds the first step that is not smaller", () => {
    const series = new ScalarSeries(new Arena());
    append(
      series,
      Array.from({ length: 1300 }, (_, i) => ({ step: i * 3, wall: 1.7e9 + i, value: 0 })),
    );
    expect(series.lowerBound(-1)).toBe(0);
    expect(series.lowerBound(300)).toBe(100);
    expect(series.lowerBound(301)).toBe(101);
    expect(series.lowerBound(1e9)).toBe(1300);
    expect(series.lowerBound(2n ** 60n)).toBe(1300);
  });
});
