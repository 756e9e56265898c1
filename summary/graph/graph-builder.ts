/**
 * A graph in the making: nodes are added one by one, each named and placed by the scopes that are open then.
 * The names, devices and control inputs that come out are those that TensorFlow's Graph gives.
 */
import type { pb } from "../../proto/codec.ts";
import { GraphError } from "../errors.ts";
import type { Attrs } from "./attrs.ts";
import { canonicalDevice } from "./device.ts";
import { checkNodeName, checkScopeName, UniqueNames, withoutSlash } from "./names.ts";
import { type Node, type OutputType, toNodeDef } from "./node.ts";
import { attrsIn, controlInputsIn, deviceIn, type Scope } from "./scope.ts";

/** A node to be added. */
export interface NodeSpec<N extends Node = Node> {
  /** Which operation, such as `MatMul`. */
  readonly op: string;
  /**
   * Below the scope that is open, made unique; a name that ends in a slash is taken as it is, for the node that
   * stands for a whole scope. Default: the operation's.
   */
  readonly name?: string | undefined;
  readonly inputs?: N["inputs"] | undefined;
  /** Nodes to wait for, beside those of `controlDependencies`. Default none. */
  readonly controlInputs?: readonly N[] | undefined;
  /** Parts that are left open come from the device scopes. Default: all of them. */
  readonly device?: string | undefined;
  readonly attrs?: Attrs | undefined;
  /** Default: no outputs. */
  readonly outputTypes?: readonly OutputType[] | undefined;
}

/** All of a node, with inputs of the graph's own kind. */
export type NodeParts<N extends Node> = Node & Pick<N, "inputs" | "controlInputs">;

export class GraphBuilder<N extends Node = Node> {
  private readonly byName = new Map<string, N>();
  private readonly names = new UniqueNames();
  private readonly finish: (parts: NodeParts<N>) => N;
  private scope: Scope<N> = { name: "", devices: [], control: [], colocation: [], attrs: {} };

  /** @param finish makes the graph's own kind of node of what there is */
  constructor(finish: (parts: NodeParts<N>) => N) {
    this.finish = finish;
  }

  /** In the order in which they were added. */
  get nodes(): readonly N[] {
    return [...this.byName.values()];
  }

  /** The node of this name, scopes included. */
  node(name: string): N | undefined {
    return this.byName.get(name);
  }

  /**
   * Adds a node.
   *
   * @throws GraphError when the name is illegal or taken, the device is none, or an input is of another graph
   */
  add(spec: NodeSpec<N>): N {
    const { op, inputs = [], controlInputs = [] } = spec;
    this.checkOwn([...inputs.map((input) => input.node), ...controlInputs], op);
    const name = this.nameOf(spec.name || op);
    const waitFor = [...controlInputs, ...controlInputsIn(this.scope, inputs)];
    const node = this.finish({
      name,
      op,
      inputs,
      controlInputs: [...new Set(waitFor)],
      device: deviceIn(this.scope, canonicalDevice(spec.device ?? "")),
      attrs: attrsIn(this.scope, spec.attrs ?? {}),
      outputTypes: spec.outputTypes ?? [],
    });
    this.byName.set(name, node);
    for (const group of this.scope.control) group.made.add(node);
    return node;
  }

  /** The scope that is open, without a slash at the end; empty at the root. */
  get nameScopeName(): string {
    return this.scope.name;
  }

  /**
   * Calls `fn` with `name` as one more level of the names of nodes made in it; used again, the name gets `_1`…
   *
   * @param name ending in a slash: that scope itself, which is entered again; empty or null: the root
   * @param fn gets the scope's full name with a slash at the end, which enters it again
   * @throws GraphError when the name is illegal
   */
  nameScope<Result>(name: string | null, fn: (scope: string) => Result): Result {
    const inner = this.scopeOf(name);
    return this.within({ name: inner }, () => fn(inner === "" ? "" : `${inner}/`));
  }

  /**
   * Calls `fn` with a device for the nodes made in it. Nested scopes complete each other, the inner first.
   *
   * @param device such as `/gpu:0` or `/job:worker/task:1`; null: whatever stands around counts no more
   * @throws GraphError when it is no device
   */
  device<Result>(device: string | null, fn: () => Result): Result {
    const inner = device === null ? null : canonicalDevice(device);
    return this.within({ devices: [...this.scope.devices, inner] }, fn);
  }

  /**
   * Calls `fn` with nodes that those made in it wait for, beside those of scopes around it.
   *
   * @param waitFor null: none, not even those around it
   */
  controlDependencies<Result>(waitFor: readonly N[] | null, fn: () => Result): Result {
    if (waitFor === null) return this.within({ control: [] }, fn);
    this.checkOwn(waitFor, "control dependencies");
    const known = new Set(this.scope.control.flatMap((group) => group.waitFor));
    const added = [...new Set(waitFor)].filter((node) => !known.has(node));
    return this.within({ control: [...this.scope.control, { waitFor: added, made: new Set() }] }, fn);
  }

  /**
   * Calls `fn` with a node that those made in it stand with: on its device, whatever device scopes say.
   *
   * @param node null: with none, on any device
   */
  colocateWith<Result>(node: N | null, fn: () => Result): Result {
    const colocation = node === null ? [] : [...this.scope.colocation, node];
    return this.within({ colocation, devices: [] }, fn);
  }

  /** Calls `fn` with attributes for the nodes made in it that have none of these names. */
  withAttrs<Result>(attrs: Attrs, fn: () => Result): Result {
    return this.within({ attrs: { ...this.scope.attrs, ...attrs } }, fn);
  }

  /**
   * The full name that a node called `name` would get here.
   *
   * @param take whether it counts as taken from now on; default true
   */
  uniqueName(name: string, take = true): string {
    return this.names.unique(this.scope.name === "" ? name : `${this.scope.name}/${name}`, take);
  }

  /** The graph on the wire, with the shapes of all outputs. */
  toGraphDef(): pb.GraphDef.$Properties {
    return { node: [...this.byName.values()].map(toNodeDef) };
  }

  private nameOf(asked: string): string {
    const name = asked.endsWith("/") ? withoutSlash(asked) : this.uniqueName(asked);
    checkNodeName(name);
    if (this.byName.has(name)) throw new GraphError(`the graph has a node "${name}" already`);
    return name;
  }

  private scopeOf(name: string | null): string {
    if (name === null || name === "") return "";
    checkScopeName(name, this.scope.name === "");
    return name.endsWith("/") ? withoutSlash(name) : this.uniqueName(name);
  }

  private checkOwn(nodes: readonly Node[], what: string): void {
    for (const node of nodes)
      if (this.byName.get(node.name) !== node)
        throw new GraphError(`"${node.name}", an input of ${what}, is not a node of this graph`);
  }

  private within<Result>(change: Partial<Scope<N>>, fn: () => Result): Result {
    const outer = this.scope;
    this.scope = { ...outer, ...change };
    try {
      const result = fn();
      checkIsOver(result, "a scope's function");
      return result;
    } finally {
      this.scope = outer;
    }
  }
}

/**
 * Throws {@link GraphError} when a function is async that must not be: what lasts as long as the call would be over
 * when the function goes on after an `await`.
 */
export function checkIsOver(result: unknown, what: string): void {
  if (!(result instanceof Promise)) return;
  // Nobody will wait for it, so nobody would hear of its failure but as the process's end.
  result.catch(() => {});
  throw new GraphError(`${what} must not be async: build the graph first, then train`);
}
