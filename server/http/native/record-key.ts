/**
 * Keys of values on disk, as `/api/v1/records` gives them: what a key stands for never changes. It says where the value
 * is, and of when, so that nothing else is taken for it when a file was replaced or the server started anew.
 */
import type { RecordRef } from "../../store/record-series.ts";
import type { Run, Series } from "../../store/run.ts";
import type { Store } from "../../store/store.ts";

/** A series of values on disk. */
export type SeriesOfRecords = Extract<Series, { readonly kind: "records" }>;

export interface KeyedRecord {
  readonly series: SeriesOfRecords;
  readonly ref: RecordRef;
}

/** Letters of the store's instance that keys begin with. */
const INSTANCE_LETTERS = 8;

export function keyOf({ instance }: Store, run: Run, { tagId }: Series, ref: RecordRef): string {
  const { file, offset, length, index, wall } = ref;
  const numbers = [run.id, tagId, file, offset, length, index].map((number) => number.toString(36));
  return [instance.slice(0, INSTANCE_LETTERS), ...numbers, bitsOf(wall).toString(36)].join("-");
}

/** What a key stands for; undefined when it is none, or what it stood for is not there any more. */
export function findByKey(store: Store, key: string): KeyedRecord | undefined {
  const [instance, ...parts] = key.split("-");
  if (instance !== store.instance.slice(0, INSTANCE_LETTERS)) return undefined;
  const [runId, tagId, file, offset, , index] = parts.map((part) => Number.parseInt(part, 36));
  const { run, series } = store.seriesOf(runId ?? -1, tagId ?? -1) ?? {};
  if (series?.kind !== "records") return undefined;
  const ref = series.data.find(file ?? -1, offset ?? -1, index ?? -1);
  return run && ref && keyOf(store, run, series, ref) === key ? { series, ref } : undefined;
}

/** A double's bits. */
function bitsOf(number: number): bigint {
  return new BigUint64Array(Float64Array.of(number).buffer)[0]!;
}
