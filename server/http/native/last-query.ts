/** Queries of `/api/v1/last`: where each series of scalars stands, and how good it has been. */
import type { Request, Response } from "express";
import type { LastQuery } from "../../api/types.ts";
import { endsOf, type SeriesEnds } from "../../store/series-ends.ts";
import type { Store } from "../../store/store.ts";
import { Breather } from "../../util/breather.ts";
import { getOrInsert } from "../../util/get-or-insert.ts";
import type { ServerContext } from "../context.ts";
import { type Fields, readQuery, texts } from "./fields.ts";
import { sendForm } from "./forms.ts";
import { toLastArrow, toLastCsv, toLastJson } from "./last-formats.ts";
import { axisFields } from "./series-query.ts";

export const lastFields: Fields<LastQuery> = {
  tags: texts("tag", "Tags of scalars; all when left out."),
  runs: texts("run", "Names of runs; all when left out. Unknown names are passed over."),
  axis: axisFields.axis,
  from: axisFields.from,
  to: axisFields.to,
};

export interface LastEntry extends SeriesEnds {
  readonly tag: string;
  readonly run: string;
}

export async function answerLast(
  { store }: ServerContext,
  request: Request,
  response: Response,
): Promise<void> {
  const entries = await lastOf(store, await readQuery(request, lastFields));
  sendForm(request, response, {
    json: () => toLastJson(entries),
    arrow: () => toLastArrow(entries),
    csv: () => toLastCsv(entries),
  });
}

/** Tag after tag, in each the runs in order. */
async function lastOf(
  store: Store,
  { tags, runs, axis = "step", from, to }: LastQuery,
): Promise<LastEntry[]> {
  const asked = runs ? [...new Set(runs)].flatMap((name) => store.run(name) ?? []) : store.runs();
  const byTag = new Map<string, LastEntry[]>((tags ?? []).map((tag) => [tag, []]));
  const breather = new Breather();
  const range =
    (from ?? to) === undefined
      ? undefined
      : { axis, from: from ?? Number.NEGATIVE_INFINITY, to: to ?? Number.POSITIVE_INFINITY };
  for (const run of asked)
    for (const { tag, kind, data } of run.series.values()) {
      if (kind !== "scalars" || (tags && !byTag.has(tag))) continue;
      const ends = endsOf(data, range);
      if (!ends) continue;
      getOrInsert(byTag, tag, () => []).push({ tag, run: run.name, ...ends });
      await breather.pause();
    }
  return [...byTag.values()].flat();
}
