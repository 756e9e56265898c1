/** Values on disk, read and taken out of their events. */
import type { pb, TensorValue } from "../../../proto/index.ts";
import { readValues } from "../../ingest/read-record.ts";
import { DataClass } from "../../ingest/series-metadata.ts";
import { blobsOf, IMAGE_OFFSET, tensorOf } from "../../plugins/event-value.ts";
import type { RecordRef } from "../../store/record-series.ts";
import type { ServerContext } from "../context.ts";
import type { Budget } from "../limits.ts";
import type { SeriesOfRecords } from "./record-key.ts";

export function hasBlobs({ metadata }: SeriesOfRecords): boolean {
  return metadata.dataClass === DataClass.DATA_CLASS_BLOB_SEQUENCE;
}

/**
 * Tensors of a series; null where there is none that can be read (any more), or it is too large.
 *
 * @throws HttpError 413 when they are more than the budget has
 */
export function readTensors(
  { loader }: ServerContext,
  refs: readonly RecordRef[],
  budget?: Budget,
): Promise<(TensorValue | null)[]> {
  return readValues(
    refs,
    (file) => loader.fileOf(file),
    (event, { index }) => {
      const value = event.summary?.value?.[index];
      const tensor = value ? tensorOf(value) : null;
      if (tensor) budget?.takeTensor(tensor);
      return tensor;
    },
  );
}

/** The blobs of a value, see {@link blobsIn}; null when it cannot be read (any more). */
export async function readBlobs(
  { loader }: ServerContext,
  series: SeriesOfRecords,
  ref: RecordRef,
): Promise<Uint8Array[] | null> {
  const [blobs = null] = await readValues(
    [ref],
    (file) => loader.fileOf(file),
    (event) => blobsIn(event, series, ref),
  );
  return blobs;
}

/** The blobs of the value that an event holds: images without the size that stands before them; null when it has none. */
export function blobsIn(
  event: pb.Event,
  { metadata }: SeriesOfRecords,
  { index }: RecordRef,
): Uint8Array[] | null {
  return blobsOf(event, index, metadata)?.slice(stringsBefore(metadata.plugin)) ?? null;
}

/** How many blobs each value holds, from what is known without reading them; 0 of tensors. */
export function countBlobs(series: SeriesOfRecords, refs: readonly RecordRef[]): number[] {
  if (!hasBlobs(series)) return refs.map(() => 0);
  const before = stringsBefore(series.metadata.plugin);
  return refs.map(({ blobs }) => Math.max(0, blobs - before));
}

function stringsBefore(plugin: string): number {
  return plugin === "images" ? IMAGE_OFFSET : 0;
}
