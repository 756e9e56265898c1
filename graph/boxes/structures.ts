/** What scopes are compared by, for `templates.ts`: what a scope holds, and the walk through it, written down. */
import type { NodeColumns } from "../definition/node-columns.ts";
import { Strings } from "../definition/strings.ts";
import { type BoxTree, META, SERIES } from "./box-tree.ts";
import type { MergedEdges } from "./merged-edges.ts";

/** Places on one side of each place of a scope; used again for the next scope, so that nothing is made for each. */
class Neighbours {
  #start = new Int32Array(0);
  #next = new Int32Array(0);
  #places = new Int32Array(0);

  fill(
    count: number,
    edges: Uint32Array,
    ofEdge: (edge: number) => number,
    other: (edge: number) => number,
  ): void {
    if (this.#start.length <= count) this.#start = new Int32Array(2 * count + 2);
    if (this.#next.length < count) this.#next = new Int32Array(2 * count);
    if (this.#places.length < edges.length) this.#places = new Int32Array(2 * edges.length);
    const [start, next] = [this.#start, this.#next];
    start.fill(0, 0, count + 1);
    for (let i = 0; i < edges.length; i++) start[ofEdge(edges[i]!) + 1]!++;
    for (let place = 0; place < count; place++) {
      start[place + 1]! += start[place]!;
      next[place] = start[place]!;
    }
    for (let i = 0; i < edges.length; i++) this.#places[next[ofEdge(edges[i]!)]!++] = other(edges[i]!);
  }

  /** Where the neighbours of a place begin among all. */
  startOf(place: number): number {
    return this.#start[place]!;
  }

  at(index: number): number {
    return this.#places[index]!;
  }

  count(place: number): number {
    return this.#start[place + 1]! - this.#start[place]!;
  }

  /** Sorts the neighbours of a place where they stand. */
  sort(place: number, order: (a: number, b: number) => number): void {
    this.#places.subarray(this.#start[place]!, this.#start[place + 1]!).sort(order);
  }
}

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
  readonly #before = new Neighbours();
  readonly #after = new Neighbours();
  /** The scope that is walked through: its boxes, and how many neighbours each has. */
  #walked: { readonly boxes: readonly number[]; readonly neighbours: Int32Array } = {
    boxes: [],
    neighbours: new Int32Array(0),
  };

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
    const neighbours = this.#findNeighbours(scope);
    const [before, after, byRank] = [this.#before, this.#after, this.#byRank];
    this.#walked = { boxes, neighbours };
    const written: number[] = Array.from(neighbours.slice().sort());
    const visited = new Uint8Array(boxes.length);
    const stack: number[] = [];
    const sources: number[] = [];
    for (let place = 0; place < boxes.length; place++) if (before.count(place) === 0) sources.push(place);
    written.push(sources.length);
    if (sources.length > 1) sources.sort(byRank);
    for (const place of sources) {
      written.push(0);
      visited[place] = 1;
      stack.push(place);
    }
    for (let place = stack.pop(); place !== undefined; place = stack.pop()) {
      written.push(this.#kind(boxes[place]!));
      const next = after.count(place);
      written.push(next);
      if (next > 1) after.sort(place, byRank);
      const start = after.startOf(place);
      for (let i = start; i < start + next; i++) {
        const other = after.at(i);
        written.push(visited[other]!);
        if (visited[other] === 1) continue;
        visited[other] = 1;
        stack.push(other);
      }
    }
    return written.join(" ");
  }

  /** The order of places of the scope that is walked through. */
  readonly #byRank = (a: number, b: number): number => {
    const { boxes, neighbours } = this.#walked;
    const [before, after] = [this.#before, this.#after];
    return (
      this.#compare(boxes[a]!, boxes[b]!) ||
      neighbours[a]! - neighbours[b]! ||
      before.count(a) - before.count(b) ||
      after.count(a) - after.count(b) ||
      // Siblings have the same before their own names.
      (this.tree.names[boxes[a]!]! > this.tree.names[boxes[b]!]! ? 1 : -1)
    );
  };

  /** Finds what is before and after each child, as places; gives how many there are on either side. */
  #findNeighbours(scope: number): Int32Array {
    const boxes = this.tree.children[scope]!;
    const places = this.#places;
    for (let place = 0; place < boxes.length; place++) places[boxes[place]!] = place;
    const { scopes, from, to } = this.#edges;
    const edges = scopes.edges.subarray(scopes.start[scope]!, scopes.start[scope + 1]!);
    const [before, after] = [this.#before, this.#after];
    // Merged edges: there is one from a box to another.
    before.fill(
      boxes.length,
      edges,
      (edge) => places[to[edge]!]!,
      (edge) => places[from[edge]!]!,
    );
    after.fill(
      boxes.length,
      edges,
      (edge) => places[from[edge]!]!,
      (edge) => places[to[edge]!]!,
    );
    const isAfter = new Int32Array(boxes.length).fill(-1);
    const neighbours = new Int32Array(boxes.length);
    for (let place = 0; place < boxes.length; place++) {
      const afterEnd = after.startOf(place) + after.count(place);
      for (let i = after.startOf(place); i < afterEnd; i++) isAfter[after.at(i)] = place;
      let both = 0;
      const beforeEnd = before.startOf(place) + before.count(place);
      for (let i = before.startOf(place); i < beforeEnd; i++) if (isAfter[before.at(i)] === place) both++;
      neighbours[place] = before.count(place) + after.count(place) - both;
    }
    return neighbours;
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
