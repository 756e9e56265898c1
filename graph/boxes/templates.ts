/**
 * Finds scopes of identical structure. Two are alike if they have as many levels, boxes, edges and operations of each
 * kind, and walking both from their sources, in an order of what the boxes are, finds the same all along: the rules of
 * tf_graph_common/template.ts. There, scopes are compared one with the other; here each walk is written down as text,
 * since it depends on its own scope only, and alike are those with the same text.
 */

import type { NodeColumns } from "../definition/node-columns.ts";
import { groupBy } from "../group-by.ts";
import { type BoxTree, META, SERIES } from "./box-tree.ts";
import type { MergedEdges } from "./merged-edges.ts";

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

/** What the order of a walk goes by, in this order. */
interface Rank {
  readonly box: number;
  /** Undefined for scopes and series. */
  readonly op: string | undefined;
  /** Null for a scope that nothing is like, undefined for operations and series. */
  readonly template: string | null | undefined;
  readonly neighbours: number;
  readonly before: number;
  readonly after: number;
  readonly name: string;
}

/** What scopes are compared by. */
export class Structures {
  readonly tree: BoxTree;
  readonly #edges: MergedEdges;
  readonly #columns: NodeColumns;
  readonly #histograms: (Map<number, [count: number, first: number]> | undefined)[] = [];
  readonly #signatures = new Map<number, string>();
  /** Walks through scopes that have no others in them: they are the same whatever is alike. */
  readonly #plainWalks = new Map<number, string>();
  /** Names of templates, which their order goes by. */
  readonly #templates = new Map<number, string>();

  constructor(tree: BoxTree, edges: MergedEdges, columns: NodeColumns) {
    this.tree = tree;
    this.#edges = edges;
    this.#columns = columns;
    this.#countOps();
  }

  /** Forgets which scopes are alike. */
  forget(): void {
    this.#templates.clear();
  }

  /** Operations of each kind in every scope, with when the first came. */
  #countOps(): void {
    const { types, parents, rows, created } = this.tree;
    for (let box = types.length - 1; box > 0; box--) {
      const into = this.#histogram(parents[box]!);
      const row = rows[box]!;
      if (row !== -1) count(into, this.#columns.op[row]!, 1, created[box]!);
      else for (const [op, [times, first]] of this.#histogram(box)) count(into, op, times, first);
    }
  }

  #histogram(box: number): Map<number, [count: number, first: number]> {
    const known = this.#histograms[box] ?? new Map<number, [count: number, first: number]>();
    this.#histograms[box] = known;
    return known;
  }

  /** Kinds of operations come in the order of the graph, as in TensorBoard: it is part of what tells scopes apart. */
  signature(scope: number): string {
    const known = this.#signatures.get(scope) ?? this.#signatureOf(scope);
    this.#signatures.set(scope, known);
    return known;
  }

  #signatureOf(scope: number): string {
    const { depths, children } = this.tree;
    const { start } = this.#edges.scopes;
    const ops = [...this.#histogram(scope)]
      .sort(([, [, a]], [, [, b]]) => a - b)
      .map(([op, [times]]) => `${this.#columns.opNames.texts[op]}=${times}`);
    const boxes = children[scope]!.length;
    return `depth=${depths[scope]} |V|=${boxes} |E|=${start[scope + 1]! - start[scope]!} [ops] ${ops.join(",")}`;
  }

  /** Remembers that these scopes are alike. @param number among those with the same signature */
  name(group: readonly number[], number: number): void {
    const name = `${this.signature(group[0]!)}[${number}]`;
    for (const scope of group) this.#templates.set(scope, name);
  }

  walk(scope: number): string {
    const { children, types } = this.tree;
    if (children[scope]!.some((child) => types[child] === META)) return this.#walkThrough(scope);
    const known = this.#plainWalks.get(scope) ?? this.#walkThrough(scope);
    this.#plainWalks.set(scope, known);
    return known;
  }

  #walkThrough(scope: number): string {
    const boxes = this.tree.children[scope]!;
    const places = new Map(boxes.map((box, place) => [box, place]));
    const before: Set<number>[] = boxes.map(() => new Set());
    const after: Set<number>[] = boxes.map(() => new Set());
    const { scopes, from, to } = this.#edges;
    for (let i = scopes.start[scope]!; i < scopes.start[scope + 1]!; i++) {
      const edge = scopes.edges[i]!;
      const source = places.get(from[edge]!)!;
      const target = places.get(to[edge]!)!;
      before[target]!.add(source);
      after[source]!.add(target);
    }
    const ranks = boxes.map((box, place) => this.#rank(box, scope, before[place]!, after[place]!));
    const text: string[] = [
      ranks
        .map(({ neighbours }) => neighbours)
        .sort((a, b) => a - b)
        .join(" "),
    ];
    const byRank = (places_: Iterable<number>) => [...places_].sort((a, b) => compare(ranks[a]!, ranks[b]!));
    const visited = new Set<number>();
    const stack: number[] = [];
    const push = (sorted: readonly number[]): void => {
      text.push(String(sorted.length));
      for (const place of sorted) {
        text.push(visited.has(place) ? "seen" : "new");
        if (visited.has(place)) continue;
        visited.add(place);
        stack.push(place);
      }
    };
    push(byRank([...ranks.keys()].filter((place) => before[place]!.size === 0)));
    for (let place = stack.pop(); place !== undefined; place = stack.pop()) {
      text.push(this.#kind(boxes[place]!));
      push(byRank(after[place]!));
    }
    return text.join("\n");
  }

  #rank(box: number, scope: number, before: ReadonlySet<number>, after: ReadonlySet<number>): Rank {
    const { types, rows, names } = this.tree;
    const both = new Set([...before, ...after]);
    return {
      box,
      op: rows[box] === -1 ? undefined : this.#columns.opOf(rows[box]!),
      template: types[box] === META ? (this.#templates.get(box) ?? null) : undefined,
      neighbours: both.size,
      before: before.size,
      after: after.size,
      name: names[box]!.slice(names[scope]!.length),
    };
  }

  /** What boxes that are alike have in common; a scope that nothing is like is like none. */
  #kind(box: number): string {
    const { types, rows, children } = this.tree;
    if (types[box] === META) return this.#templates.get(box) ?? `only ${box}`;
    if (types[box] !== SERIES) return `op ${this.#columns.opOf(rows[box]!)}`;
    const members = children[box]!;
    return `series ${members.length} ${this.#columns.opOf(rows[members[0]!]!)}`;
  }
}

function count(into: Map<number, [number, number]>, op: number, times: number, first: number): void {
  const known = into.get(op);
  if (known) {
    known[0] += times;
    known[1] = Math.min(known[1], first);
  } else into.set(op, [times, first]);
}

function compare(a: Rank, b: Rank): number {
  return (
    ascending(a.op, b.op) ||
    ascending(a.template, b.template) ||
    a.neighbours - b.neighbours ||
    a.before - b.before ||
    a.after - b.after ||
    ascending(a.name, b.name)
  );
}

/** As Lodash sorts: what is not there comes last. */
function ascending(a: string | null | undefined, b: string | null | undefined): number {
  if (a === b) return 0;
  if (a === undefined) return 1;
  if (b === undefined) return -1;
  if (a === null) return 1;
  if (b === null) return -1;
  return a > b ? 1 : -1;
}
