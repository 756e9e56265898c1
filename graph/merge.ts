/**
 * Several graphs as one, as stock shows the functions of a trace: each under a scope of its own, `graph_1/…`, since
 * their nodes may have the same names.
 */
import type { pb } from "../proto/index.ts";
import { GraphError } from "./graph-error.ts";

/**
 * One graph as it is, none as an empty one.
 *
 * @throws GraphError when they were written for different versions of TensorFlow
 */
export function mergeGraphs(graphs: readonly pb.GraphDef.$Properties[]): pb.GraphDef.$Properties {
  const [first] = graphs;
  if (!first) return {};
  if (graphs.length === 1) return first;
  const producer = first.versions?.producer ?? 0;
  if (graphs.some(({ versions }) => (versions?.producer ?? 0) !== producer))
    throw new GraphError("the graphs of the trace are of different versions, and cannot be shown as one");
  const scoped = graphs.map((graph, i) => inScope(`graph_${i + 1}`, graph));
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

/** Nodes are put below `prefix/`; functions, which have names of no scope, become `prefix_…`. */
function inScope(prefix: string, { node, library }: pb.GraphDef.$Properties): pb.GraphDef.$Properties {
  const nodeName = (name: string) => `${prefix}/${name}`;
  const functionName = (name: string | null | undefined) => `${prefix}_${name ?? ""}`;
  const functions = library?.function ?? [];
  const gradients = library?.gradient ?? [];
  return {
    node: (node ?? []).map((each) => ({
      ...each,
      name: nodeName(each.name ?? ""),
      input: (each.input ?? []).map(nodeName),
      ...(each.op === "PartitionedCall" && { attr: callOf(each, functionName) }),
    })),
    ...((functions.length > 0 || gradients.length > 0) && {
      library: {
        function: functions.map((each) => ({
          ...each,
          signature: { ...each.signature, name: functionName(each.signature?.name) },
        })),
        gradient: gradients.map((each) => ({
          ...each,
          functionName: functionName(each.functionName),
          gradientFunc: functionName(each.gradientFunc),
        })),
      },
    }),
  };
}

/** Attributes of a call, with the new name of what it calls. */
function callOf(
  { attr }: pb.NodeDef.$Properties,
  functionName: (name: string | null | undefined) => string,
): Record<string, pb.AttrValue.$Properties> {
  const func = attr?.f?.func;
  return { ...attr, f: { func: { ...func, name: functionName(func?.name) } } };
}
