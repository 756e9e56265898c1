/** What stands beside an edge: the shape of the tensor that it carries, or how many tensors they are. */
import { outputShapes, type Shape } from "./definition/output-shapes.ts";
import type { GraphModel } from "./model.ts";

/** @param merged number of a merged edge */
export function edgeLabel(model: GraphModel, merged: number): string | null {
  const { regular, control, sample } = model.edges;
  const count = regular[merged]! + control[merged]!;
  return count > 1 ? `${count} tensors` : tensorLabel(model, sample[merged]!);
}

/** @param edge number of an edge between operations */
export function tensorLabel(model: GraphModel, edge: number): string | null {
  const { from, output } = model.base;
  const shapes = outputShapes(model.columns, model.tree.rows[from[edge]!]!);
  return shapeLabel(shapes?.[output[edge]!] ?? null);
}

export function shapeLabel(shape: Shape): string | null {
  if (shape === null) return null;
  if (shape.length === 0) return "scalar";
  return shape.map((size) => (size === -1 ? "?" : String(size))).join("×");
}
