/** Text tensors as plain text: one as it is, vectors a line each, matrices with tabs. */
import type { Tensor } from "../../../client/records-table.ts";

export function plainText({ data, shape }: Tensor): string {
  const cells = Array.from(data, String);
  const columns = shape.length < 2 ? 1 : shape.at(-1)!;
  if (shape.length === 0 || columns < 1) return cells.join("\n");
  const rows = Array.from({ length: Math.ceil(cells.length / columns) }, (_, row) =>
    cells.slice(row * columns, (row + 1) * columns).join("\t"),
  );
  return rows.join("\n");
}

/** Characters that are shown at once: beyond, the page would stand still to lay them out. */
export const SHOWN_CHARACTERS = 100_000;
