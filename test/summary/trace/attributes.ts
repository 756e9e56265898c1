/** Attributes of nodes, to look at. */
import { pb } from "../../../proto/index.ts";

/** A node's attributes as plain values. */
export function attributesOf(node: pb.NodeDef.$Properties | undefined): Record<string, unknown> {
  const entries = Object.entries(node?.attr ?? {}).map(([name, value]) => [name, plain(value)]);
  return Object.fromEntries(entries);
}

function plain(value: pb.AttrValue.$Properties): unknown {
  const { list, type, s, shape } = value;
  if (s !== undefined && s !== null) return new TextDecoder().decode(s);
  if (type !== undefined && type !== null) return pb.DataType[type];
  if (shape !== undefined && shape !== null) return shape.dim?.map(({ size }) => Number(size));
  if (list?.shape?.length) return list.shape.map(({ dim }) => (dim ?? []).map(({ size }) => Number(size)));
  if (list?.i?.length) return list.i.map(Number);
  if (value.i !== undefined && value.i !== null) return Number(value.i);
  return value.f ?? value.b ?? list;
}
