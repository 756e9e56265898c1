/**
 * Names of a trace's nodes: scopes, and in them kernels by what they are, made unique as TensorFlow's graphs make them. The
 * gradient of `c1/Conv2D` is in `gradients/c1/Conv2D_grad`, as `tf.gradients` has it; the update of `c1/kernel` in
 * `Adam/update_c1/kernel`, as TensorFlow's optimisers have it.
 */
import { UniqueNames } from "../graph/names.ts";
import type { AssignRecord, ScopeRecord, Source, TensorSource } from "./recording.ts";
import { optimizerOf, type Updates } from "./updates.ts";

/** What a tensor from outside of the step is called that has no name. */
const UNNAMED = { variable: "Variable", input: "input", constant: "Const" };
/** The names of variables to which the caller gave none. */
const NUMBER = /^\d+$/;

export class NodeNames {
  private readonly updates: Updates;
  private readonly unique = new UniqueNames();
  private readonly names = new Map<Source | AssignRecord, string>();
  private readonly paths = new Map<ScopeRecord, string>();

  constructor(updates: Updates) {
    this.updates = updates;
  }

  /** The first call decides: to be asked in the order in which the nodes stand in the graph. */
  of(record: Source | AssignRecord): string {
    const known = this.names.get(record);
    if (known !== undefined) return known;
    const name = this.unique.unique(this.nameOf(record));
    this.names.set(record, name);
    return name;
  }

  private nameOf(record: Source | AssignRecord): string {
    if (record.kind === "kernel") return join(this.placeOf(record), legal(record.kernel));
    if (record.kind === "assign") return join(this.placeOf(record), "Assign");
    if (record.given !== undefined) return legal(record.given);
    const slot = this.updates.slotOf(record);
    if (slot !== undefined) return join(this.pathOf(slot.optimizer), legal(slot.name));
    if (record.kind === "variable") return this.variableName(record);
    return record.kind === "input" ? UNNAMED.input : join(this.placeOf(record), UNNAMED.constant);
  }

  /** The scope of what belongs to the step itself. */
  private placeOf(record: Source | AssignRecord): string {
    const optimizer = optimizerOf(record.scope);
    if (optimizer === undefined)
      return this.pathOf(record.kind === "kernel" ? record.scope : outOfKernels(record.scope));
    const variable = this.updates.variableOf(record);
    const path = this.pathOf(optimizer);
    return variable === undefined ? path : join(path, `update_${this.of(variable)}`);
  }

  /** `hidden/kernel` is in the layer `hidden`, wherever that is. */
  private variableName({ own = "", scope }: TensorSource): string {
    const name = this.updates.weightName(own);
    const around = namedScopes(scope);
    if (NUMBER.test(name) || name === "")
      return join(around[0] === undefined ? "" : this.pathOf(around[0]), UNNAMED.variable);
    const [first, ...rest] = legal(name).split("/");
    const layer = rest.length === 0 ? undefined : around.find((one) => legal(one.name) === first);
    return layer === undefined ? legal(name) : join(this.pathOf(layer), rest.join("/"));
  }

  private pathOf(scope: ScopeRecord): string {
    const known = this.paths.get(scope);
    if (known !== undefined) return known;
    const path = this.newPath(scope);
    this.paths.set(scope, path);
    return path;
  }

  private newPath({ kind, name, parent, of, kernels }: ScopeRecord): string {
    if (parent === null) return "";
    if (kind === "kernel" && of !== undefined && !isScope(of)) return this.of(of);
    if (kind === "mirror" && of !== undefined) return `${join(this.pathOf(parent), this.mirrored(of))}_grad`;
    if (kind === "custom" || (kind === "operation" && (kernels < 2 || isAllOf(parent, kernels))))
      return this.pathOf(parent);
    return this.unique.unique(join(this.pathOf(parent), legal(name)));
  }

  /** What a gradient is called after: a kernel, or the operation that brings a gradient of its own. */
  private mirrored(of: Source | ScopeRecord): string {
    if (!isScope(of)) return this.of(of);
    for (let at: ScopeRecord | null = of; at !== null; at = at.parent) {
      if (at.kind !== "operation" || at.parent === null) continue;
      const path = this.pathOf(at);
      return path === this.pathOf(at.parent) ? join(path, legal(at.name)) : path;
    }
    return join(this.pathOf(of), "custom");
  }
}

/** Of a layer that is one operation, however many kernels that takes: the operation needs no name of its own. */
function isAllOf({ kind, kernels }: ScopeRecord, inIt: number): boolean {
  return kind === "named" && kernels === inIt;
}

function isScope(of: Source | ScopeRecord): of is ScopeRecord {
  return "parent" in of;
}

/** Those that the caller or a layer named, from the innermost; none within gradients and updates. */
function namedScopes(scope: ScopeRecord): ScopeRecord[] {
  const found: ScopeRecord[] = [];
  for (let at: ScopeRecord | null = scope; at !== null; at = at.parent) {
    if (at.kind === "gradients" || at.kind === "optimizer") return [];
    if (at.kind === "named") found.push(at);
  }
  return found;
}

/** A constant that a kernel made stands beside it. */
function outOfKernels(scope: ScopeRecord): ScopeRecord {
  return scope.kind === "kernel" && scope.parent !== null ? outOfKernels(scope.parent) : scope;
}

function join(scope: string, name: string): string {
  return scope === "" ? name : `${scope}/${name}`;
}

/** The name with what no node's may have replaced. */
function legal(name: string): string {
  const parts = name
    .split("/")
    .map((part) => part.replace(/[^A-Za-z0-9_.\\>-]/g, "_").replace(/^[_\\>-]+/, ""));
  return parts.filter((part) => part !== "").join("/") || "unnamed";
}
