/** Audio: each clip a file, and a row that says which. */
import { blobsOf } from "../../../plugins/event-value.ts";
import { audioType } from "../../../util/audio-type.ts";
import { inBatches } from "../batches.ts";
import type { Cell, Table } from "../table.ts";
import type { TableInput } from "./input.ts";
import { readValues, valueColumns } from "./values.ts";

export function audio(input: TableInput): Table {
  const columns = valueColumns(input, [
    { name: "index", type: "int32" },
    { name: "file", type: "text" },
  ]);
  return { name: "audio", columns, batches: inBatches(columns, rowsOf(input)) };
}

function* rowsOf(input: TableInput): Generator<readonly Cell[]> {
  for (const { chosen, ref, event, row } of readValues(input)) {
    const { run, series } = chosen;
    for (const [index, bytes] of (blobsOf(event, ref.index, series.metadata) ?? []).entries()) {
      const place = { plugin: "audio", run: run.name, tag: series.tag, step: ref.step, index };
      yield row(
        index,
        input.blobs.write({ ...place, extension: audioType(bytes)?.extension ?? "bin" }, bytes),
      );
    }
  }
}
