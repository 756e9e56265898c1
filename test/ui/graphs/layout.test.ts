/** A scope's layout: edges run one way, nothing lies on anything else, whatever the graph. */
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { layout } from "../../../ui/dashboards/graphs/layout/layout.ts";
import type { Direction, LayoutGraph } from "../../../ui/dashboards/graphs/layout/layout-graph.ts";

function graph(direction: Direction, edges: readonly (readonly [number, number])[], nodes = 6): LayoutGraph {
  return {
    direction,
    widths: Array.from({ length: nodes }, (_, v) => 40 + v * 10),
    heights: Array.from({ length: nodes }, () => 20),
    sides: Array.from({ length: nodes }, () => "none"),
    from: edges.map(([from]) => from),
    to: edges.map(([, to]) => to),
  };
}

const CHAIN: [number, number][] = [
  [0, 1],
  [1, 2],
  [2, 3],
  [0, 3],
];

/** Any graph, circles and loops too, with boxes of any size and a few ports. */
const anyGraph = fc
  .record({
    direction: fc.constantFrom<Direction>("up", "down", "right"),
    sizes: fc.array(fc.tuple(fc.integer({ min: 2, max: 300 }), fc.integer({ min: 2, max: 200 })), {
      minLength: 1,
      maxLength: 40,
    }),
    ports: fc.integer({ min: 0, max: 4 }),
    ends: fc.array(fc.tuple(fc.nat(1000), fc.nat(1000)), { maxLength: 80 }),
  })
  .map(({ direction, sizes, ports, ends }): LayoutGraph => {
    const inner = sizes.length;
    const sides: ("none" | "first" | "last")[] = sizes.map(() => "none");
    for (let p = 0; p < ports; p++) sides.push(p % 2 === 0 ? "first" : "last");
    const from: number[] = [];
    const to: number[] = [];
    for (const [a, b] of ends) {
      from.push(a % inner);
      to.push(b % inner);
    }
    for (let p = 0; p < ports; p++) {
      const port = inner + p;
      from.push(p % 2 === 0 ? port : 0);
      to.push(p % 2 === 0 ? 0 : port);
    }
    return {
      direction,
      widths: [...sizes.map(([width]) => width), ...Array.from({ length: ports }, () => 2)],
      heights: [...sizes.map(([, height]) => height), ...Array.from({ length: ports }, () => 2)],
      sides,
      from,
      to,
    };
  });

describe("the layout of a scope", () => {
  it("lets data run in the direction asked for", () => {
    const down = layout(graph("down", CHAIN, 4));
    expect(down.y[0]!).toBeLessThan(down.y[1]!);
    expect(down.y[1]!).toBeLessThan(down.y[3]!);
    const up = layout(graph("up", CHAIN, 4));
    expect(up.y[0]!).toBeGreaterThan(up.y[3]!);
    const right = layout(graph("right", CHAIN, 4));
    expect(right.x[0]!).toBeLessThan(right.x[3]!);
  });

  it("leads a long edge past what stands between", () => {
    const { routes, x, y } = layout(graph("down", CHAIN, 4));
    const long = routes[3]!;
    expect(long.length).toBeGreaterThan(4);
    // At the height of node 1 it is beside it.
    const at = long.findIndex((value, i) => i % 2 === 1 && value >= y[1]! - 10);
    expect(Math.abs(long[at - 1]! - x[1]!)).toBeGreaterThan(25);
  });

  it("crosses no edges where none need cross", () => {
    // Two pairs, the second pair's targets given first.
    const { x } = layout(
      graph(
        "down",
        [
          [0, 3],
          [1, 2],
        ],
        4,
      ),
    );
    expect(Math.sign(x[0]! - x[1]!)).toBe(Math.sign(x[3]! - x[2]!));
  });

  it("puts ports at the borders", () => {
    const { y, height } = layout({ ...graph("down", CHAIN, 4), sides: ["first", "none", "none", "last"] });
    expect(y[0]!).toBeLessThan(15);
    expect(y[3]!).toBeGreaterThan(height - 15);
  });

  it("keeps boxes apart and inside, and ends every edge at its nodes", () => {
    fc.assert(
      fc.property(anyGraph, (given) => {
        const { x, y, width, height, routes } = layout(given);
        const box = (v: number) => ({
          left: x[v]! - given.widths[v]! / 2,
          right: x[v]! + given.widths[v]! / 2,
          top: y[v]! - given.heights[v]! / 2,
          bottom: y[v]! + given.heights[v]! / 2,
        });
        const slack = 1e-6;
        for (let a = 0; a < x.length; a++) {
          const one = box(a);
          expect(one.left >= -slack && one.top >= -slack).toBe(true);
          expect(one.right <= width + slack && one.bottom <= height + slack).toBe(true);
          for (let b = 0; b < a; b++) {
            const other = box(b);
            const apart =
              one.left >= other.right - slack ||
              other.left >= one.right - slack ||
              one.top >= other.bottom - slack ||
              other.top >= one.bottom - slack;
            expect(apart).toBe(true);
          }
        }
        routes.forEach((route, e) => {
          const touches = (v: number, px: number, py: number): boolean => {
            const { left, right, top, bottom } = box(v);
            return px >= left - slack && px <= right + slack && py >= top - slack && py <= bottom + slack;
          };
          expect(touches(given.from[e]!, route[0]!, route[1]!)).toBe(true);
          expect(touches(given.to[e]!, route.at(-2)!, route.at(-1)!)).toBe(true);
        });
      }),
      { numRuns: 150 },
    );
  });

  it("is the same for the same graph", () => {
    const one = graph("up", CHAIN);
    expect(layout(one)).toEqual(layout(structuredClone(one)));
  });
});
