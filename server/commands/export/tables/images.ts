/** Images: each a file, and a row that says which. */
import { imageSize } from "image-size";
import { blobsOf } from "../../../plugins/event-value.ts";
import { inBatches } from "../batches.ts";
import type { Cell, Table } from "../table.ts";
import type { TableInput } from "./input.ts";
import { readValues, valueColumns } from "./values.ts";

export function images(input: TableInput): Table {
  const columns = valueColumns(input, [
    { name: "index", type: "int32" },
    { name: "width", type: "int32" },
    { name: "height", type: "int32" },
    { name: "file", type: "text" },
  ]);
  return { name: "images", columns, batches: inBatches(columns, rowsOf(input)) };
}

function* rowsOf(input: TableInput): Generator<readonly Cell[]> {
  for (const { chosen, ref, event, row } of readValues(input)) {
    const { run, series } = chosen;
    const [width, height, ...encoded] = blobsOf(event, ref.index, series.metadata) ?? [];
    for (const [index, bytes] of encoded.entries()) {
      const place = { plugin: "images", run: run.name, tag: series.tag, step: ref.step, index };
      const file = input.blobs.write({ ...place, extension: extensionOf(bytes) }, bytes);
      yield row(index, sizeOf(width), sizeOf(height), file);
    }
  }
}

/** The blobs before the images are their width and height, as text. 0 where that is none. */
function sizeOf(text: Uint8Array | undefined): number {
  return Number.parseInt(Buffer.from(text ?? []).toString("latin1"), 10) || 0;
}

/** By the bytes, since nothing else says what an image is; `bin` for what is not known. */
function extensionOf(bytes: Uint8Array): string {
  try {
    return imageSize(bytes).type ?? "bin";
  } catch {
    return "bin";
  }
}
