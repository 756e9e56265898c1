/**
 * What TensorBoard's graph page made of a graph (`stock/*.json.gz`: its model, read out of the page), and ours beside it.
 * Templates are compared as groups of scopes that are alike, and stats as bytes and time from first start to last end.
 */
import { readFileSync } from "node:fs";
import { gunzipSync } from "node:zlib";
import type { GraphNode, GraphScope } from "../../graph/index.ts";

interface StockStats {
  readonly bytes: number | null;
  readonly micros: number | null;
}

interface StockEdge {
  readonly from: string;
  readonly to: string;
  readonly regular: number;
  readonly control: number;
  readonly reference: number;
  readonly size: number;
}

interface StockScope {
  readonly type: string;
  readonly cardinality: number;
  readonly children: readonly {
    readonly name: string;
    readonly type: string;
    readonly template: string | null;
  }[];
  readonly edges: readonly StockEdge[];
  readonly asideInputs: readonly string[];
  readonly asideOutputs: readonly string[];
  readonly stats: StockStats | null;
}

interface StockOp {
  readonly op?: string;
  readonly device?: string;
  readonly stats: StockStats | null;
}

export interface StockGraph {
  readonly selection: { readonly run: string; readonly tag: string | null; readonly type: string };
  readonly scopes: Readonly<Record<string, StockScope>>;
  readonly ops: Readonly<Record<string, StockOp>>;
}

export function readStockGraph(file: string): StockGraph {
  return JSON.parse(gunzipSync(readFileSync(file)).toString()) as StockGraph;
}

/** Names of scopes as ours are asked for them. */
export const scopeName = (name: string): string => (name === "__root__" ? "" : name);

/** A scope in words that both have. */
export function stockScope(scope: StockScope): unknown {
  return {
    type: scope.type,
    cardinality: scope.cardinality,
    children: sorted(scope.children.map(({ name, type }) => `${type} ${name}`)),
    alike: alike(scope.children),
    edges: sorted(scope.edges.map(edgeText)),
    aside: [sorted(scope.asideInputs), sorted(scope.asideOutputs)],
    stats: stats(scope.stats),
  };
}

export function ourScope(scope: GraphScope): unknown {
  return {
    type: scope.type,
    cardinality: scope.cardinality,
    children: sorted(scope.children.map(({ name, type }) => `${type} ${name}`)),
    alike: alike(scope.children),
    edges: sorted(scope.edges.map(edgeText)),
    aside: [sorted(scope.aside.inputs), sorted(scope.aside.outputs)],
    stats: stats(scope.stats && { bytes: scope.stats.bytes, micros: scope.stats.span_micros }),
  };
}

export function stockOp({ op, device, stats: told }: StockOp): unknown {
  return { op, device: device ?? "", stats: stats(told) };
}

export function ourOp({ op, device, stats: told }: GraphNode): unknown {
  return {
    op,
    device: device ?? "",
    stats: stats(told && { bytes: told.bytes, micros: told.span_micros }),
  };
}

function stats(told: StockStats | null): StockStats | null {
  return told?.bytes || told?.micros ? { bytes: told.bytes ?? 0, micros: told.micros } : null;
}

function edgeText({ from, to, regular, control, reference, size }: StockEdge): string {
  return `${from} -> ${to}: ${regular} regular, ${control} control, ${reference} reference, size ${size}`;
}

const sorted = (texts: readonly string[]): string[] => [...texts].sort();

/** Groups of two or more children of one template. */
function alike(children: readonly { readonly name: string; readonly template: unknown }[]): string[] {
  const groups = new Map<unknown, string[]>();
  for (const { name, template } of children)
    if (template !== null) groups.set(template, [...(groups.get(template) ?? []), name]);
  return sorted(
    [...groups.values()].filter(({ length }) => length > 1).map((group) => group.sort().join(" ")),
  );
}
