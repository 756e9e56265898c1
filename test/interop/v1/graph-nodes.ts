/** Nodes of a GraphDef as plain data, in which a difference can be read. */
import type { pb } from "../../../proto/index.ts";

/**
 * Left out by us, since TensorFlow 1 did not have them: which gradient a product is (of TensorFlow 2.13), and
 * whether a node is waited for (of TensorFlow 2.1).
 */
const LATER_ATTRS = ["grad_a", "grad_b", "_has_manual_control_dependencies"];

/** By name; attributes have no order. */
export function nodesByName({ node }: pb.GraphDef.$Properties): Readonly<Record<string, unknown>> {
  return Object.fromEntries(
    (node ?? []).map(({ name, op, input, device, attr }) => {
      const attrs = Object.entries(attr ?? {}).filter(([key]) => !LATER_ATTRS.includes(key));
      const described = Object.fromEntries(attrs.map(([key, value]) => [key, plain(value)]));
      return [name ?? "", { op, input, device: device ?? "", attr: described }];
    }),
  );
}

/** Bytes and integers as text and numbers, without empty lists. */
function plain(part: unknown): unknown {
  if (part instanceof Uint8Array) return `bytes ${Buffer.from(part).toString("hex")}`;
  if (Array.isArray(part)) return part.map(plain);
  if (typeof part !== "object" || part === null) return part;
  if ("low" in part && "high" in part) return Number(part);
  const fields = Object.entries(part).filter(([, field]) => !Array.isArray(field) || field.length > 0);
  return Object.fromEntries(fields.map(([key, field]) => [key, plain(field)]));
}
