/**
 * Finds scopes of identical structure. Two are alike if they have as many levels, boxes, edges and operations of each
 * kind, and walking both from their sources, in an order of what the boxes are, finds the same all along: the rules of
 * tf_graph_common/template.ts. There, scopes are compared one with the other; here each walk is written down
 * (`structures.ts`), since it depends on its own scope only, and alike are those of which the same was written.
 */
import { groupBy } from "../group-by.ts";
import { type BoxTree, META } from "./box-tree.ts";
import type { Structures } from "./structures.ts";

/**
 * In which order structures are compared. TensorBoard means to begin with the innermost scopes, and does it as they came:
 * so scopes with others in them are alike only if some scope of each inner structure came before.
 */
export type TemplateOrder = "as they came" | "inside out";

/** The template of each box, -1 for none of its own; templates are numbered from 0, outer scopes' first. */
export function findTemplates(structures: Structures, order: TemplateOrder): Int32Array {
  const { tree } = structures;
  structures.forget();
  const scopes: number[] = [];
  for (let box = 0; box < tree.types.length; box++) if (tree.types[box] === META) scopes.push(box);
  scopes.sort((a, b) => tree.created[a]! - tree.created[b]!);
  const bySignature = groupBy(scopes, (scope) => structures.signature(scope));

  const candidates = [...bySignature.values()].filter(({ length }) => length > 1);
  // Scopes of one signature are as deep.
  if (order === "inside out") candidates.sort(([a], [b]) => tree.depths[a!]! - tree.depths[b!]!);
  const groups: number[][] = [];
  for (const members of candidates) {
    const byWalk = groupBy(members, (scope) => structures.walk(scope));
    for (const [number, group] of [...byWalk.values()].entries()) {
      structures.name(group, number);
      if (group.length > 1) groups.push(group);
    }
  }
  return numbered(tree, groups);
}

function numbered(tree: BoxTree, groups: readonly number[][]): Int32Array {
  const templates = new Int32Array(tree.types.length).fill(-1);
  // Boxes are numbered from the outside in: the smallest is among the outermost.
  const sorted = [...groups].sort((a, b) => levelOf(tree, a[0]!) - levelOf(tree, b[0]!) || a[0]! - b[0]!);
  for (const [template, group] of sorted.entries()) for (const box of group) templates[box] = template;
  return templates;
}

function levelOf({ parents }: BoxTree, box: number): number {
  let level = 0;
  for (let at = parents[box]!; at !== -1; at = parents[at]!) level++;
  return level;
}
