/** Which of a run's texts a card shows. */
import type { RunRecords } from "../../../client/records-table.ts";
import type { NameFilter } from "../../app/name-filter.ts";
import { indexAt } from "../../board/moments.ts";
import { plainText } from "./texts.ts";

/** A text of the card. */
export interface Entry {
  readonly step: number;
  readonly wallTime: number;
  readonly key: string;
  /** Of its record. */
  readonly bytes: number;
}

export const entriesOf = ({ step, wallTime, keys, bytes }: RunRecords): Entry[] =>
  keys.map((key, i) => ({ step: step[i]!, wallTime: wallTime[i]!, key, bytes: bytes[i]! }));

export function textAt({ tensors }: RunRecords, at: number): string {
  const tensor = tensors?.[at];
  return tensor ? plainText(tensor) : "";
}

/** A search reads all texts: until they are there, nobody knows which match. */
export const canSearch = (records: RunRecords | null): boolean =>
  records !== null && records.tensors !== null;

export interface Shown {
  readonly search: NameFilter;
  readonly allSteps: boolean;
  /** What the card looks at. */
  readonly moment: Parameters<typeof indexAt>[1];
}

/** What matches the search, all steps, or the one step; the newest first. */
export function shownEntries(
  records: RunRecords | null,
  { search, allSteps, moment }: Shown,
): readonly Entry[] {
  if (!records) return [];
  const entries = entriesOf(records);
  if (search.active) {
    if (!canSearch(records)) return [];
    return entries.filter((_, i) => search.test(textAt(records, i))).reverse();
  }
  if (allSteps) return entries.reverse();
  const at = indexAt(records, moment);
  return at < 0 ? [] : [entries[at]!];
}
