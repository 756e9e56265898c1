/** Edges between what is in a scope and what is not, merged by child and by what is outside. */
import { CONTROL_EDGE, REFERENCE_EDGE } from "./boxes/base-edges.ts";
import { climb } from "./boxes/merged-edges.ts";
import { tensorLabel } from "./edge-label.ts";
import type { GraphModel } from "./model.ts";
import type { GraphOutsideEdge } from "./views.ts";

interface Merging {
  regular: number;
  control: number;
  reference: number;
  size: number;
  readonly sample: number;
}

export function outsideEdges(model: GraphModel, scope: number): GraphOutsideEdge[] {
  if (scope === 0) return [];
  return [...oneSide(model, scope, "from"), ...oneSide(model, scope, "to")];
}

function oneSide(model: GraphModel, scope: number, outside: "from" | "to"): GraphOutsideEdge[] {
  const { tree, base } = model;
  const { ends, names } = tree;
  const end = ends[scope]!;
  const stretches = outside === "from" ? model.edgesIn : model.edgesOut;
  const merged = new Map<number, Merging>();
  for (let i = stretches.start[scope]!; i < stretches.start[end]!; i++) {
    const edge = stretches.edges[i]!;
    const other = base[outside][edge]!;
    if (other >= scope && other < end) continue;
    const inner = outside === "from" ? base.to[edge]! : base.from[edge]!;
    const child = childOf(model, scope, inner);
    add(model, merged, child * names.length + climb(tree, other, scope), edge);
  }
  return [...merged].map(([key, { sample, ...counts }]) => {
    const child = names[Math.floor(key / names.length)]!;
    const other = names[key % names.length]!;
    const total = counts.regular + counts.control;
    return {
      ...(outside === "from" ? { from: other, to: child } : { from: child, to: other }),
      ...counts,
      label: total > 1 ? `${total} tensors` : tensorLabel(model, sample),
      outside,
    };
  });
}

/** The child of a scope that holds a box in it. */
function childOf({ tree }: GraphModel, scope: number, box: number): number {
  let at = box;
  while (tree.parents[at] !== scope) at = tree.parents[at]!;
  return at;
}

function add(
  { base, columns, tree }: GraphModel,
  merged: Map<number, Merging>,
  key: number,
  edge: number,
): void {
  const known = merged.get(key) ?? { regular: 0, control: 0, reference: 0, size: 0, sample: edge };
  merged.set(key, known);
  const flags = base.flags[edge]!;
  if ((flags & CONTROL_EDGE) !== 0) known.control++;
  else known.regular++;
  if ((flags & REFERENCE_EDGE) !== 0) known.reference++;
  const elements = columns.elements[tree.rows[base.from[edge]!]!]!;
  known.size += Number.isNaN(elements) ? 1 : elements;
}
