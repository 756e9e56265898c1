/** Queries of `/api/v1/records`: values other than scalars, as far as they are known, or read from disk. */
import type { Request, Response } from "express";
import type { TensorValue } from "../../../proto/index.ts";
import type { RecordsHead, RecordsQuery } from "../../api/types.ts";
import type { RecordRef } from "../../store/record-series.ts";
import type { Run } from "../../store/run.ts";
import type { ServerContext } from "../context.ts";
import { Budget, checkBytesToRead } from "../limits.ts";
import { checkAsker } from "../pieces.ts";
import { dataClassName } from "./data-class.ts";
import { type Fields, flag, number, readQuery, required, text, texts } from "./fields.ts";
import { sendForm } from "./forms.ts";
import { keyOf, type SeriesOfRecords } from "./record-key.ts";
import { countBlobs, hasBlobs, readTensors } from "./record-values.ts";
import { toRecordsArrow, toRecordsJson } from "./records-formats.ts";

export const recordsFields: Fields<RecordsQuery> = {
  tag: required(text("The tag.")),
  runs: texts("run", "Names of runs; all that have the tag when left out. Unknown names are passed over."),
  plugin: text("Only runs in which the tag is of this plugin."),
  from: number("First step of the range."),
  to: number("Last step of the range, inclusive."),
  limit: number(
    "At most so many values a run, evenly spaced among those in the range, with the first and the last.",
    { least: 1, whole: true },
  ),
  values: flag("Whether tensors are read from disk and part of the answer."),
  overtaken: flag("Instead of the values, those that restarts overtook, oldest first."),
};

/** Values of a run's series that were asked for. */
export interface RecordColumns {
  readonly head: RecordsHead;
  readonly refs: readonly RecordRef[];
  readonly blobs: readonly number[];
  readonly keys: readonly string[];
  /** Null where they were not asked for, or there are blobs instead. */
  readonly tensors: readonly (TensorValue | null)[] | null;
}

export async function answerRecords(
  context: ServerContext,
  request: Request,
  response: Response,
): Promise<void> {
  const query = await readQuery(request, recordsFields);
  const answer = await recordsOf(context, query, response);
  sendForm(request, response, {
    json: () => toRecordsJson(query.tag, answer),
    arrow: () => toRecordsArrow(query, answer),
  });
}

const ADVICE =
  'fewer runs, a range of steps, or fewer with "limit"; one large tensor comes as bytes from /api/v1/blob';

/** @throws HttpError 413 when it is more than an answer holds */
async function recordsOf(
  context: ServerContext,
  query: RecordsQuery,
  response: Response,
): Promise<RecordColumns[]> {
  const { store } = context;
  const selected = [...new Set(query.runs ?? store.runs().map(({ name }) => name))].flatMap((name) => {
    const run = store.run(name);
    const series = run?.series.get(query.tag);
    if (!run || series?.kind !== "records") return [];
    if (query.plugin !== undefined && series.metadata.plugin !== query.plugin) return [];
    return [select(run, series, query)];
  });
  const budget = new Budget(ADVICE);
  for (const { refs } of selected) budget.take(refs.length);
  if (query.values)
    checkBytesToRead(
      selected
        .filter(({ series }) => !hasBlobs(series))
        .flatMap(({ refs }) => refs.map(({ length }) => length)),
      ADVICE,
    );
  const answer: RecordColumns[] = [];
  // One run after the other: there may be more files than can be open at a time.
  for (const { run, series, head, refs } of selected) {
    checkAsker(response);
    answer.push({
      head,
      refs,
      blobs: countBlobs(series, refs),
      keys: refs.map((ref) => keyOf(store, run, series, ref)),
      tensors: query.values && !hasBlobs(series) ? await readTensors(context, refs, budget) : null,
    });
  }
  return answer;
}

interface Selected {
  readonly run: Run;
  readonly series: SeriesOfRecords;
  readonly head: RecordsHead;
  readonly refs: readonly RecordRef[];
}

function select(run: Run, series: SeriesOfRecords, query: RecordsQuery): Selected {
  const { data, metadata } = series;
  const { from = Number.NEGATIVE_INFINITY, to = Number.POSITIVE_INFINITY, limit } = query;
  const overtaken = query.overtaken ? data.overtaken.filter(({ step }) => step >= from && step <= to) : null;
  const [first, end] = data.range(from, to);
  const inRange = overtaken ? overtaken.length : end - first;
  const rows = evenlySpaced(inRange, limit ?? inRange);
  const { plugin, dataClass, content } = metadata;
  return {
    run,
    series,
    head: {
      run: run.name,
      plugin,
      data_class: dataClassName(dataClass),
      plugin_content: Buffer.from(content).toString("base64"),
      total: overtaken ? data.overtaken.length : data.length,
      in_range: inRange,
    },
    refs: rows.map((row) => overtaken?.[row] ?? data.at(first + row)),
  };
}

/** At most `most` of so many rows, with the first and the last. */
function evenlySpaced(rows: number, most: number): number[] {
  if (rows <= most) return Array.from({ length: rows }, (_, i) => i);
  if (most === 1) return [rows - 1];
  return Array.from({ length: most }, (_, i) => Math.round((i * (rows - 1)) / (most - 1)));
}
