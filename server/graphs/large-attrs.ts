/** Graphs without the attributes that are too large to show, such as the constants of a frozen model. */
import { pb } from "../../proto/index.ts";

export interface AttrLimit {
  /** Largest attribute that stays, in bytes as encoded. */
  readonly bytes: number;
  /** Attribute that lists the names of those that were left out. */
  readonly key: string;
}

/** Attributes of other kinds are a number: a tag and ten bytes at most. */
const NUMBER_BYTES = 11;

export function withoutLargeAttrs(graph: pb.GraphDef.$Properties, limit: AttrLimit): pb.GraphDef.$Properties {
  return { ...graph, node: (graph.node ?? []).map((node) => withoutLarge(node, limit)) };
}

function withoutLarge(node: pb.NodeDef.$Properties, { bytes, key }: AttrLimit): pb.NodeDef.$Properties {
  const attrs = Object.entries(node.attr ?? {});
  const large = attrs.filter(([, value]) => isLarger(value, bytes)).map(([name]) => name);
  if (large.length === 0) return node;
  const kept = attrs.filter(([name]) => !large.includes(name));
  // Stock lists them in the order of a hash.
  const names = large.sort().map((name) => new TextEncoder().encode(name));
  return { ...node, attr: Object.fromEntries([...kept, [key, { list: { s: names } }]]) };
}

function isLarger(value: pb.AttrValue.$Properties, bytes: number): boolean {
  const { s, list, tensor, shape, func, placeholder } = value;
  const isNumber = s == null && !list && !tensor && !shape && !func && placeholder == null;
  if (isNumber && bytes >= NUMBER_BYTES) return false;
  return pb.AttrValue.encode(value).finish().length > bytes;
}
