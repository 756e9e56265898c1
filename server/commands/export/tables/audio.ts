/** Audio: each clip a file, and a row that says which. */
import { blobsOf } from "../../../plugins/event-value.ts";
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
      yield row(index, input.blobs.write({ ...place, extension: extensionOf(bytes) }, bytes));
    }
  }
}

/** How files of sound begin. TensorFlow writes WAV; other writers put what they have. */
const FORMATS: readonly [head: RegExp, extension: string][] = [
  [/^RIFF....WAVE/s, "wav"],
  [/^OggS/, "ogg"],
  [/^fLaC/, "flac"],
  [/^(ID3|\xff[\xe2-\xff])/, "mp3"],
  [/^....ftyp/s, "m4a"],
  [/^FORM....AIF[FC]/s, "aiff"],
];

/** By the bytes, since nothing else says what a clip is; `bin` for what is not known. */
function extensionOf(bytes: Uint8Array): string {
  const head = Buffer.from(bytes.subarray(0, 12)).toString("latin1");
  return FORMATS.find(([pattern]) => pattern.test(head))?.[1] ?? "bin";
}
