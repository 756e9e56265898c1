/** Packing what a scan found: every point comes back, and times of tags that are logged together are kept once. */
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { PointPacker } from "../../../server/ingest/point-packer.ts";
import type { ScannedPoints } from "../../../server/ingest/scanner.ts";
import { Block } from "../../../server/store/block.ts";
import type { PointArrays } from "../../../server/store/points.ts";
import { FIELDS, Slab } from "../../../server/store/slab.ts";
import { BLOCK_POINTS, SlabWriter, sameTimes } from "../../../server/store/slab-writer.ts";

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

describe("the packer and what seals tails", () => {
  /** Blocks of the points by `SlabWriter`, cut and shared as the packer does. */
  function sealed(points: readonly Point[]) {
    const writer = new SlabWriter(1 << 20, 64);
    let before: { readonly points: PointArrays; readonly from: number; readonly count: number } | null = null;
    for (const group of byTag(points).values()) {
      const arrays = scanned(group);
      const parts = Math.ceil(group.length / BLOCK_POINTS);
      const each = Math.ceil(group.length / parts);
      for (let from = 0; from < group.length; from += each) {
        const count = Math.min(each, group.length - from);
        const shared = before?.count === count && sameTimes(before.points, before.from, arrays, from, count);
        writer.add(arrays, from, from + count, shared);
        before = { points: arrays, from, count };
      }
    }
    const bytes = new Uint8Array(writer.data, 0, Math.ceil(writer.bytes / 8) * 8);
    return { directory: [...writer.directory.subarray(0, writer.blocks * FIELDS)], bytes };
  }

  const number = fc.oneof(fc.float(), fc.constantFrom(0, -0, 1, Number.NaN, Infinity, -Infinity));
  const walls = fc.constantFrom(
    (i: number) => 1.65e9 + i * 0.5,
    (i: number) => 1.65e9 + Math.sin(i) * 1e-3,
    (i: number) => 1.65e9 + ((i * 7919) % 97) * 1000,
    (i: number) => 2 ** 31 - 200 + i,
    (i: number) => i,
    (i: number) => -i * 1e300,
  );
  const series = fc.record({
    tag: fc.nat(2),
    count: fc.oneof(fc.integer({ min: 1, max: 600 }), fc.integer({ min: 4000, max: 9000 })),
    from: fc.constantFrom(0, -70_000, 2 ** 40, 2 ** 52, -(2 ** 53) + 1),
    step: fc.constantFrom(
      (i: number) => i,
      (i: number) => i * 3 + (i % 2),
      (i: number) => i * i,
      (i: number) => i * 40_000 + ((i * 7919) % 30_000),
      (i: number) => i * 2 ** 36 + ((i * 7919) % 997) * 2 ** 24,
    ),
    walls,
    numbers: fc.array(number, { minLength: 1, maxLength: 80 }),
  });

  test("write the same bytes", () => {
    fc.assert(
      fc.property(fc.uniqueArray(series, { selector: ({ tag }) => tag, maxLength: 3 }), (all) => {
        const points = all.flatMap(({ tag, count, from, step, walls, numbers }) =>
          Array.from({ length: count }, (_, i) => ({
            tag,
            step: from + step(i),
            wall: walls(i),
            value: numbers[(i * i) % numbers.length]!,
          })),
        );
        // Few points of a tag are left where there are many of others.
        fc.pre(points.length < 8000 || all.every(({ count }) => count >= 16));
        // So are those of which steps do not ascend, where numbers that large are rounded.
        fc.pre(all.every(({ count, from, step }) => ascend(count, (i) => from + step(i))));
        const packer = new PointPacker();
        const { points: left, blocks } = packer.pack(scanned(points), NAMES, true);
        const parts = packer.take();
        const expected = sealed(points);
        expect(left).toBeNull();
        expect(blocks?.tags.length ?? 0).toBe(expected.directory.length / FIELDS);
        expect([...(parts?.directory ?? [])]).toEqual(expected.directory);
        expect(Buffer.compare(new Uint8Array(parts?.data ?? new ArrayBuffer(0)), expected.bytes)).toBe(0);
      }),
      { numRuns: 60 },
    );
  });

  function ascend(count: number, step: (i: number) => number): boolean {
    for (let i = 1; i < count; i++) if (!(step(i) > step(i - 1))) return false;
    return true;
  }
});
