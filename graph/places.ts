/**
 * Names of what can be looked at: boxes, and what is inside of a call, where the function's boxes have names below the
 * call's. A function that calls itself can be opened as deep as one likes: nothing is copied.
 */
import { OP } from "./boxes/box-tree.ts";
import { parentOf } from "./boxes/names.ts";
import { callsOf } from "./calls.ts";
import type { GraphModel } from "./model.ts";
import type { GraphCall } from "./views.ts";

export interface Place {
  readonly box: number;
  /** The name under which a box is seen from here. */
  readonly nameOf: (name: string) => string;
  /** Name of the call, or of the branch in it, whose function holds the box; empty outside of functions. */
  readonly within: string;
  /** The calls that lead to it, the outermost first. */
  readonly through: readonly OpenedCall[];
}

/** A function, opened at a node that calls it. */
export interface OpenedCall {
  /** Of the node. */
  readonly row: number;
  readonly call: GraphCall;
  /** What it is seen as: the node's name, or that of a branch in it. */
  readonly shown: string;
}

/** A call of several functions, opened: each of them is a scope in it. */
export interface Branches {
  readonly call: Place;
  readonly branches: readonly { readonly name: string; readonly label: string; readonly place: Place }[];
}

/** The box of that name; undefined where there is none. */
export function findPlace(model: GraphModel, name: string): Place | undefined {
  const found = locate(model, name, (own) => (own === "" ? 0 : model.tree.byName.get(own)));
  if (!found) return undefined;
  const { at, ...place } = found;
  return { box: at, ...place };
}

/** The row of a constant or summary of that name, which have no boxes; undefined where there is none. */
export function findAttached(model: GraphModel, name: string): Located | undefined {
  return locate(model, name, (own) => model.attached.get(own));
}

/** A box or row, by a name that may lead through calls. */
export interface Located extends Omit<Place, "box"> {
  readonly at: number;
}

type LookUp = (name: string) => number | undefined;

function locate(model: GraphModel, name: string, lookUp: LookUp): Located | undefined {
  const at = lookUp(name);
  if (at !== undefined) return { at, nameOf: (own) => own, within: "", through: [] };
  for (let prefix = parentOf(name); prefix !== ""; prefix = parentOf(prefix)) {
    const call = model.tree.byName.get(prefix);
    if (call !== undefined) return inCall(model, call, name, lookUp);
  }
  return undefined;
}

function inCall(model: GraphModel, call: number, name: string, lookUp: LookUp): Located | undefined {
  const { types, rows, names } = model.tree;
  if (types[call] !== OP) return undefined;
  const calls = callsOf(model, rows[call]!);
  for (const one of calls) {
    const shown = shownName(names[call]!, one, calls.length);
    if (name !== shown && !name.startsWith(`${shown}/`)) continue;
    return within(model, { row: rows[call]!, call: one, shown }, name.slice(shown.length), lookUp);
  }
  return undefined;
}

/** What a function called from a node is seen as: the node itself, or one of the scopes in it. */
export function shownName(call: string, { attribute }: GraphCall, calls: number): string {
  return calls === 1 ? call : `${call}/${attribute}`;
}

function within(model: GraphModel, opened: OpenedCall, rest: string, lookUp: LookUp): Located | undefined {
  const { call, shown } = opened;
  const place = locate(model, call.function + rest, lookUp);
  const seen = seenAs(call.function, shown);
  return (
    place && {
      at: place.at,
      nameOf: (name) => seen(place.nameOf(name)),
      within: place.within === "" ? shown : seen(place.within),
      through: [opened, ...place.through.map((inner) => ({ ...inner, shown: seen(inner.shown) }))],
    }
  );
}

/** What is seen when a box is opened: itself, the function that it calls, or the functions. */
export function openPlace(model: GraphModel, place: Place): Place | Branches {
  const { types, rows, names } = model.tree;
  if (types[place.box] !== OP) return place;
  const calls = callsOf(model, rows[place.box]!);
  const call = place.nameOf(names[place.box]!);
  const branches = calls.flatMap((one) => {
    const name = shownName(call, one, calls.length);
    const box = model.tree.byName.get(one.function);
    if (box === undefined) return [];
    const through = [...place.through, { row: rows[place.box]!, call: one, shown: name }];
    const inner = { box, nameOf: seenAs(one.function, name), within: name, through };
    return [{ name, label: one.attribute ?? one.function, place: inner }];
  });
  if (branches.length === 0) return place;
  return branches.length === 1 ? branches[0]!.place : { call: place, branches };
}

/** Names in a function as they are seen from a call of it. */
function seenAs(scope: string, shown: string): (name: string) => string {
  return (name) => (name.startsWith(scope) ? shown + name.slice(scope.length) : name);
}
