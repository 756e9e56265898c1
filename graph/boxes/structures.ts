/** What scopes are compared by, for `templates.ts`: what a scope holds, and the walk through it, written down. */
import type { NodeColumns } from "../definition/node-columns.ts";
import { Strings } from "../definition/strings.ts";
import { type BoxTree, META, SERIES } from "./box-tree.ts";
import type { MergedEdges } from "./merged-edges.ts";

/** Operations of one kind in a scope: how many, and when the first came. */
interface OpCount {
  count: number;
  first: number;
}

export class Structures {
  readonly tree: BoxTree;
  readonly #edges: MergedEdges;
  readonly #columns: NodeColumns;
  /** Place of each kind of operation in their order by name. */
  readonly #opOrder: Int32Array;
  readonly #histograms: (Map<number, OpCount> | undefined)[] = [];
  readonly #signatures = new Map<number, string>();
  /** Walks through scopes that have no others in them: they are the same whatever is alike. */
  readonly #plainWalks = new Map<number, string>();
  /** Names of templates, which their order goes by. */
  readonly #templates = new Map<number, string>();
  /** Numbers of what boxes have in common, beside kinds of operations. */
  readonly #kinds = new Strings();
  /** Place of a box among its siblings, of the scope that is walked through. */
  readonly #places: Uint32Array;

  constructor(tree: BoxTree, edges: MergedEdges, columns: NodeColumns) {
    this.tree = tree;
    this.#edges = edges;
    this.#columns = columns;
    this.#opOrder = orderOf(columns.opNames.texts);
    this.#places = new Uint32Array(tree.types.length);
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
      else for (const [op, own] of this.#histogram(box)) count(into, op, own.count, own.first);
    }
  }

  #histogram(box: number): Map<number, OpCount> {
    const known = this.#histograms[box];
    if (known) return known;
    const made = new Map<number, OpCount>();
    this.#histograms[box] = made;
    return made;
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
      .sort(([, a], [, b]) => a.first - b.first)
      .map(([op, { count: times }]) => `${this.#columns.opNames.texts[op]}=${times}`);
    const boxes = children[scope]!.length;
    return `depth=${depths[scope]} |V|=${boxes} |E|=${start[scope + 1]! - start[scope]!} [ops] ${ops.join(",")}`;
  }

  /** Remembers that these scopes are alike. @param number among those with the same signature */
  name(group: readonly number[], number: number): void {
    const name = `${this.signature(group[0]!)}[${number}]`;
    for (const scope of group) this.#templates.set(scope, name);
  }

  /** The same text for scopes of one signature that are walked through alike. */
  walk(scope: number): string {
    const { children, types } = this.tree;
    if (children[scope]!.some((child) => types[child] === META)) return this.#walkThrough(scope);
    const known = this.#plainWalks.get(scope) ?? this.#walkThrough(scope);
    this.#plainWalks.set(scope, known);
    return known;
  }

  /** Numbers in a row: how many neighbours boxes have, then at each what it is, and what of it comes next. */
  #walkThrough(scope: number): string {
    const boxes = this.tree.children[scope]!;
    const { before, after, neighbours } = this.#neighbours(scope);
    const byRank = (a: number, b: number): number =>
      this.#compare(boxes[a]!, boxes[b]!) ||
      neighbours[a]! - neighbours[b]! ||
      before[a]!.length - before[b]!.length ||
      after[a]!.length - after[b]!.length ||
      // Siblings have the same before their own names.
      (this.tree.names[boxes[a]!]! > this.tree.names[boxes[b]!]! ? 1 : -1);
    const written: number[] = [...neighbours].sort((a, b) => a - b);
    const visited = new Uint8Array(boxes.length);
    const stack: number[] = [];
    const push = (places: number[]): void => {
      if (places.length > 1) places.sort(byRank);
      written.push(places.length);
      for (const place of places) {
        written.push(visited[place]!);
        if (visited[place] === 1) continue;
        visited[place] = 1;
        stack.push(place);
      }
    };
    const sources: number[] = [];
    for (let place = 0; place < boxes.length; place++) if (before[place]!.length === 0) sources.push(place);
    push(sources);
    for (let place = stack.pop(); place !== undefined; place = stack.pop()) {
      written.push(this.#kind(boxes[place]!));
      push(after[place]!);
    }
    return written.join(" ");
  }

  /** Of each child the places of those before it and after it, and how many there are on either side. */
  #neighbours(scope: number): { before: number[][]; after: number[][]; neighbours: number[] } {
    const boxes = this.tree.children[scope]!;
    const places = this.#places;
    for (let place = 0; place < boxes.length; place++) places[boxes[place]!] = place;
    const before: number[][] = boxes.map(() => []);
    const after: number[][] = boxes.map(() => []);
    const { scopes, from, to } = this.#edges;
    for (let i = scopes.start[scope]!; i < scopes.start[scope + 1]!; i++) {
      const edge = scopes.edges[i]!;
      const source = places[from[edge]!]!;
      const target = places[to[edge]!]!;
      // Merged edges: there is one from a box to another.
      before[target]!.push(source);
      after[source]!.push(target);
    }
    const isAfter = new Int32Array(boxes.length).fill(-1);
    const neighbours = boxes.map((_, place) => {
      for (const other of after[place]!) isAfter[other] = place;
      let both = 0;
      for (const other of before[place]!) if (isAfter[other] === place) both++;
      return before[place]!.length + after[place]!.length - both;
    });
    return { before, after, neighbours };
  }

  /** By operation, then by template: what has none comes last, as Lodash sorts. */
  #compare(a: number, b: number): number {
    const { rows, types } = this.tree;
    const [rowA, rowB] = [rows[a]!, rows[b]!];
    if (rowA !== -1 && rowB !== -1)
      return this.#opOrder[this.#columns.op[rowA]!]! - this.#opOrder[this.#columns.op[rowB]!]!;
    if (rowA !== -1 || rowB !== -1) return rowA !== -1 ? -1 : 1;
    // Series have no templates, and come after scopes that nothing is like.
    if (types[a] !== META || types[b] !== META) return Number(types[a] !== META) - Number(types[b] !== META);
    const [own, other] = [this.#templates.get(a), this.#templates.get(b)];
    if (own === other) return 0;
    if (own === undefined || other === undefined) return own === undefined ? 1 : -1;
    return own > other ? 1 : -1;
  }

  /** The same number for boxes that are alike; a scope that nothing is like is like none. */
  #kind(box: number): number {
    const { types, rows, children } = this.tree;
    if (rows[box] !== -1) return this.#columns.op[rows[box]!]!;
    if (types[box] === SERIES) {
      const members = children[box]!;
      const op = this.#columns.op[rows[members[0]!]!]!;
      return -1 - this.#kinds.numberOf(`series ${members.length} ${op}`);
    }
    return -1 - this.#kinds.numberOf(this.#templates.get(box) ?? `only ${box}`);
  }
}

function count(into: Map<number, OpCount>, op: number, times: number, first: number): void {
  const known = into.get(op);
  if (known) {
    known.count += times;
    known.first = Math.min(known.first, first);
  } else into.set(op, { count: times, first });
}

/** Place of each text in their order. */
function orderOf(texts: readonly string[]): Int32Array {
  const order = new Int32Array(texts.length);
  const sorted = [...texts.keys()].sort((a, b) => (texts[a]! > texts[b]! ? 1 : -1));
  for (const [place, text] of sorted.entries()) order[text] = place;
  return order;
}
