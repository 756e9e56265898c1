/** Graphs and steps of runs as the native face sees them: every one that the logs hold, with a key for what is opened of it. */
import type { GraphChoice, GraphListing, GraphRun, GraphStep } from "../../graph/views.ts";
import type { ServerContext } from "../http/context.ts";
import { notFound } from "../http/errors.ts";
import { keyOf, type SeriesOfRecords } from "../http/native/record-key.ts";
import { readBlobs } from "../http/native/record-values.ts";
import { RUN_GRAPH_TAG } from "../ingest/series-metadata.ts";
import { UNFIT } from "../ingest/tag-kind.ts";
import type { RecordRef } from "../store/record-series.ts";
import type { Run } from "../store/run.ts";
import { KERAS_MODEL, RUN_GRAPH, RUN_METADATA, RUN_METADATA_GRAPH, TAGGED_RUN_METADATA } from "./plugins.ts";
import { profilesOf, stepOfProfile } from "./profiles.ts";
import type { StepName } from "./questions.ts";

/** A value that can be read. */
export interface Logged {
  /** Stands for these bytes and no others. */
  readonly key: string;
  /** Null where its file is gone. */
  read(): Promise<Uint8Array | null>;
}

/** A step: its run metadata, or a profiler's trace of it. */
export interface LoggedStep extends Logged {
  readonly kind: StepName["kind"];
}

export interface LoggedGraph extends Logged {
  readonly kind: GraphChoice["kind"];
}

/** Where graphs of each kind are, and steps. */
const PLUGINS: Readonly<Record<GraphChoice["kind"], readonly string[]>> = {
  op: [RUN_GRAPH],
  conceptual: [KERAS_MODEL],
  traced: [RUN_METADATA, RUN_METADATA_GRAPH],
};
const STEP_PLUGINS: readonly string[] = [TAGGED_RUN_METADATA, RUN_METADATA];

/** The bytes of those that have these keys. @throws HttpError 404 when a file is gone */
export async function readLogged(
  sources: readonly Logged[],
  keys: readonly string[],
): Promise<Map<string, Uint8Array>> {
  const bytes = new Map<string, Uint8Array>();
  for (const source of sources) {
    if (!keys.includes(source.key) || bytes.has(source.key)) continue;
    const found = await source.read();
    if (!found) throw notFound("the event file with this graph is gone");
    bytes.set(source.key, found);
  }
  return bytes;
}

export async function graphListing(context: ServerContext): Promise<GraphListing> {
  const all = context.store.runs();
  const profiles = await profilesOf(context).of(all.map(({ name }) => name));
  const runs = all.map((run): GraphRun => {
    const { traces = [], unread = [] } = profiles.get(run.name) ?? {};
    return {
      run: run.name,
      graphs: choicesOf(run),
      steps: [...traces.map(stepOfProfile), ...stepsOf(run)],
      unread_profiles: unread,
    };
  });
  return {
    runs: runs.filter(
      ({ graphs, steps, unread_profiles: unread }) => graphs.length + steps.length + unread.length > 0,
    ),
  };
}

/** A graph, and how large it is. */
export type SizedGraph = LoggedGraph & Pick<GraphChoice, "bytes">;

/**
 * Graphs as the page shows them to whoever chooses none: first that of the first run that has a step, too; one a run.
 *
 * @param runs how many runs are looked through
 */
export function likelyGraphs(context: ServerContext, runs: number): SizedGraph[] {
  const looked = context.store
    .runs()
    .slice(0, runs)
    .map((run) => ({ run, choices: choicesOf(run) }))
    .filter(({ choices }) => choices.length > 0);
  const isOp = ({ kind }: GraphChoice): boolean => kind === "op";
  const first = looked.find(({ run, choices }) => choices.some(isOp) && stepsOf(run).length > 0);
  const ordered = first ? [first, ...looked.filter((one) => one !== first)] : looked;
  return ordered.flatMap(({ run, choices }) => {
    const choice = choices.find(isOp) ?? choices[0]!;
    const graph = findGraph(context, run.name, choice.kind, choice.tag ?? RUN_GRAPH_TAG);
    return graph ? { ...graph, bytes: choice.bytes } : [];
  });
}

function choicesOf(run: Run): GraphChoice[] {
  const choices: GraphChoice[] = [];
  for (const kind of ["op", "conceptual", "traced"] as const)
    for (const { tag, series } of seriesOf(run, PLUGINS[kind])) {
      if (kind === "op" && tag !== RUN_GRAPH_TAG) continue;
      const ref = fitting(series).at(-1);
      if (ref) choices.push({ kind, tag: kind === "op" ? null : tag, bytes: ref.length });
    }
  return choices;
}

function stepsOf(run: Run): GraphStep[] {
  return seriesOf(run, STEP_PLUGINS).flatMap(({ tag, series }) =>
    fitting(series).map(({ step, wall }) => ({ tag, step: Number(step), wall_time: wall })),
  );
}

function seriesOf(run: Run, plugins: readonly string[]): { tag: string; series: SeriesOfRecords }[] {
  return [...run.series.values()].flatMap((series) =>
    series.kind === "records" && plugins.includes(series.metadata.plugin)
      ? [{ tag: series.tag, series }]
      : [],
  );
}

/** The values that are of their tag's kind, in order of step. */
function fitting({ data }: SeriesOfRecords): RecordRef[] {
  return data.refs.filter(({ blobs }) => blobs !== UNFIT && blobs > 0);
}

/** The newest graph of a kind and tag; undefined where there is none. */
export function findGraph(
  context: ServerContext,
  runName: string,
  kind: GraphChoice["kind"],
  tag: string,
): LoggedGraph | undefined {
  const found = find(context, runName, tag, PLUGINS[kind], (refs) => refs.at(-1));
  return found && { ...found, kind };
}

/**
 * The newest run metadata of a tag, or that of a step, or the profiler's trace of that name; undefined where there is none.
 */
export async function findStep(
  context: ServerContext,
  runName: string,
  tag: string,
  step: number | undefined,
): Promise<LoggedStep | undefined> {
  const metadata = find(context, runName, tag, STEP_PLUGINS, (refs) =>
    step === undefined ? refs.at(-1) : refs.findLast((ref) => Number(ref.step) === step),
  );
  if (metadata) return { ...metadata, kind: "metadata" };
  const trace = await profilesOf(context).find(runName, tag);
  return trace && { ...trace, kind: "trace" };
}

function find(
  context: ServerContext,
  runName: string,
  tag: string,
  plugins: readonly string[],
  choose: (refs: readonly RecordRef[]) => RecordRef | undefined,
): Logged | undefined {
  const run = context.store.run(runName);
  const series = run?.series.get(tag);
  if (!run || series?.kind !== "records" || !plugins.includes(series.metadata.plugin)) return undefined;
  const ref = choose(fitting(series));
  return (
    ref && {
      key: keyOf(context.store, run, series, ref),
      read: async () => (await readBlobs(context, series, ref))?.[0] ?? null,
    }
  );
}
