/** Time Series: scalars, histograms and images by tag, as stock's newer front end asks for them. */
import { badRequest } from "../http/errors.ts";
import { sendJson } from "../http/json.ts";
import { renderMarkdown } from "../http/markdown.ts";
import { form, optional } from "../http/parameters.ts";
import { DataClass } from "../ingest/series-metadata.ts";
import { getOrInsert } from "../util/get-or-insert.ts";
import type { DataProvider, Listed } from "./data-provider.ts";
import { histogramBins } from "./histogram-bins.ts";
import { component, type Plugin } from "./plugin.ts";

/** Histograms shown of a series: fifty intervals between the first step and the last. */
const HISTOGRAMS = 51;

export const timeseries: Plugin = {
  name: "timeseries",
  tabName: "Time Series",
  loading: component,
  dataPlugins: ["scalars", "histograms", "images"],
  routes(router, data) {
    router.get("/tags", (_request, response) => {
      sendJson(response, {
        scalars: basicIndex([...data.list("scalars", DataClass.DATA_CLASS_SCALAR)]),
        histograms: basicIndex([...data.list("histograms", DataClass.DATA_CLASS_TENSOR)]),
        images: imageIndex([...data.list("images", DataClass.DATA_CLASS_BLOB_SEQUENCE)]),
      });
    });

    router.all("/timeSeries", async (request, response) => {
      const text =
        request.method === "POST"
          ? (await form(request)).get("requests")?.[0]
          : optional(request, "requests");
      if (!text) throw badRequest('Missing "requests" field');
      const answers: unknown[] = [];
      for (const asked of parseRequests(text)) answers.push(await answer(data, asked));
      sendJson(response, answers);
    });
  },
};

interface SeriesRequest {
  readonly plugin?: unknown;
  readonly tag?: unknown;
  readonly run?: unknown;
  readonly sample?: unknown;
}

function parseRequests(text: string): SeriesRequest[] {
  let requests: unknown;
  try {
    requests = JSON.parse(text);
  } catch {
    throw badRequest('Unable to parse "requests" as JSON');
  }
  if (!Array.isArray(requests) || !requests.every((r) => typeof r === "object" && r !== null))
    throw badRequest('"requests" must be a list of objects');
  return requests;
}

async function answer(data: DataProvider, { plugin, tag, run, sample }: SeriesRequest): Promise<unknown> {
  const echo = {
    plugin: plugin ?? null,
    tag: tag ?? null,
    ...(typeof run === "string" && { run }),
    ...(Number.isInteger(sample) && { sample }),
  };
  if (typeof tag !== "string") return { ...echo, error: "Missing tag" };
  const runs = typeof run === "string" && run !== "" ? [run] : undefined;
  if (plugin === "scalars") return { ...echo, runToSeries: scalarSeries(data, tag, runs) };
  if (plugin === "histograms")
    return runs === undefined && typeof run !== "string"
      ? { ...echo, error: "Missing run" }
      : { ...echo, runToSeries: await histogramSeries(data, tag, runs) };
  return { ...echo, error: "Invalid plugin" };
}

function scalarSeries(
  data: DataProvider,
  tag: string,
  runs: readonly string[] | undefined,
): Map<string, unknown> {
  const series = new Map<string, unknown>();
  for (const run of runs ?? data.runs().map((r) => r.name)) {
    const points = data.scalars(run, tag);
    if (points) series.set(run, points);
  }
  return series;
}

async function histogramSeries(
  data: DataProvider,
  tag: string,
  runs: readonly string[] | undefined,
): Promise<Map<string, unknown>> {
  const series = new Map<string, unknown>();
  for (const run of runs ?? data.runs().map((r) => r.name)) {
    const histograms = await data.tensors("histograms", run, tag, HISTOGRAMS);
    if (!histograms) continue;
    const steps = histograms.map(({ wallTime, step, value }) => ({
      wallTime,
      step,
      bins: histogramBins(value).map(([min, max, count]) => ({ min, max, count })),
    }));
    series.set(run, steps);
  }
  return series;
}

function basicIndex(listed: readonly Listed[]): object {
  const runTagInfo = new Map<string, string[]>();
  for (const { run, tag } of listed) getOrInsert(runTagInfo, run.name, () => []).push(tag);
  for (const tags of runTagInfo.values()) tags.sort();
  return { runTagInfo, tagDescriptions: descriptions(listed) };
}

function imageIndex(listed: readonly Listed[]): object {
  const tagRunSampledInfo = new Map<string, Map<string, unknown>>();
  for (const { run, tag, series } of listed) {
    if (series.kind !== "records") continue;
    // The first two blobs are the width and the height.
    const longest = series.data.refs.reduce((max, ref) => Math.max(max, ref.blobs), 0);
    const info = { maxSamplesPerStep: longest - 2 };
    getOrInsert(tagRunSampledInfo, tag, () => new Map<string, unknown>()).set(run.name, info);
  }
  return { tagDescriptions: descriptions(listed), tagRunSampledInfo };
}

/** Descriptions by tag; where runs differ in theirs, all of them under headings. */
function descriptions(listed: readonly Listed[]): Map<string, string> {
  const byTag = new Map<string, Map<string, string[]>>();
  for (const { tag, run, metadata } of listed) {
    if (metadata.description === "") continue;
    const runsOf = getOrInsert(byTag, tag, () => new Map<string, string[]>());
    getOrInsert(runsOf, metadata.description, () => []).push(run.name);
  }
  return new Map([...byTag].map(([tag, runsOf]) => [tag, renderMarkdown(combined(runsOf))]));
}

function combined(runsOf: ReadonlyMap<string, readonly string[]>): string {
  const sorted = [...runsOf].sort(([a], [b]) => (a < b ? -1 : 1));
  if (sorted.length === 1) return sorted[0]![0];
  const parts = sorted.map(
    ([text, runs]) => `## For ${runs.length > 1 ? "runs" : "run"}: ${[...runs].sort().join(", ")}\n${text}`,
  );
  return `# Multiple descriptions\n${parts.join("\n")}`;
}
