/** Lays out a scope: its connected parts each in layers, packed beside each other, turned into the direction asked for. */
import { layered, type Part } from "./layered.ts";
import { type Layout, type LayoutGraph, SPACE } from "./layout-graph.ts";

/** Width to height that parts are packed to. */
const ASPECT = 1.6;

/** Pure and deterministic: the same graph always gives the same layout. */
export function layout(graph: LayoutGraph): Layout {
  const across = graph.direction === "right";
  const part: Part = across ? { ...graph, widths: graph.heights, heights: graph.widths } : graph;
  return turned(packed(part), graph.direction);
}

interface PlacedPart {
  readonly nodes: readonly number[];
  readonly edges: readonly number[];
  readonly layout: Layout;
}

function packed(part: Part): Layout {
  const parts = partsOf(part).map((nodes) => {
    const index = new Map(nodes.map((v, i) => [v, i]));
    const edges = part.from.flatMap((v, e) => (index.has(v) ? [e] : []));
    const pick = <T>(values: readonly T[]): T[] => nodes.map((v) => values[v]!);
    const own = layered({
      widths: pick(part.widths),
      heights: pick(part.heights),
      sides: pick(part.sides),
      from: edges.map((e) => index.get(part.from[e]!)!),
      to: edges.map((e) => index.get(part.to[e]!)!),
    });
    return { nodes, edges, layout: own };
  });
  const count = part.widths.length;
  const x = new Array<number>(count).fill(0);
  const y = new Array<number>(count).fill(0);
  const routes: number[][] = part.from.map(() => []);
  const places = shelves(parts);
  let [width, height] = [0, 0];
  parts.forEach(({ nodes, edges, layout: own }, i) => {
    const [left, top] = places[i]!;
    nodes.forEach((v, k) => {
      x[v] = left + own.x[k]!;
      y[v] = top + own.y[k]!;
    });
    edges.forEach((e, k) => {
      routes[e] = own.routes[k]!.map((value, at) => value + (at % 2 === 0 ? left : top));
    });
    width = Math.max(width, left + own.width);
    height = Math.max(height, top + own.height);
  });
  return { width, height, x, y, routes };
}

/** Nodes by connected part, those with ports all in the first: they reach from one side of the frame to the other. */
function partsOf({ widths, sides, from, to }: Part): number[][] {
  const leader = widths.map((_, v) => v);
  const find = (v: number): number => {
    let root = v;
    while (leader[root] !== root) root = leader[root]!;
    for (let at = v; at !== root; ) [leader[at], at] = [root, leader[at]!];
    return root;
  };
  from.forEach((v, e) => {
    leader[find(v)] = find(to[e]!);
  });
  const port = sides.findIndex((side) => side !== "none");
  if (port >= 0)
    sides.forEach((side, v) => {
      if (side !== "none") leader[find(v)] = find(port);
    });
  const parts = new Map<number, number[]>();
  widths.forEach((_, v) => {
    const root = find(v);
    const part = parts.get(root);
    if (part) part.push(v);
    else parts.set(root, [v]);
  });
  const ported = port >= 0 ? find(port) : -1;
  return [...parts.entries()]
    .sort(
      ([a, nodesA], [b, nodesB]) =>
        Number(b === ported) - Number(a === ported) || nodesB.length - nodesA.length,
    )
    .map(([, nodes]) => nodes);
}

/** Left and top of each part: rows of parts as wide as makes the whole about `ASPECT`. */
function shelves(parts: readonly PlacedPart[]): (readonly [number, number])[] {
  let area = 0;
  let [widest, highest] = [0, 0];
  for (const { layout: own } of parts) {
    highest = Math.max(highest, own.height);
    area += (own.width + SPACE.part) * (own.height + SPACE.part);
    widest = Math.max(widest, own.width);
  }
  // Beside a high part there is room for others.
  const limit = Math.max(widest, Math.sqrt(area * ASPECT), highest);
  let [left, top, tallest] = [0, 0, 0];
  return parts.map(({ layout: own }) => {
    if (left > 0 && left + own.width > limit) {
      [left, top] = [0, top + tallest + SPACE.part];
      tallest = 0;
    }
    const place = [left, top] as const;
    left += own.width + SPACE.part;
    tallest = Math.max(tallest, own.height);
    return place;
  });
}

function turned(layout: Layout, direction: LayoutGraph["direction"]): Layout {
  const { width, height, x, y, routes } = layout;
  switch (direction) {
    case "down":
      return layout;
    case "up":
      return {
        width,
        height,
        x,
        y: y.map((value) => height - value),
        routes: routes.map((route) => route.map((value, i) => (i % 2 === 0 ? value : height - value))),
      };
    case "right":
      return {
        width: height,
        height: width,
        x: y,
        y: x,
        routes: routes.map((route) => route.map((_, i) => route[i ^ 1]!)),
      };
  }
}
