/** Time Series: scalars, histograms and images by tag, as stock's newer front end asks for them. */
import { badRequest } from "../http/errors.ts";
import { sendJson } from "../http/json.ts";
import { form, optional, required } from "../http/parameters.ts";
import { sendBlob } from "./blob-answer.ts";
import { blobKey } from "./blob-key.ts";
import type { DataProvider } from "./data-provider.ts";
import { IMAGE_OFFSET } from "./event-value.ts";
import { histogramBins } from "./histogram-bins.ts";
import { HISTOGRAMS } from "./histograms.ts";
import { imageType } from "./image-type.ts";
import { component, type Plugin } from "./plugin.ts";
import { timeseriesTags } from "./timeseries-tags.ts";

export const timeseries: Plugin = {
  name: "timeseries",
  tabName: "Time Series",
  loading: component,
  dataPlugins: ["scalars", "histograms", "images"],
  routes(router, data) {
    router.get("/tags", (_request, response) => {
      sendJson(response, timeseriesTags(data));
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

    router.get("/imageData", (request, response) =>
      sendBlob(response, data, required(request, "imageId"), imageType),
    );
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
  if (plugin !== "histograms" && plugin !== "images") return { ...echo, error: "Invalid plugin" };
  if (typeof run !== "string") return { ...echo, error: "Missing run" };
  if (plugin === "histograms") return { ...echo, runToSeries: await histogramSeries(data, tag, runs) };
  if (typeof sample !== "number" || !Number.isInteger(sample)) return { ...echo, error: "Missing sample" };
  return { ...echo, runToSeries: imageSeries(data, tag, sample, runs) };
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
  // Unlike on the histograms' own routes, what the user asked for counts here even beyond the default.
  const atMost = data.samplesAsked("histograms") ?? HISTOGRAMS;
  for (const run of runs ?? data.runs().map((r) => r.name)) {
    const histograms = await data.tensors("histograms", run, tag, atMost);
    if (!histograms) continue;
    const steps = histograms.map(({ wallTime, step, value }) => ({
      wallTime,
      step,
      bins: (histogramBins(value) ?? []).map(([min, max, count]) => ({ min, max, count })),
    }));
    series.set(run, steps);
  }
  return series;
}

/** Images by run; a run without any of that sample is left out. */
function imageSeries(
  data: DataProvider,
  tag: string,
  sample: number,
  runs: readonly string[] | undefined,
): Map<string, unknown> {
  const series = new Map<string, unknown>();
  const index = sample + IMAGE_OFFSET;
  for (const run of runs ?? data.runs().map((r) => r.name)) {
    const counts = data.blobCounts("images", run, tag) ?? [];
    const steps = counts
      .filter(({ value }) => index >= 0 && value > index)
      .map(({ step, wallTime }) => ({
        step,
        wallTime,
        imageId: blobKey({ plugin: "images", run, tag, step, index }),
      }));
    if (steps.length > 0) series.set(run, steps);
  }
  return series;
}
