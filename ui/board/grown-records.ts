/**
 * The index of a tag's records, asked for as it grows: of a run that is known only what came since. What was overtaken or
 * written anew in between is noticed by the count and by the key of the last record, which never stands for anything else.
 */
import type { RunRecords } from "../../client/records-table.ts";
import { smallest } from "../../values/extremes.ts";

/** A query of records without its runs. */
interface Question {
  readonly from?: number;
  readonly to?: number;
  readonly limit?: number;
  readonly values?: boolean;
  readonly overtaken?: boolean;
}

type Fetch<Query> = (query: Query, signal: AbortSignal) => Promise<readonly RunRecords[]>;

/**
 * `fetch`, which remembers what it brought of the last question: asked the same again, it asks for what is new. Only whole
 * indexes grow: a range, an even choice, or values are asked for as they are.
 */
export function growing<Query extends Question & { readonly runs?: readonly string[] }>(
  fetch: Fetch<Query>,
): Fetch<Query> {
  let asked = "";
  let known = new Map<string, RunRecords>();
  const remember = (parts: readonly RunRecords[]): readonly RunRecords[] => {
    for (const part of parts) known.set(part.run, part);
    return parts;
  };
  return async (query, signal) => {
    const { from, to, limit, values, overtaken } = query;
    const isWhole = (from ?? to ?? limit) === undefined && !values && !overtaken;
    if (!isWhole) return fetch(query, signal);
    const key = JSON.stringify({ ...query, runs: null });
    if (key !== asked) [asked, known] = [key, new Map()];
    const before = known;
    const { runs } = query;
    const grown = (runs ?? [...before.keys()]).filter((run) => isExtendable(before.get(run)));
    if (grown.length === 0) return remember(await fetch(query, signal));
    const since = smallest(grown.map((run) => before.get(run)!.step.at(-1)!));
    const news = await fetch({ ...query, ...(runs && { runs: grown }), from: since }, signal);
    const parts = news.flatMap((part) => extended(before.get(part.run), part, since) ?? []);
    const done = new Set(parts.map(({ run }) => run));
    const rest = (runs ?? news.map(({ run }) => run)).filter((run) => !done.has(run));
    if (rest.length > 0) for (const part of await fetch({ ...query, runs: rest }, signal)) parts.push(part);
    return remember(parts);
  };
}

/** Steps past 2^53 are no numbers to ask from. */
function isExtendable(records: RunRecords | undefined): records is RunRecords {
  return records !== undefined && records.step.length > 0 && records.exactStep === null;
}

/** What is known, and after it what the news (from step `since` on) has more; null where they do not fit together. */
export function extended(known: RunRecords | undefined, news: RunRecords, since: number): RunRecords | null {
  if (!isExtendable(known)) return null;
  let start = known.step.length;
  while (start > 0 && known.step[start - 1]! >= since) start--;
  const overlap = known.step.length - start;
  if (news.total - news.inRange !== start || news.step.length < overlap || news.exactStep) return null;
  for (let i = 0; i < overlap; i++) if (known.keys[start + i] !== news.keys[i]) return null;
  if (news.step.length === overlap) return known;
  return {
    ...news,
    inRange: news.total,
    step: joined(known.step, start, news.step),
    wallTime: joined(known.wallTime, start, news.wallTime),
    bytes: joinedInts(known.bytes, start, news.bytes),
    blobs: joinedInts(known.blobs, start, news.blobs),
    keys: [...known.keys.slice(0, start), ...news.keys],
  };
}

function joined(before: Float64Array, end: number, after: Float64Array): Float64Array {
  const all = new Float64Array(end + after.length);
  all.set(before.subarray(0, end));
  all.set(after, end);
  return all;
}

function joinedInts(before: Int32Array, end: number, after: Int32Array): Int32Array {
  const all = new Int32Array(end + after.length);
  all.set(before.subarray(0, end));
  all.set(after, end);
  return all;
}
