/** A budget for memory: what does not fit goes to disk, and every number comes back from there. */
import { describe, expect, test } from "vitest";
import { Arena } from "../../../server/store/arena.ts";
import { reduceSeries } from "../../../server/store/reduce.ts";
import { ScalarSeries } from "../../../server/store/scalar-series.ts";
import { SlabMemory, type SpillPlace } from "../../../server/store/slab-memory.ts";
import { SpillFile } from "../../../server/store/spill-file.ts";
import { temporaryDirectory } from "../../tools/records.ts";

const POINTS = 400_000;
const BUDGET = 1_000_000;
const expected = (step: number) => Math.fround(Math.sin(step) * step);

function fill(series: ScalarSeries): void {
  const steps = Float64Array.from({ length: POINTS }, (_, i) => i * 3);
  const walls = Float64Array.from(steps, (step, i) => 1.7e9 + step + (i % 7) * 0.01);
  series.append({ steps, walls, values: Float32Array.from(steps, expected) }, 0, POINTS);
}

function contentsOf(series: ScalarSeries): number[] {
  const values: number[] = [];
  for (let s = 0; s < series.stretches; s++) {
    const { rows } = series.stretch(s);
    for (let row = 0; row < rows.count; row++) values.push(rows.valueAt(row));
  }
  return values;
}

describe("a budget", () => {
  test("holds, and nothing is lost", () => {
    const spill = new SpillFile(temporaryDirectory());
    const memory = new SlabMemory(BUDGET, spill);
    const series = new ScalarSeries(new Arena((slab) => memory.add(slab)));
    fill(series);
    expect(memory.resident).toBeLessThanOrEqual(BUDGET);
    expect(spill.bytes).toBeGreaterThan(BUDGET);
    const written = spill.bytes;
    expect(contentsOf(series)).toEqual(Array.from({ length: POINTS }, (_, i) => expected(i * 3)));
    expect(memory.resident).toBeLessThanOrEqual(BUDGET);
    // What is on disk already is not written again: only what was in memory at first.
    expect(spill.bytes).toBeLessThanOrEqual(written + BUDGET);
    spill.close();
  });

  test("is not exceeded by questions over everything", () => {
    const spill = new SpillFile(temporaryDirectory());
    const memory = new SlabMemory(BUDGET, spill);
    const series = new ScalarSeries(new Arena((slab) => memory.add(slab)));
    fill(series);
    const range = { from: Number.NEGATIVE_INFINITY, to: Number.POSITIVE_INFINITY };
    const { rows } = reduceSeries(series, { axis: "step", ...range, pixels: 500, scale: "linear" });
    const all = Array.from({ length: POINTS }, (_, i) => expected(i * 3));
    expect(rows.map((row) => all[row])).toContain(all.reduce((a, b) => Math.max(a, b)));
    expect(memory.resident).toBeLessThanOrEqual(BUDGET);
    spill.close();
  });

  test("is said in words when the disk is full, and the points stay in memory", () => {
    const problems: string[] = [];
    const full: SpillPlace = {
      write() {
        throw new Error("ENOSPC: no space left on device, write");
      },
    };
    const memory = new SlabMemory(BUDGET, full, (message) => problems.push(message));
    const series = new ScalarSeries(new Arena((slab) => memory.add(slab)));
    fill(series);
    expect(problems).toEqual([expect.stringContaining("no space left")]);
    expect(contentsOf(series)).toHaveLength(POINTS);
  });
});
