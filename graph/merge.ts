/**
 * Several graphs as one, as stock shows the functions of a trace: each under a scope of its own, `graph_1/…`, since
 * their nodes may have the same names. Functions, which have names of no scope, become `graph_1_…`.
 */
import type { pb } from "../proto/index.ts";
import { GraphError } from "./graph-error.ts";

/**
 * How names are made: so that whatever named a node or a function still does; or as TensorBoard makes them, which leaves
 * other calls than PartitionedCall with names that nothing has any more, and makes `graph_1/^node` of `^node`.
 */
export type Naming = "consistent" | "stock";

/**
 * One graph as it is, none as an empty one.
 *
 * @throws GraphError when they were written for different versions of TensorFlow
 */
export function mergeGraphs(
  graphs: readonly pb.GraphDef.$Properties[],
  naming: Naming = "consistent",
): pb.GraphDef.$Properties {
  const [first] = graphs;
  if (!first) return {};
  if (graphs.length === 1) return first;
  const producer = first.versions?.producer ?? 0;
  if (graphs.some(({ versions }) => (versions?.producer ?? 0) !== producer))
    throw new GraphError("the graphs of the trace are of different versions, and cannot be shown as one");
  const scoped = graphs.map((graph, i) => {
    const prefix = `graph_${i + 1}`;
    return inScope(naming === "stock" ? new StockNames(prefix) : new Names(prefix, graph), graph);
  });
  const libraries = scoped.flatMap(({ library }) => (library ? [library] : []));
  return {
    node: scoped.flatMap(({ node }) => node ?? []),
    ...(producer !== 0 && first.versions && { versions: first.versions }),
    ...(libraries.length > 0 && {
      library: {
        function: libraries.flatMap((library) => library.function ?? []),
        gradient: libraries.flatMap(({ gradient }) => gradient ?? []),
      },
    }),
  };
}

function inScope(names: Names, { node, library }: pb.GraphDef.$Properties): pb.GraphDef.$Properties {
  const functions = library?.function ?? [];
  const gradients = library?.gradient ?? [];
  return {
    node: (node ?? []).map((each) => ({
      ...names.calling(each),
      name: names.node(each.name ?? ""),
      input: (each.input ?? []).map((input) => names.input(input)),
    })),
    ...((functions.length > 0 || gradients.length > 0) && {
      library: {
        function: functions.map((each) => ({
          ...each,
          signature: { ...each.signature, name: names.function(each.signature?.name) },
          ...(each.nodeDef && { nodeDef: each.nodeDef.map((inner) => names.inner(inner)) }),
        })),
        gradient: gradients.map((each) => ({
          ...each,
          functionName: names.function(each.functionName),
          gradientFunc: names.function(each.gradientFunc),
        })),
      },
    }),
  };
}

type Attributes = Record<string, pb.AttrValue.$Properties>;

/** New names of what a graph has. */
class Names {
  readonly #prefix: string;
  readonly #functions: ReadonlySet<string>;

  constructor(prefix: string, { library }: pb.GraphDef.$Properties) {
    this.#prefix = prefix;
    this.#functions = new Set((library?.function ?? []).map(({ signature }) => signature?.name ?? ""));
  }

  node(name: string): string {
    return `${this.#prefix}/${name}`;
  }

  function(name: string | null | undefined): string {
    return `${this.#prefix}_${name ?? ""}`;
  }

  input(input: string): string {
    return input.startsWith("^") ? `^${this.node(input.slice(1))}` : this.node(input);
  }

  /** A node with the new names of what it calls: as an operation of that name, or by attributes. */
  calling(node: pb.NodeDef.$Properties): pb.NodeDef.$Properties {
    const { op, attr } = node;
    return {
      ...node,
      ...(op != null && this.#functions.has(op) && { op: this.function(op) }),
      ...(attr && { attr: this.#attributes(attr) }),
    };
  }

  /** A node of a function's, whose own name is the function's matter. */
  inner(node: pb.NodeDef.$Properties): pb.NodeDef.$Properties {
    return this.calling(node);
  }

  #attributes(attr: Attributes): Attributes {
    return Object.fromEntries(Object.entries(attr).map(([name, value]) => [name, this.#attribute(value)]));
  }

  #attribute(value: pb.AttrValue.$Properties): pb.AttrValue.$Properties {
    const { func, list } = value;
    if (func) return { ...value, func: this.#called(func) };
    if (list?.func?.length)
      return { ...value, list: { ...list, func: list.func.map((one) => this.#called(one)) } };
    return value;
  }

  #called(func: pb.NameAttrList.$Properties): pb.NameAttrList.$Properties {
    const { name, attr } = func;
    return {
      ...func,
      ...(name != null && this.#functions.has(name) && { name: this.function(name) }),
      ...(attr && { attr: this.#attributes(attr) }),
    };
  }
}

/** As `merge_graph_defs` of TensorBoard's graph_util.py makes them. */
class StockNames extends Names {
  constructor(prefix: string) {
    super(prefix, {});
  }

  override input(input: string): string {
    return this.node(input);
  }

  override calling(node: pb.NodeDef.$Properties): pb.NodeDef.$Properties {
    if (node.op !== "PartitionedCall") return node;
    const func = node.attr?.f?.func;
    return { ...node, attr: { ...node.attr, f: { func: { ...func, name: this.function(func?.name) } } } };
  }

  override inner(node: pb.NodeDef.$Properties): pb.NodeDef.$Properties {
    return node;
  }
}
