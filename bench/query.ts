/**
 * How soon questions are answered: `npm run bench:query [points]`. A series of so many points (default 10 million) at
 * 1,000 pixels, as a whole and zoomed in; and aggregates over 100 runs of 5,000 steps. Each as the store's own query, and
 * over HTTP by the built server, in one run. Medians and 95th percentiles.
 */
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
// The built code, as it ships: tsx gives every closure its name as it is made, which takes longer than most queries.
import { type AggregateQuery, connect, type SeriesQuery } from "../dist/client/index.js";
import { type LogShape, makeLogs } from "./make-logs.ts";
import { bar, median, millis, quantile, report } from "./tools/report.ts";
import { startTsboard, untilLoaded } from "./tools/servers.ts";

/** A module as it is published. Only the entries have declarations there, so types are the sources'. */
const published = <Module>(file: string): Promise<Module> =>
  import(new URL(`../dist/server/${file}`, import.meta.url).href);
const { aggregateOf } = await published<typeof import("../server/http/native/aggregate-query.ts")>(
  "http/native/aggregate-query.js",
);
const { answerQuery } = await published<typeof import("../server/http/native/series-query.ts")>(
  "http/native/series-query.js",
);
const { Loader } = await published<typeof import("../server/ingest/loader.ts")>("ingest/loader.js");
const { fromLogdir } = await published<typeof import("../server/logdir/source.ts")>("logdir/source.js");
const { Store } = await published<typeof import("../server/store/store.ts")>("store/store.js");

const points = Number(process.argv[2] ?? 1e7);
const PIXELS = 1000;
const SERIES_BAR = 5;
const AGGREGATE_BAR = 50;
const ROUNDS = 200;
const AGGREGATE_ROUNDS = 60;
/** Questions before that: the code is compiled while it runs. */
const WARM_UP = 50;
const TAG = "group0/metric_00";

const rows: string[][] = [];
const notes: string[] = [];

/** The same question, asked in both ways. */
interface Question {
  readonly store: () => unknown;
  readonly http: () => Promise<unknown>;
}

/** Milliseconds of each round. */
async function measure(rounds: number, ask: (round: number) => unknown): Promise<number[]> {
  const found: number[] = [];
  for (let round = -WARM_UP; round < rounds; round++) {
    const start = performance.now();
    await ask(Math.max(0, round));
    if (round >= 0) found.push(performance.now() - start);
  }
  return found;
}

async function add(
  what: string,
  limit: number,
  rounds: number,
  ask: (round: number) => Question,
): Promise<void> {
  const store = await measure(rounds, (round) => ask(round).store());
  const http = await measure(rounds, (round) => ask(round).http());
  const cells = [store, http].flatMap((times) => [millis(median(times)), millis(quantile(times, 0.95))]);
  rows.push([what, ...cells]);
  notes.push(bar(`${what}, p95 in the store`, quantile(store, 0.95), limit, millis));
  notes.push(bar(`${what}, p95 over HTTP`, quantile(http, 0.95), limit, millis));
}

/** Both a store in this process and a server on the same logs, for as long as `use` takes. */
async function withLogs(
  shape: LogShape,
  use: (store: InstanceType<typeof Store>, client: ReturnType<typeof connect>) => Promise<void>,
): Promise<void> {
  const logdir = mkdtempSync(path.join(tmpdir(), "tsboard-bench-"));
  makeLogs(logdir, shape);
  const server = await startTsboard(logdir);
  const store = new Store();
  const options = { reloadInterval: 5, checksum: true, indexCache: null, threads: 0 };
  const loader = new Loader(store, fromLogdir(logdir), options);
  try {
    await loader.start();
    await Promise.all([loader.firstLoad, untilLoaded(server)]);
    await use(store, connect(server.url));
  } finally {
    await loader.close();
    await server.stop();
    rmSync(logdir, { recursive: true, force: true });
  }
}

await withLogs({ runs: 1, tags: 1, steps: points }, async (store, client) => {
  const floor = await measure(ROUNDS, () => client.status());
  rows.push([
    "what HTTP takes by itself: the status",
    "",
    "",
    millis(median(floor)),
    millis(quantile(floor, 0.95)),
  ]);
  const [whole] = answerQuery(store, { tag: TAG, pixels: 1 });
  const [first, last] = [Number(whole?.steps[0]), Number(whole?.steps.at(-1))];
  const zooms: [string, number][] = [
    ["all of it", 1],
    ["a tenth, anywhere", 0.1],
    ["a thousandth, anywhere", 0.001],
  ];
  for (const [what, share] of zooms)
    await add(
      `${points.toLocaleString("en")} points at ${PIXELS} pixels, ${what}`,
      SERIES_BAR,
      ROUNDS,
      (round) => {
        const width = (last - first) * share;
        // Spread evenly, and the same for both.
        const from = first + (last - first - width) * ((round * 0.618) % 1);
        const query: SeriesQuery = { tag: TAG, pixels: PIXELS, ...(share < 1 && { from, to: from + width }) };
        return { store: () => answerQuery(store, query), http: () => client.series(query) };
      },
    );
});

await withLogs({ runs: 100, tags: 1, steps: 5000 }, async (store, client) => {
  const statistics = { tag: TAG, quantiles: [0.1, 0.5, 0.9] };
  const queries: [string, AggregateQuery][] = [
    ["every step", statistics],
    [`at ${PIXELS} pixels`, { ...statistics, pixels: PIXELS }],
    ["over relative time", { ...statistics, axis: "relative", pixels: PIXELS }],
  ];
  for (const [what, query] of queries)
    await add(`100 runs of 5,000 steps, ${what}`, AGGREGATE_BAR, AGGREGATE_ROUNDS, () => ({
      store: () => aggregateOf(store, query),
      http: () => client.aggregate(query),
    }));
});

report("query", {
  title: "Questions",
  how: "As the store's own query, and over HTTP as Arrow with the client, from the question to typed arrays. Aggregates are mean, standard deviation, extremes and three quantiles.",
  header: ["what", "store, median", "p95", "HTTP, median", "p95"],
  rows,
  notes,
});
