/** What a card asks the server for, but for the runs. */
import type { SeriesQuery } from "../../../server/api/types.ts";

export type SeriesShape = Omit<SeriesQuery, "runs">;

/** Another smoothing shows the same points: an answer on its way is worth seeing. */
export function samePoints(before: SeriesShape, after: SeriesShape): boolean {
  return JSON.stringify({ ...before, smoothing: 0 }) === JSON.stringify({ ...after, smoothing: 0 });
}
