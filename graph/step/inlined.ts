/**
 * Which node an execution was of. TensorFlow puts the nodes of a called function in the call's place before it runs a
 * step: `dense/MatMul` of a function that the node `call` calls runs as `call/dense/MatMul`, and that of a loop's body as
 * `loop/body/_12/dense/MatMul`. Of what it adds around them (`loop/enter/_3`, `Func/call/input/_4`) only the call is known.
 */
import { OP } from "../boxes/box-tree.ts";
import { parentOf, strictName } from "../boxes/names.ts";
import { callsOf } from "../calls.ts";
import type { GraphModel } from "../model.ts";
import { shownName } from "../places.ts";
import type { GraphCall } from "../views.ts";

/** A call that was looked into on the way to a node. */
export interface CallSpot {
  /** Where the call itself is: as `Spot.within`. */
  readonly within: string;
  readonly row: number;
}

/** Where an execution belongs. */
export interface Spot {
  readonly row: number;
  /** What the function that the node is in is seen as, as `Place.within`; empty outside of functions. */
  readonly within: string;
  /** Calls around it, the outermost first. */
  readonly calls: readonly CallSpot[];
  /** Name under which the page shows it. */
  readonly name: string;
  /** Whether the row is the very node that ran, and not the call that it was run for. */
  readonly exact: boolean;
}

/** What TensorFlow calls branches when it puts them in the place of their call, where the attribute is called otherwise. */
const BRANCHES: ReadonlyMap<string, string> = new Map([
  ["then_branch", "then"],
  ["else_branch", "else"],
]);

const AROUND_FUNCTIONS = "Func/";

/** The node of that name; one that is a scope, too, has another among the boxes. Undefined where there is none. */
export function rowNamed(model: GraphModel, name: string): number | undefined {
  return rowOfName(model, name) ?? rowOfName(model, strictName(name));
}

function rowOfName({ tree, attached }: GraphModel, name: string): number | undefined {
  const box = tree.byName.get(name);
  return box !== undefined && tree.types[box] === OP ? tree.rows[box] : attached.get(name);
}

/** Finds the nodes of a graph by the names under which they ran. */
export class ExecutedNames {
  readonly #model: GraphModel;
  readonly #calls = new Map<number, readonly GraphCall[]>();

  constructor(model: GraphModel) {
    this.#model = model;
  }

  /** Row of the graph's own node of that name; undefined where there is none. */
  row(name: string): number | undefined {
    return rowNamed(this.#model, name);
  }

  /** What ran in called functions under that name; undefined where the graph has nothing of it. */
  inCalls(name: string): Spot | undefined {
    if (this.#model.functions.size === 0) return undefined;
    const own = name.startsWith(AROUND_FUNCTIONS) ? name.slice(AROUND_FUNCTIONS.length) : name;
    const spot = this.#inside("", "", own, []);
    return spot && (spot.exact ? spot : { ...spot, name });
  }

  /** @param scope of the function in the library, which is seen as `within`; both empty in the graph itself */
  #inside(scope: string, within: string, rest: string, calls: readonly CallSpot[]): Spot | undefined {
    const { tree } = this.#model;
    const full = (name: string): string => (scope === "" ? name : `${scope}/${name}`);
    const seen = (row: number): string => within + tree.rowNames[row]!.slice(scope.length);
    const row = rowNamed(this.#model, full(rest));
    if (row !== undefined) return { row, within, calls, name: seen(row), exact: true };
    for (let prefix = parentOf(rest); prefix !== ""; prefix = parentOf(prefix)) {
      const call = rowNamed(this.#model, full(prefix));
      if (call === undefined) continue;
      const called = this.#callsOf(call);
      if (called.length === 0) continue;
      const around = [...calls, { within, row: call }];
      const inner = rest.slice(prefix.length + 1);
      for (const one of called) {
        const own = called.length === 1 ? inner : inBranch(inner, one.attribute);
        if (own === undefined) continue;
        const spot = this.#inside(one.function, shownName(seen(call), one, called.length), own, around);
        if (spot) return spot;
      }
      return { row: call, within, calls, name: seen(call), exact: false };
    }
    return undefined;
  }

  #callsOf(row: number): readonly GraphCall[] {
    let calls = this.#calls.get(row);
    if (!calls) {
      calls = callsOf(this.#model, row);
      this.#calls.set(row, calls);
    }
    return calls;
  }
}

/** What stands behind the name of a branch and its number, `body/_12/`; undefined where it is another's. */
function inBranch(name: string, attribute: string | null): string | undefined {
  if (attribute === null) return undefined;
  const branch = BRANCHES.get(attribute) ?? attribute.replace(/^branches\[(\d+)\]$/, "branch$1");
  if (!name.startsWith(`${branch}/`)) return undefined;
  return name.slice(branch.length + 1).replace(/^_\d+\//, "");
}
