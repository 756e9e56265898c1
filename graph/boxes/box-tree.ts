/**
 * The boxes that a graph is drawn as: scopes, operations and folded series, each in its scope. They are numbered so that
 * all that is in a box follows it, and so what is inside is a range.
 */
import type { Connections } from "../definition/connections.ts";
import { DRAWN, type Embedding } from "../definition/embedding.ts";
import { LIBRARY, NAMELESS, type NodeColumns } from "../definition/node-columns.ts";
import { leafOf, parentOf, ScopeFinder, strictName } from "./names.ts";
import { foldSeries, mayHaveSeries } from "./series.ts";

export const META = 0;
export const SERIES = 1;
export const OP = 2;

export interface BoxTree {
  /** Full names; the root's is empty. */
  readonly names: readonly string[];
  readonly types: Uint8Array;
  /** The box around; the root's is -1. */
  readonly parents: Int32Array;
  /** One more than the last box inside. */
  readonly ends: Int32Array;
  /** Row of an operation; -1 for others. */
  readonly rows: Int32Array;
  /** Box of a row; -1 for constants and summaries, which are attached to others. Nodes of one name share a box. */
  readonly boxes: Int32Array;
  /** Operations in a box, at any depth. */
  readonly cardinality: Uint32Array;
  /** The order in which boxes came as nodes were added one after the other. */
  readonly created: Uint32Array;
  /** Levels of names below a scope, as TensorBoard counts them. */
  readonly depths: Uint16Array;
  /** Children of a box, in the order in which they came, series last. */
  readonly children: readonly (readonly number[])[];
  /** Made when first asked for: it takes as long as the rest. */
  readonly byName: ReadonlyMap<string, number>;
  /** Names of all rows, made strict: `A/B/(B)` where `A/B` is a scope, too. */
  readonly rowNames: readonly string[];
}

export function buildBoxTree(columns: NodeColumns, { kinds }: Embedding, connections: Connections): BoxTree {
  const { names: rowNames, renamed } = strictNames(columns, kinds);
  const draft = new Draft();
  // Rows of one name share a box, which is the last one's.
  const first = renamed ? firstRows(rowNames, kinds) : connections.firstOfName;
  /** Of each row its box in the draft. */
  const drafted = new Int32Array(columns.length).fill(-1);
  for (let row = 0; row < columns.length; row++) {
    if (kinds[row] !== DRAWN) continue;
    // The first of the name may be a constant, which has no box.
    let box = drafted[first[row]!]!;
    if (box === -1) {
      box = draft.add(rowNames[row]!, row);
      drafted[first[row]!] = box;
    }
    draft.rows[box] = row;
    drafted[row] = box;
  }
  for (let row = 0; row < columns.length; row++) if (kinds[row] !== DRAWN) drafted[row] = -1;
  draft.fold((row) => columns.opOf(row));
  return draft.number(rowNames, drafted);
}

/** Names of all rows, of those that are scopes, too, made strict; and whether rows of one name can be others by them. */
function strictNames(
  { names, length, functions }: NodeColumns,
  kinds: Uint8Array,
): { names: readonly string[]; renamed: boolean } {
  const scopes = new Set<string>();
  const finder = new ScopeFinder();
  let last = "";
  let inLibrary = false;
  for (let row = 0; row < length; row++) {
    if (kinds[row] !== DRAWN) continue;
    const inside = finder.parentOf(names[row]!);
    if (inside === last) continue;
    last = inside;
    for (let scope = inside; scope !== "" && !scopes.has(scope); scope = parentOf(scope)) scopes.add(scope);
    inLibrary ||= inside.startsWith(LIBRARY) && row < (functions[0]?.row ?? 0);
  }
  const functionNames = new Set(functions.map(({ row }) => names[row]!));
  // Names are looked up in one function at a time: those of two functions of one name are the same, too.
  let renamed = inLibrary || functionNames.size < functions.length;
  const strict = names.map((name) => {
    if (!scopes.has(name)) return name;
    renamed = true;
    let own = name;
    while (scopes.has(own)) own = strictName(own);
    return own;
  });
  return { names: strict, renamed };
}

/** First of the rows that have the same name, and boxes. */
function firstRows(names: readonly string[], kinds: Uint8Array): Int32Array {
  const first = new Int32Array(names.length);
  const known = new Map<string, number>();
  for (let row = 0; row < names.length; row++) {
    if (kinds[row] !== DRAWN) continue;
    const before = known.get(names[row]!);
    first[row] = before ?? row;
    if (before === undefined) known.set(names[row]!, row);
  }
  return first;
}

/** Boxes in the order in which they came, before they are numbered. */
class Draft {
  readonly names: string[] = [""];
  readonly types: number[] = [META];
  readonly rows: number[] = [-1];
  readonly levels: number[] = [0];
  readonly depths: number[] = [0];
  readonly parents: number[] = [-1];
  readonly children: (number[] | null)[] = [[]];
  readonly #scopes = new Map<string, number>([["", 0]]);
  readonly #finder = new ScopeFinder();

