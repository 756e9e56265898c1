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
}

/** A call of several functions, opened: each of them is a scope in it. */
export interface Branches {
  readonly call: Place;
  readonly branches: readonly { readonly name: string; readonly label: string; readonly place: Place }[];
}

/** The box of that name; undefined where there is none. */
export function findPlace(model: GraphModel, name: string): Place | undefined {
  const box = name === "" ? 0 : model.tree.byName.get(name);
  if (box !== undefined) return { box, nameOf: (own) => own };
  for (let prefix = parentOf(name); prefix !== ""; prefix = parentOf(prefix)) {
    const call = model.tree.byName.get(prefix);
    if (call !== undefined) return inCall(model, call, name);
  }
  return undefined;
}

function inCall(model: GraphModel, call: number, name: string): Place | undefined {
  const { types, rows, names } = model.tree;
  if (types[call] !== OP) return undefined;
  const calls = callsOf(model, rows[call]!);
  for (const one of calls) {
    const shown = shownName(names[call]!, one, calls.length);
    if (name !== shown && !name.startsWith(`${shown}/`)) continue;
    return within(model, one.function, shown, name.slice(shown.length));
  }
  return undefined;
}

/** What a function called from a node is seen as: the node itself, or one of the scopes in it. */
function shownName(call: string, { attribute }: GraphCall, calls: number): string {
  return calls === 1 ? call : `${call}/${attribute}`;
}

function within(model: GraphModel, scope: string, shown: string, rest: string): Place | undefined {
  const place = findPlace(model, scope + rest);
  return (
    place && {
      box: place.box,
      nameOf: (name) => {
        const inner = place.nameOf(name);
        return inner.startsWith(scope) ? shown + inner.slice(scope.length) : inner;
      },
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
    const inner = within(model, one.function, name, "");
    return inner ? [{ name, label: one.attribute ?? one.function, place: inner }] : [];
  });
  if (branches.length === 0) return place;
  return branches.length === 1 ? branches[0]!.place : { call: place, branches };
}
