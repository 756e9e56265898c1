/** Requests to the routes of Time Series: one and several series at a time, of one run and of all, with a sample. */
import { blobs } from "./kinds.ts";
import { type Asked, form, get, type OddRequest } from "./request.ts";

type Requests = AsyncGenerator<OddRequest>;

const timeSeries = (requests: unknown): OddRequest =>
  form("timeseries/timeSeries", ["requests", JSON.stringify(requests)]);

export async function* timeSeriesRequests(server: Asked): Requests {
  yield get("timeseries/tags");
  yield get("timeseries/cardMetadata");
  const asked: object[] = [];
  for (const plugin of ["scalars", "histograms"])
    for (const [run, tag] of await server.tags(plugin)) asked.push({ plugin, tag, run });
  for (const request of asked) yield timeSeries([request]);
  // Together, but for those that alone fail.
  const sound: object[] = [];
  for (const request of asked) if (await server.json(timeSeries([request]))) sound.push(request);
  yield timeSeries(sound);
  const tags = new Set((await server.tags("scalars")).map(([, tag]) => tag));
  for (const tag of tags) yield timeSeries([{ plugin: "scalars", tag }]);
  for (const [run, tag, { samples }] of await server.tags("images"))
    for (let sample = 0; sample <= Math.max(0, Number(samples)); sample++)
      yield* blobs(
        server,
        timeSeries([{ plugin: "images", tag, run, sample }]),
        "data/plugin/timeseries/imageData",
      );
  yield get("timeseries/timeSeries", { requests: JSON.stringify(sound.slice(0, 2)) });
}
