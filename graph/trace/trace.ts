/** All that a node is made of, or all that is made of it, through the whole graph: open or not, and through calls. */
import { OP, SERIES } from "../boxes/box-tree.ts";
import { FUNCTION_OP } from "../definition/node-columns.ts";
import type { GraphModel } from "../model.ts";
import { findAttached, findPlace } from "../places.ts";
import type { GraphTrace, TraceDirection } from "../views.ts";
import { type Context, Contexts } from "./contexts.ts";
import { InputWalk, OutputWalk } from "./walk.ts";

/** Undefined where there is nothing of that name. */
export function traceOf(model: GraphModel, name: string, direction: TraceDirection): GraphTrace | undefined {
  const start = startOf(model, name);
  if (!start) return undefined;
  const listing = new Listing(model);
  const walks = [
    ...(direction === "outputs" ? [] : [InputWalk]),
    ...(direction === "inputs" ? [] : [OutputWalk]),
  ];
  for (const Walk of walks) {
    const contexts = new Contexts(model);
    const context = contexts.at(start.through);
    new Walk(model, contexts).run(context, start.rows);
    // Whatever was passed through is seen with what is in it.
    listing.add(contexts.root);
  }
  return listing.done(name, start.rows.length);
}

interface Start {
  readonly rows: readonly number[];
  readonly through: Parameters<Contexts["at"]>[0];
}

function startOf(model: GraphModel, name: string): Start | undefined {
  const attached = findAttached(model, name);
  if (attached) return { rows: [attached.at], through: attached.through };
  const place = findPlace(model, name);
  if (!place) return undefined;
  const { rows, ends } = model.tree;
  const own = Array.from(rows.subarray(place.box, ends[place.box]!)).filter((row) => row !== -1);
  return { rows: own, through: place.through };
}

const NOTHING = 0;
const SOMETHING = 1;
const EVERYTHING = 2;

/** What is reached, as boxes: of those that are reached as a whole, what is in them is not listed. */
class Listing {
  readonly #model: GraphModel;
  readonly #whole = new Set<string>();
  readonly #part = new Set<string>();
  #rows = 0;

  constructor(model: GraphModel) {
    this.#model = model;
  }

  add(root: Context): void {
    this.#count(root);
    this.#inBox(new Reached(this.#model, root), 0, false);
  }

  done(name: string, start: number): GraphTrace {
    return {
      name,
      nodes: Math.max(0, this.#rows - start),
      whole: [...this.#whole],
      part: [...this.#part].filter((one) => !this.#whole.has(one)),
    };
  }

  #count(context: Context): void {
    this.#rows += context.rows.size;
    for (const inside of context.inside.values()) for (const inner of inside) this.#count(inner);
  }

  /** How much of a box is reached; what is in it is listed, and itself unless it is what its context is of. */
  #inBox(reached: Reached, box: number, listed = true): number {
    const { types, children } = this.#model.tree;
    if (types[box] === OP) return this.#inOperation(reached, box);
    let [some, all] = [false, true];
    for (const child of children[box]!) {
      if (this.#isFunctionItself(child)) continue;
      const share = this.#inBox(reached, child);
      some ||= share !== NOTHING;
      all &&= share === EVERYTHING;
    }
    if (!some) return NOTHING;
    const name = reached.nameOf(box);
    if (all && box !== 0 && types[box] !== SERIES)
      for (const child of children[box]!) this.#covered(reached, child);
    if (listed) (all ? this.#whole : this.#part).add(name);
    return all ? EVERYTHING : SOMETHING;
  }

  /** Takes out what is in a box that is reached as a whole. Members of series have names that do not begin with it. */
  #covered(reached: Reached, box: number): void {
    const { types, children } = this.#model.tree;
    this.#whole.delete(reached.nameOf(box));
    if (types[box] === SERIES) for (const child of children[box]!) this.#covered(reached, child);
  }

  /** The node that a function is given for itself. */
  #isFunctionItself(box: number): boolean {
    const { columns, tree } = this.#model;
    const row = tree.rows[box]!;
    return row !== -1 && columns.opOf(row) === FUNCTION_OP && columns.start[row] === columns.end[row];
  }

  #inOperation(reached: Reached, box: number): number {
    const row = this.#model.tree.rows[box]!;
    if (!reached.has(box)) return NOTHING;
    const name = reached.nameOf(box);
    const inside = reached.context.inside.get(row) ?? [];
    const shares = inside.map((context) => this.#inFunction(context, name));
    if (shares.every((share) => share === EVERYTHING)) {
      this.#whole.add(name);
      return EVERYTHING;
    }
    this.#part.add(name);
    return SOMETHING;
  }

  #inFunction(context: Context, call: string): number {
    const box = this.#model.tree.byName.get(context.opened!.call.function);
    if (box === undefined) return NOTHING;
    return this.#inBox(new Reached(this.#model, context), box, context.shown !== call);
  }
}

/** What is reached of a context, by box. */
class Reached {
  readonly context: Context;
  readonly #model: GraphModel;
  readonly #boxes = new Set<number>();

  constructor(model: GraphModel, context: Context) {
    this.#model = model;
    this.context = context;
    for (const row of context.rows) this.#boxes.add(model.tree.boxes[row]!);
  }

  has(box: number): boolean {
    return this.#boxes.has(box);
  }

  nameOf(box: number): string {
    const name = this.#model.tree.names[box]!;
    const { opened } = this.context;
    return opened ? opened.shown + name.slice(opened.call.function.length) : name;
  }
}