  add(name: string, row: number): number {
    const scope = this.#scope(this.#finder.parentOf(name));
    const box = this.#make(name, OP, scope, row);
    // Every level above sees the longest path below it.
    for (let above = scope; above !== -1; above = this.parents[above]!) {
      const levels = this.levels[box]! - this.levels[above]!;
      if (this.depths[above]! >= levels) break;
      this.depths[above] = levels;
    }
    return box;
  }

  #scope(name: string): number {
    const missing: string[] = [];
    let known = name;
    let scope = this.#scopes.get(known);
    while (scope === undefined) {
      missing.push(known);
      known = parentOf(known);
      scope = this.#scopes.get(known);
    }
    for (let inner = missing.pop(); inner !== undefined; inner = missing.pop()) {
      scope = this.#make(inner, META, scope, -1);
      this.#scopes.set(inner, scope);
    }
    return scope;
  }

  #make(name: string, type: number, parent: number, row: number): number {
    const box = this.names.push(name) - 1;
    this.types.push(type);
    this.rows.push(row);
    this.parents.push(parent);
    this.levels.push(this.levels[parent]! + 1);
    this.depths.push(0);
    this.children.push(type === OP ? null : []);
    this.children[parent]!.push(box);
    return box;
  }

  /** Puts long rows of like operations into series. */
  fold(opOf: (row: number) => string): void {
    for (let scope = this.names.length - 1; scope >= 0; scope--) {
      const children = this.children[scope];
      if (!children || children.length < 2) continue;
      const ops = children.filter((child) => this.types[child] === OP);
      if (!mayHaveSeries(ops, (box) => this.names[box]!)) continue;
      const series = foldSeries(
        ops,
        (box) => this.names[box]!,
        (box) => opOf(this.rows[box]!),
      );
      if (series.length === 0) continue;
      const folded = new Set(series.flatMap(({ members }) => members));
      this.children[scope] = children.filter((child) => !folded.has(child));
      for (const { name, members } of series) {
        const box = this.#make(name, SERIES, scope, -1);
        this.children[box] = members;
        for (const member of members) this.parents[member] = box;
      }
    }
  }

  /** Numbers boxes so that what is inside follows. */
  number(rowNames: readonly string[], drafted: Int32Array): BoxTree {
    const count = this.names.length;
    const order = this.#order();
    const numbers = new Int32Array(count);
    for (let number = 0; number < count; number++) numbers[order[number]!] = number;
    const names: string[] = [];
    const types = new Uint8Array(count);
    const parents = new Int32Array(count);
    const ends = new Int32Array(count);
    const rows = new Int32Array(count);
    const boxes = new Int32Array(drafted.length);
    for (let row = 0; row < drafted.length; row++)
      boxes[row] = drafted[row] === -1 ? -1 : numbers[drafted[row]!]!;
    const cardinality = new Uint32Array(count);
    const depths = new Uint16Array(count);
    const children: number[][] = [];
    const none: number[] = [];
    for (let number = 0; number < count; number++) {
      const box = order[number]!;
      const row = this.rows[box]!;
      names.push(this.names[box]!);
      types[number] = this.types[box]!;
      parents[number] = box === 0 ? -1 : numbers[this.parents[box]!]!;
      rows[number] = row;
      depths[number] = Math.max(1, this.depths[box]!);
      children.push(this.children[box]?.map((child) => numbers[child]!) ?? none);
    }
    for (let number = count - 1; number >= 0; number--) {
      ends[number] = Math.max(ends[number]!, number + 1);
      if (types[number] === OP) cardinality[number] = 1;
      const parent = parents[number]!;
      if (parent === -1) continue;
      ends[parent] = Math.max(ends[parent]!, ends[number]!);
      cardinality[parent] = cardinality[parent]! + cardinality[number]!;
    }
    let byName: ReadonlyMap<string, number> | undefined;
    return {
      names,
      types,
      parents,
      ends,
      rows,
      boxes,
      cardinality,
      created: order,
      depths,
      children,
      get byName() {
        byName ??= placesOf(names);
        return byName;
      },
      rowNames,
    };
  }

  /** Every box before what is in it. */
  #order(): Uint32Array {
    const order = new Uint32Array(this.names.length);
    let length = 0;
    const stack = [0];
    for (let box = stack.pop(); box !== undefined; box = stack.pop()) {
      order[length++] = box;
      const children = this.children[box];
      if (!children) continue;
      for (let i = children.length - 1; i >= 0; i--) stack.push(children[i]!);
    }
    return order;
  }
}

/** Of boxes of the same name the last. */
function placesOf(names: readonly string[]): ReadonlyMap<string, number> {
  const places = new Map<string, number>();
  for (let box = 0; box < names.length; box++) places.set(names[box]!, box);
  return places;
}

/** Last part of a box's name. */
export function labelOf({ names }: BoxTree, box: number): string {
  return leafOf(names[box]!) || NAMELESS;
}
