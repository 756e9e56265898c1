/**
 * How many strings of a value stand for one blob: two where audio clips have labels (a tensor of shape [clips, 2], as
 * `tf.summary.audio` writes). Only the value itself tells, so the last one is read, once a series.
 */
import { readEvents } from "../ingest/read-record.ts";
import type { Series } from "../store/run.ts";

const known = new WeakMap<Series, 1 | 2>();

/** @param pathOf path of an event file by its number */
export async function stringsPerBlob(
  series: Series,
  pathOf: (file: number) => string | undefined,
): Promise<1 | 2> {
  if (series.metadata.plugin !== "audio" || series.kind !== "records" || series.data.length === 0) return 1;
  const found = known.get(series);
  if (found !== undefined) return found;
  const last = series.data.at(series.data.length - 1);
  const [event] = await readEvents([last], pathOf);
  if (!event) return 1;
  const rank = event.summary?.value?.[last.index]?.tensor?.tensorShape?.dim?.length ?? 0;
  const each = rank === 2 ? 2 : 1;
  known.set(series, each);
  return each;
}
