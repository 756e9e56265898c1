/** Every route of every kind of summary, asked for all runs and tags that a server lists. */
import { type Asked, form, get, keysIn, type OddRequest } from "./request.ts";

type Requests = AsyncGenerator<OddRequest>;

export async function* kinds(server: Asked): Requests {
  for (const part of [general, scalars, histograms, images, audio, text, prCurves, meshes, customScalars])
    yield* part(server);
}

async function* general(): Requests {
  for (const route of ["runs", "experiments", "experiment_runs", "plugins_listing"])
    yield { url: `data/${route}` };
}

async function* scalars(server: Asked): Requests {
  yield get("scalars/tags");
  const runsOf = new Map<string, string[]>();
  for (const [run, tag] of await server.tags("scalars")) {
    yield get("scalars/scalars", { run, tag });
    yield get("scalars/scalars", { run, tag, format: "csv" });
    yield get("custom_scalars/download_data", { run, tag, format: "json" });
    yield get("custom_scalars/download_data", { run, tag, format: "csv" });
    runsOf.set(tag, [...(runsOf.get(tag) ?? []), run]);
  }
  for (const [tag, runs] of runsOf)
    yield form("scalars/scalars_multirun", ["tag", tag], ...runs.map((run) => ["runs", run] as const));
}

async function* histograms(server: Asked): Requests {
  for (const plugin of ["histograms", "distributions"]) {
    yield get(`${plugin}/tags`);
    for (const [run, tag] of await server.tags(plugin)) yield get(`${plugin}/${plugin}`, { run, tag });
  }
}

async function* images(server: Asked): Requests {
  yield get("images/tags");
  for (const [run, tag, { samples }] of await server.tags("images"))
    for (let sample = 0; sample <= Math.max(0, Number(samples)); sample++)
      yield* blobs(server, get("images/images", { run, tag, sample }), "data/plugin/images/individualImage");
}

async function* audio(server: Asked): Requests {
  yield get("audio/tags");
  for (const [run, tag, { samples }] of await server.tags("audio"))
    for (let sample = 0; sample <= Number(samples); sample++)
      yield* blobs(server, get("audio/audio", { run, tag, sample }), "data/plugin/audio/individualAudio");
}

/** A listing, and every blob in it. */
export async function* blobs(server: Asked, listing: OddRequest, url: string): Requests {
  yield listing;
  for (const row of keysIn(await server.json(listing)).keys()) yield { url, key: { listing, row } };
}

async function* text(server: Asked): Requests {
  yield get("text/tags");
  for (const [run, tag] of await server.tags("text"))
    for (const markdown of ["", "false", "true"]) yield get("text/text", { run, tag, markdown });
}

async function* prCurves(server: Asked): Requests {
  yield get("pr_curves/tags");
  const runsOf = new Map<string, string[]>();
  for (const [run, tag] of await server.tags("pr_curves")) {
    yield get("pr_curves/pr_curves", { run, tag });
    runsOf.set(tag, [...(runsOf.get(tag) ?? []), run]);
  }
  for (const [tag, runs] of runsOf) {
    const query = new URLSearchParams([["tag", tag], ...runs.map((run): [string, string] => ["run", run])]);
    yield { url: `data/plugin/pr_curves/pr_curves?${query}` };
  }
  yield get("pr_curves/available_time_entries");
}

async function* meshes(server: Asked): Requests {
  yield get("mesh/tags");
  for (const [run, tag, { samples }] of await server.tags("mesh"))
    for (let sample = 0; sample < Number(samples); sample++) {
      const listing = get("mesh/meshes", { run, tag, sample });
      yield listing;
      const rows = (await server.json(listing)) as { step: number; content_type: number }[];
      for (const step of new Set(rows.map((row) => row.step)))
        for (const content_type of ["VERTEX", "FACE", "COLOR"])
          yield get("mesh/data", { run, tag, sample, step, content_type });
    }
}

async function* customScalars(server: Asked): Requests {
  const listing = get("custom_scalars/layout");
  yield listing;
  const layout = (await server.json(listing)) as { category?: { chart?: object[] }[] } | undefined;
  const charts = JSON.stringify(layout?.category ?? []);
  const patterns = new Set<string>(
    [...charts.matchAll(/"(?:tag|value|lower|upper)":(\[[^\]]*\]|"(?:[^"\\]|\\.)*")/g)].flatMap((match) =>
      JSON.parse(match[1] ?? "[]"),
    ),
  );
  const runs = new Set((await server.tags("scalars")).map(([run]) => run));
  for (const tag of patterns) for (const run of runs) yield get("custom_scalars/scalars", { run, tag });
}
