/** The columns that every value has, and the values of series as they are read back from disk. */
import type { pb, TensorValue } from "../../../../proto/index.ts";
import { tensorOf } from "../../../plugins/event-value.ts";
import type { RecordRef } from "../../../store/record-series.ts";
import { type Chosen, inRange, type Selection } from "../selection.ts";
import type { Cell, Column } from "../table.ts";
import type { TableInput } from "./input.ts";

/** Run, tag, step and wall time; last of all columns, where it is asked for, whether a restart overtook the value. */
export function valueColumns({ catalog, selection }: TableInput, columns: readonly Column[]): Column[] {
  return [
    { name: "run", type: "label", labels: catalog.runs },
    { name: "tag", type: "label", labels: catalog.tags },
    { name: "step", type: "int64" },
    { name: "wall_time", type: "float64" },
    ...columns,
    ...(selection.overtaken ? [{ name: "overtaken", type: "bool" } as const] : []),
  ];
}

/** A value with what it takes to write its rows. */
export interface ReadValue {
  readonly chosen: Chosen;
  readonly ref: RecordRef;
  readonly event: pb.Event;
  /** A row of the table, with these cells in the middle. */
  row(...cells: Cell[]): Cell[];
}

/** The selected values of series, in order; what cannot be read any more is left out. */
export function* readValues({ catalog, selection, records, notes }: TableInput): Generator<ReadValue> {
  for (const chosen of catalog.series)
    for (const [ref, overtaken] of refsOf(chosen, selection)) {
      const event = records.read(ref);
      if (!event) {
        notes.add(`a value of run "${chosen.run.name}" was left out: its file is gone, or has changed`);
        continue;
      }
      const before = [chosen.runPlace, chosen.tagPlace, ref.step, ref.wall];
      const after = selection.overtaken ? [overtaken] : [];
      yield { chosen, ref, event, row: (...cells) => [...before, ...cells, ...after] };
    }
}

/**
 * Those of them that are tensors which `rowsOf` takes, old histograms included, as rows.
 *
 * @param rowsOf the cells in the middle of each row; null for a tensor that is not of the table's kind
 */
export function* tensorRows(
  input: TableInput,
  rowsOf: (tensor: TensorValue) => Iterable<readonly Cell[]> | null,
): Generator<readonly Cell[]> {
  for (const { chosen, ref, event, row } of readValues(input)) {
    const value = event.summary?.value?.[ref.index];
    const tensor = value && tensorOf(value);
    const rows = tensor && rowsOf(tensor);
    if (rows) for (const cells of rows) yield row(...cells);
    else {
      const { plugin } = chosen.series.metadata;
      input.notes.add(`a value of tag "${chosen.series.tag}" was left out: it is not what ${plugin} has`);
    }
  }
}

function* refsOf({ series }: Chosen, selection: Selection): Generator<[RecordRef, boolean]> {
  if (series.kind !== "records") return;
  const { data } = series;
  for (let row = 0; row < data.length; row++) {
    const ref = data.at(row);
    if (inRange(selection, ref.step)) yield [ref, false];
  }
  if (!selection.overtaken) return;
  for (const ref of data.overtaken) if (inRange(selection, ref.step)) yield [ref, true];
}
