/**
 * Points in sequences: a column of the metadata that says of each row which row follows it, counted from 0. Facts:
 * `getSequenceNextPointIndex` in tensorboard/plugins/projector/vz_projector/data.ts.
 */
import type { Column } from "./columns.ts";

/** As TensorBoard looks for them, in this order. */
const NAMES = ["__next__", "__seq_next__"];

/** Of each row, the row that follows it, -1 for none; null where no column says so. */
export function sequencesIn(columns: readonly Column[], rows: number): Int32Array<ArrayBuffer> | null {
  const column = NAMES.flatMap((name) => columns.find((one) => one.name === name) ?? [])[0];
  if (!column) return null;
  const known = column.values.map((text) => (text.trim() === "" ? -1 : Number(text)));
  return Int32Array.from({ length: rows }, (_, row) => {
    const next = known[column.indices[row] ?? -1] ?? -1;
    return Number.isInteger(next) && next >= 0 && next < rows ? next : -1;
  });
}
