/** Packing what a scan found: every point comes back, and times of tags that are logged together are kept once. */
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { PointPacker } from "../../../server/ingest/point-packer.ts";
import type { ScannedPoints } from "../../../server/ingest/scanner.ts";
import { Block } from "../../../server/store/block.ts";
import { Slab } from "../../../server/store/slab.ts";

interface Point {
  readonly tag: number;
  readonly step: number;
  readonly wall: number;
  readonly value: number;
}

const scanned = (points: readonly Point[]): ScannedPoints => ({
  count: points.length,
  tags: Uint32Array.from(points, (p) => p.tag),
  steps: Float64Array.from(points, (p) => p.step),
  walls: Float64Array.from(points, (p) => p.wall),
  values: Float32Array.from(points, (p) => p.value),
  earliest: 0,
});

const NAMES = ["a", "b", "c"];

/** Packs several scans into one slab; gives the points of each scan by tag, as they come out. */
function packed(scans: readonly (readonly Point[])[]): { points: Map<string, Point[]>[]; bytes: number } {
  const packer = new PointPacker();
  const results = scans.map((points) => packer.pack(scanned(points), NAMES));
  const parts = packer.take();
  const slab = parts && new Slab(parts.directory, parts.data);
  const points = results.map(({ points: raw, blocks }) => {
    const found = new Map<string, Point[]>();
    const add = (name: string, point: Omit<Point, "tag">) =>
      found.set(name, [...(found.get(name) ?? []), { tag: NAMES.indexOf(name), ...point }]);
    for (const [i, name] of (blocks?.tags ?? []).entries()) {
      const block = new Block(slab!, blocks!.first + i);
      for (let row = 0; row < block.count; row++)
        add(name, { step: Number(block.stepAt(row)), wall: block.wallAt(row), value: block.valueAt(row) });
    }
    let at = 0;
    for (const [i, name] of (raw?.tags ?? []).entries())
      for (let n = 0; n < raw!.counts[i]!; n++, at++)
        add(name, { step: Number(raw!.steps[at]), wall: raw!.walls[at]!, value: raw!.values[at]! });
    return found;
  });
  return { points, bytes: slab?.bytes ?? 0 };
}

function byTag(points: readonly Point[]): Map<string, Point[]> {
  const groups = new Map<string, Point[]>();
  for (const point of points)
    groups.set(NAMES[point.tag]!, [...(groups.get(NAMES[point.tag]!) ?? []), point]);
  return groups;
}

describe("packing", () => {
  test("gives every point back, in its order, scan after scan", () => {
    const point = fc.record({
      tag: fc.nat(2),
      step: fc.nat(3000),
      wall: fc.double({ min: 1.6e9, max: 1.7e9, noNaN: true }),
      value: fc.float(),
    });
    const ascending = fc
      .record({
        tag: fc.nat(2),
        from: fc.nat(100),
        count: fc.integer({ min: 16, max: 400 }),
        stride: fc.integer({ min: 1, max: 9 }),
      })
      .map(({ tag, from, count, stride }) =>
        Array.from({ length: count }, (_, i) => ({
          tag,
          step: from + i * stride,
          wall: 1.65e9 + i * 0.5,
          value: Math.fround(i / 3),
        })),
      );
    const scan = fc.oneof(
      fc.array(point, { maxLength: 60 }),
      fc.array(ascending, { maxLength: 4 }).map((a) => a.flat()),
    );
    fc.assert(
      fc.property(fc.array(scan, { maxLength: 5 }), (scans) => {
        expect(packed(scans).points).toEqual(scans.map(byTag));
      }),
      { numRuns: 200 },
    );
  });

  test("keeps the steps and times of tags that are logged together once", () => {
    const together = (tags: number, jitter: (i: number, tag: number) => number) =>
      packed([
        Array.from({ length: 2000 }, (_, i) =>
          Array.from({ length: tags }, (_, tag) => ({
            tag,
            step: i * i,
            wall: 1.65e9 + jitter(i, tag),
            value: i,
          })),
        ).flat(),
      ]).bytes;
    const one = together(1, (i) => Math.sin(i));
    const values = 2000 * 4;
    expect(together(3, (i) => Math.sin(i))).toBeLessThan(one + 2 * (values + 400));
    expect(together(3, (i, tag) => Math.sin(i + tag))).toBeGreaterThan(2.9 * one);
  });
});
