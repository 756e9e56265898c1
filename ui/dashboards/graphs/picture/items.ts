/** What stands in the picture: scopes, series, operations, calls of functions, and sections of long scopes. */
import type { GraphChild, GraphEdge, GraphOutsideEdge } from "../../../../graph/views.ts";

export type ItemKind = "scope" | "series" | "op" | "call" | "function" | "section";

export interface Item {
  /** Unique in the picture: the graph's name, but for sections. */
  readonly id: string;
  /** Name in the graph; of a section that of its scope. */
  readonly name: string;
  readonly label: string;
  readonly kind: ItemKind;
  /** Null for sections. */
  readonly child: GraphChild | null;
  /** Operations in it. */
  readonly cardinality: number;
  /** The scope that shows when it opens; null where it does not open, or is a section. */
  readonly opens: string | null;
}

/** What a frame shows: a scope as the source gives it, or a section of one. */
export interface Content {
  readonly children: readonly GraphChild[];
  readonly edges: readonly GraphEdge[];
  readonly outside: readonly GraphOutsideEdge[];
  readonly asideInputs: ReadonlySet<string>;
  readonly asideOutputs: ReadonlySet<string>;
  readonly functions: ReadonlySet<string>;
}

/** Whether double click and Enter open it. */
export function isOpenable(item: Item): boolean {
  return item.kind === "section" || item.opens !== null;
}

export function itemOf(child: GraphChild): Item {
  const { name, label, cardinality, type } = child;
  const kind: ItemKind =
    child.function !== null ? "call" : type === "META" ? "scope" : type === "SERIES" ? "series" : "op";
  return { id: name, name, label, kind, child, cardinality, opens: kind === "op" ? null : name };
}

/** A function of the library, which stands beside the graph. */
export function functionItem(child: GraphChild): Item {
  const label = child.label
    .replace(/^__function_library__/, "")
    .replace(/^__(?=(forward|backward|inference)_)/, "");
  return { ...itemOf(child), kind: "function", label: label || child.label, opens: child.name };
}

/** Edges that lead from and to the same, made one. */
export function mergeEdges<T extends GraphEdge>(edges: Iterable<T>): T[] {
  const merged = new Map<string, T>();
  for (const edge of edges) {
    const key = `${edge.from}\n${edge.to}`;
    const known = merged.get(key);
    merged.set(key, known ? { ...known, ...sum(known, edge) } : edge);
  }
  return [...merged.values()];
}

function sum(a: GraphEdge, b: GraphEdge) {
  const tensors = a.regular + b.regular;
  return {
    regular: tensors,
    control: a.control + b.control,
    reference: a.reference + b.reference,
    size: a.size + b.size,
    label: a.regular === 0 ? b.label : b.regular === 0 ? a.label : `${tensors} tensors`,
  };
}

/** A name as it fits into a sentence: of a very long one the beginning and the end. */
export function shortName(name: string): string {
  return name.length > 90 ? `${name.slice(0, 44)}…${name.slice(-44)}` : name;
}
