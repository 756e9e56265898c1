/** What befalls servers that run for weeks: clocks that jump, caches that are cut short or shared, deaths half way. */
import { appendFileSync, readdirSync, readFileSync, statSync, truncateSync, utimesSync } from "node:fs";
import path from "node:path";
import { describe, expect, onTestFinished, test } from "vitest";
import { readRecords } from "../../proto/index.ts";
import type { SeriesJson, Status } from "../../server/api/types.ts";
import { startServer } from "../../server/index.ts";
import { createWriter, HttpSink } from "../../summary/index.ts";
import { serve } from "../tools/command.ts";
import { eventFile, scalarEvent, temporaryDirectory, versionEvent, writeFile } from "../tools/records.ts";

const losses = (from: number, to: number) =>
  Array.from({ length: to - from }, (_, i) => scalarEvent("loss", from + i, from + i));

async function json<T>(url: string, route: string): Promise<T> {
  return (await fetch(new URL(route, url))).json() as Promise<T>;
}

const stepsAt = async (url: string): Promise<readonly unknown[]> => {
  const { series } = await json<SeriesJson>(url, "api/v1/series?tag=loss");
  return series[0]?.step ?? [];
};

/** A log of some megabytes, which is worth remembering. */
function largeLog(): { logdir: string; file: string } {
  const logdir = temporaryDirectory();
  const graph = eventFile({ graphDef: new Uint8Array(2 << 20) });
  const bytes = Buffer.concat([eventFile(versionEvent), graph, eventFile(...losses(0, 1000))]);
  return { logdir, file: writeFile(logdir, "run/events.out.tfevents.1", bytes) };
}

async function served(options: Parameters<typeof startServer>[0]) {
  const server = await startServer({ port: 0, threads: 0, ...options });
  onTestFinished(() => server.close());
  await server.loaded;
  return server;
}

describe("a clock that jumps back", () => {
  test("in a log: wall times fall, steps go on, everything is shown", async () => {
    const logdir = temporaryDirectory();
    const back = [
      scalarEvent("loss", 0, 1, 2e9),
      scalarEvent("loss", 1, 2, 1e9),
      scalarEvent("loss", 2, 3, -5),
    ];
    writeFile(logdir, "run/events.out.tfevents.1", eventFile(versionEvent, ...back));
    const { url } = await served({ logdir, indexCache: null });
    for (const axis of ["step", "wall_time", "relative"]) {
      const { series } = await json<SeriesJson>(url, `api/v1/series?tag=loss&axis=${axis}&pixels=100`);
      expect(series[0]?.total).toBe(3);
    }
  });

  test("on the disk: a file that is older than before and has grown is read on", async () => {
    const { logdir, file } = largeLog();
    const { url } = await served({ logdir, indexCache: null, reloadInterval: 0.1 });
    utimesSync(file, 1, 1);
    appendFileSync(file, eventFile(...losses(1000, 1010)));
    utimesSync(file, 1, 1);
    await expect.poll(async () => (await stepsAt(url)).length).toBe(1010);
  });
});

describe("the index cache", () => {
  const linksIn = (directory: string) =>
    readdirSync(directory, { recursive: true, encoding: "utf8" })
      .map((name) => path.join(directory, name))
      .filter((name) => statSync(name).isFile());

  test("of two servers at once serves both, while the file grows", async () => {
    const { logdir, file } = largeLog();
    const indexCache = temporaryDirectory();
    const first = await served({ logdir, indexCache, reloadInterval: 0.1 });
    const second = await served({ logdir, indexCache, reloadInterval: 0.1 });
    appendFileSync(file, eventFile(...losses(1000, 1100)));
    for (const { url } of [first, second])
      await expect.poll(async () => (await stepsAt(url)).length).toBe(1100);
    const third = await served({ logdir, indexCache });
    expect(await stepsAt(third.url)).toHaveLength(1100);
  });

  test("cut short at any length, or with other bytes, is as none", async () => {
    const { logdir } = largeLog();
    const indexCache = temporaryDirectory();
    const server = await startServer({ logdir, port: 0, threads: 0, indexCache });
    await server.loaded;
    await server.close();
    const [link] = linksIn(indexCache);
    expect(link).toBeDefined();
    const whole = readFileSync(link!);
    for (const share of [0, 0.1, 0.5, 0.9, 0.999]) {
      writeFile(path.dirname(link!), path.basename(link!), whole);
      truncateSync(link!, Math.floor(whole.length * share));
      const again = await startServer({ logdir, port: 0, threads: 0, indexCache });
      await again.loaded;
      expect((await stepsAt(again.url)).length).toBe(1000);
      expect((await json<Status>(again.url, "api/v1/status")).problems).toEqual([]);
      await again.close();
      for (const made of linksIn(indexCache)) if (made !== link) truncateSync(made, 0);
    }
  });
});

describe("a server that takes events", () => {
  const token = "a-token-of-enough-letters";

  test("and is killed half way is followed by one that goes on where it ended, with nothing twice", async () => {
    const logdir = temporaryDirectory();
    const first = await serve("--logdir", logdir, "--port", "0", "--ingest", "--ingest_token", token);
    const { port } = new URL(first.url);
    const sink = new HttpSink(first.url, { token, run: "from-afar" });
    const errors: unknown[] = [];
    const writer = createWriter(sink, { flushMillis: 20, onError: (error) => errors.push(error) });
    for (let step = 0; step < 2000; step++) writer.scalar("loss", step, { step });
    const flushed = writer.flush();
    first.started.child.kill("SIGKILL");
    await first.started.ended;
    await flushed.catch(() => {});
    const second = await serve("--logdir", logdir, "--port", port, "--ingest", "--ingest_token", token);
    for (let step = 2000; step < 2100; step++) writer.scalar("loss", step, { step });
    await writer.close();
    await expect.poll(async () => (await stepsAt(second.url)).length, { timeout: 10_000 }).toBe(2100);
    const [name] = readdirSync(path.join(logdir, "from-afar"));
    const records = [...readRecords(readFileSync(path.join(logdir, "from-afar", name!)))];
    expect(records).toHaveLength(2101);
  });

  test("from everywhere (--bind_all --ingest_remote) takes nothing without the token, and no name that is not its own", async () => {
    const logdir = temporaryDirectory();
    const { url } = await serve(
      "--logdir",
      logdir,
      "--port",
      "0",
      "--bind_all",
      "--ingest",
      "--ingest_remote",
      "--ingest_token",
      token,
    );
    const address = new URL("api/v1/ingest/events?run=r&writer=12345678", url);
    const body = eventFile(versionEvent);
    const headers = { "Upload-Offset": "0" };
    expect((await fetch(address, { method: "POST", body, headers })).status).toBe(401);
    const wrong = { ...headers, Authorization: "Bearer wrong-token-of-letters" };
    expect((await fetch(address, { method: "POST", body, headers: wrong })).status).toBe(401);
    const right = { ...headers, Authorization: `Bearer ${token}` };
    const evil = { ...right, Origin: "https://evil.example" };
    expect((await fetch(address, { method: "POST", body, headers: evil })).status).toBe(403);
    expect(readdirSync(logdir)).toEqual([]);
    expect((await fetch(address, { method: "POST", body, headers: right })).status).toBe(200);
    expect(readdirSync(logdir)).toEqual(["r"]);
  });
});
