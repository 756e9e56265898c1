/** Time Series: scalars, histograms and images by tag, as stock's newer front end asks for them. */
import type { Response } from "express";
import { badRequest } from "../http/errors.ts";
import { type Entries, sendJson } from "../http/json.ts";
import { Budget } from "../http/limits.ts";
import { form, optional, required } from "../http/parameters.ts";
import { checkAsker } from "../http/pieces.ts";
import { Breather } from "../util/breather.ts";
import { sendBlob } from "./blob-answer.ts";
import { blobKey } from "./blob-key.ts";
import type { DataProvider } from "./data-provider.ts";
import { IMAGE_OFFSET } from "./event-value.ts";
import { histogramBins } from "./histogram-bins.ts";
import { HISTOGRAMS } from "./histograms.ts";
import { imageType } from "./image-type.ts";
import { component, type Plugin } from "./plugin.ts";
import { scalarsByRun } from "./scalars.ts";
import { timeseriesTags } from "./timeseries-tags.ts";

export const timeseries: Plugin = {
  name: "timeseries",
  tabName: "Time Series",
  loading: component,
  dataPlugins: ["scalars", "histograms", "images"],
  routes(router, data) {
    router.get("/tags", async (_request, response) => {
      sendJson(response, await timeseriesTags(data));
    });

    router.all("/timeSeries", async (request, response) => {
      const text =
        request.method === "POST"
          ? (await form(request)).get("requests")?.[0]
          : optional(request, "requests");
      if (!text) throw badRequest('Missing "requests" field');
      sendJson(response, await answerAll(data, parseRequests(text), response));
    });

    router.get("/imageData", (request, response) =>
      sendBlob(response, data, required(request, "imageId"), imageType),
    );
  },
};

/** What an answer costs beside its points. */
const ANSWER_NUMBERS = 64;

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

/** Answers in the order of the requests, within one budget. What is asked for twice is looked up once. */
async function answerAll(
  data: DataProvider,
  requests: readonly SeriesRequest[],
  response: Response,
): Promise<unknown[]> {
  const budget = new Budget("fewer runs or series");
  const breather = new Breather();
  const known = new Map<string, { readonly answer: unknown; readonly numbers: number }>();
  const answers: unknown[] = [];
  for (const { plugin, tag, run, sample } of requests) {
    const key = JSON.stringify([plugin, tag, run, sample]);
    let found = known.get(key);
    if (found) budget.take(found.numbers);
    else {
      const before = budget.taken;
      found = {
        answer: await answer(data, { plugin, tag, run, sample }, budget),
        numbers: budget.taken - before,
      };
      known.set(key, found);
    }
    answers.push(found.answer);
    await breather.pause();
    checkAsker(response);
  }
  return answers;
}

async function answer(
  data: DataProvider,
  { plugin, tag, run, sample }: SeriesRequest,
  budget: Budget,
): Promise<unknown> {
  // An answer without a point has its price, too: there may be very many.
  budget.take(ANSWER_NUMBERS);
  const echo = {
    plugin: plugin ?? null,
    tag: tag ?? null,
    ...(typeof run === "string" && { run }),
    ...(Number.isInteger(sample) && { sample }),
  };
  if (typeof tag !== "string") return { ...echo, error: "Missing tag" };
  const runs = typeof run === "string" && run !== "" ? [run] : undefined;
  if (plugin === "scalars") return { ...echo, runToSeries: scalarSeries(data, tag, runs, budget) };
  if (plugin !== "histograms" && plugin !== "images") return { ...echo, error: "Invalid plugin" };
  if (typeof run !== "string") return { ...echo, error: "Missing run" };
  if (plugin === "histograms")
    return { ...echo, runToSeries: await histogramSeries(data, tag, runs, budget) };
  if (typeof sample !== "number" || !Number.isInteger(sample)) return { ...echo, error: "Missing sample" };
  return { ...echo, runToSeries: imageSeries(data, tag, sample, runs, budget) };
}

function scalarSeries(
  data: DataProvider,
  tag: string,
  runs: readonly string[] | undefined,
  budget: Budget,
): Entries {
  const names = runs ?? data.runs().map((r) => r.name);
  for (const run of names) budget.take(1 + data.countScalars(run, tag));
  return scalarsByRun(data, tag, names, (points) => points);
}

async function histogramSeries(
  data: DataProvider,
  tag: string,
  runs: readonly string[] | undefined,
  budget: Budget,
): Promise<Map<string, unknown>> {
  const series = new Map<string, unknown>();
  // Unlike on the histograms' own routes, what the user asked for counts here even beyond the default.
  const atMost = data.samplesAsked("histograms") ?? HISTOGRAMS;
  for (const run of runs ?? data.runs().map((r) => r.name)) {
    budget.take(1);
    const histograms = await data.tensors("histograms", run, tag, atMost, budget);
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
  budget: Budget,
): Map<string, unknown> {
  const series = new Map<string, unknown>();
  const index = sample + IMAGE_OFFSET;
  for (const run of runs ?? data.runs().map((r) => r.name)) {
    const counts = data.blobCounts("images", run, tag) ?? [];
    budget.take(1 + counts.length);
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
