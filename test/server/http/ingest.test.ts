/** Events over HTTP: who may write, what is refused in words, and the writer's sink against servers that fail. */
import { existsSync, readdirSync, readFileSync } from "node:fs";
import path from "node:path";
import { describe, expect, onTestFinished, test, vi } from "vitest";
import { type RunningServer, startServer } from "../../../server/index.ts";
import { newToken, type ReceiveOptions } from "../../../server/receive/access.ts";
import { createWriter, type EventFileError, HttpSink } from "../../../summary/index.ts";
import { decodeEvents, readEvents, scalarsOf } from "../../summary/event-files.ts";
import { eventFile, scalarEvent, temporaryDirectory, versionEvent } from "../../tools/records.ts";

const token = newToken();
const file = eventFile(versionEvent, scalarEvent("loss", 1, 0.5));

async function serve(
  logdir = temporaryDirectory(),
  options: { readonly port?: number; readonly ingest?: Partial<ReceiveOptions> } = {},
): Promise<RunningServer> {
  const server = await startServer({
    logdir,
    port: options.port ?? 0,
    threads: 0,
    reloadInterval: 0.1,
    ingest: { token, ...options.ingest },
  });
  onTestFinished(() => server.close());
  return server;
}

interface Post {
  readonly body?: Uint8Array;
  readonly run?: string;
  readonly offset?: number | string;
  readonly headers?: Record<string, string>;
  readonly writer?: string;
}

/** A request as a writer makes it, but for what is given. */
function post(
  server: RunningServer,
  { body = file, run = "run", offset = 0, headers = {}, writer = "writer-1" }: Post = {},
) {
  const address = new URL("api/v1/ingest/events", server.url);
  address.search = String(new URLSearchParams({ run, writer, started: "1700000000" }));
  return fetch(address, {
    method: "POST",
    body: new Uint8Array(body),
    headers: { Authorization: `Bearer ${token}`, "Upload-Offset": String(offset), ...headers },
  });
}

test("is off unless it is asked for", async () => {
  const logdir = temporaryDirectory();
  const server = await startServer({ logdir, port: 0, threads: 0 });
  onTestFinished(() => server.close());
  const answer = await post(server);
  expect(answer.status).toBe(404);
  expect(await answer.text()).toContain("start it with --ingest");
  expect(readdirSync(logdir)).toEqual([]);
});

test("a token that is too short keeps the server from starting", async () => {
  await expect(serve(temporaryDirectory(), { ingest: { token: "short" } })).rejects.toThrow(
    /at least 16 characters/,
  );
});

describe("a request", () => {
  test("writes an event file, which is served at once", async () => {
    const logdir = temporaryDirectory();
    const server = await serve(logdir);
    const answer = await post(server, { run: "pages/one" });
    expect(await answer.json()).toEqual({ offset: file.length });
    const written = path.join(logdir, "pages/one/events.out.tfevents.1700000000.web.writer-1.v2");
    expect(readFileSync(written).equals(file)).toBe(true);
    await expect
      .poll(
        async () =>
          (await fetch(new URL("data/plugin/scalars/scalars?run=pages/one&tag=loss", server.url))).json(),
        { timeout: 5000 },
      )
      .toEqual([[1e9 + 1, 1, 0.5]]);
  });

  test("that is repeated writes nothing twice; one that comes too early is told what is missing", async () => {
    const logdir = temporaryDirectory();
    const server = await serve(logdir);
    for (let i = 0; i < 3; i++) expect((await post(server)).status).toBe(200);
    const next = eventFile(scalarEvent("loss", 2, 0.25));
    const early = await post(server, { body: next, offset: file.length + 100 });
    expect(early.status).toBe(409);
    expect(await early.json()).toEqual({
      offset: file.length,
      problem: expect.stringContaining(`has ${file.length} bytes, what came starts at ${file.length + 100}`),
    });
    expect(await (await post(server, { body: next, offset: file.length })).json()).toEqual({
      offset: file.length + next.length,
    });
    expect(readEvents(path.join(logdir, "run"))).toHaveLength(3);
  });

  test.each<[string, number, string, Post]>([
    ["without the token", 401, "token is missing or wrong", { headers: { Authorization: "" } }],
    [
      "with another token",
      401,
      "token is missing or wrong",
      { headers: { Authorization: `Bearer ${newToken()}` } },
    ],
    [
      "from another site's page",
      403,
      "--ingest_origin https://evil.example",
      { headers: { Origin: "https://evil.example" } },
    ],
    ["from a page of no origin", 403, "pages of null", { headers: { Origin: "null" } }],
    ["of a run that climbs", 400, 'has the part ".."', { run: "../../etc" }],
    ["of an absolute run", 400, "may start with", { run: "/etc" }],
    ["of a writer that climbs", 400, "8 to 64 letters", { writer: "../../../etc/passwd" }],
    ["without an offset", 400, "Upload-Offset", { offset: "" }],
    ["with a negative offset", 400, "Upload-Offset", { offset: -1 }],
    ["without records", 400, "is empty", { body: new Uint8Array() }],
    ["with a torn record", 400, "ends inside a record", { body: file.subarray(0, -1) }],
    ["with what is no record", 400, "does not match its CRC", { body: Buffer.from("this is no event file") }],
    ["that starts without a version", 400, "file_version", { body: eventFile(scalarEvent("loss", 1, 1)) }],
    ["that is too long", 413, "longer than", { body: new Uint8Array((16 << 20) + 1) }],
  ])("%s is refused with %i, in words, and writes nothing", async (_, status, words, given) => {
    const logdir = temporaryDirectory();
    const answer = await post(await serve(logdir), given);
    expect(answer.status).toBe(status);
    expect(await answer.text()).toContain(words);
    const files = readdirSync(logdir, { recursive: true, encoding: "utf8" });
    expect(files.filter((name) => name.includes("tfevents"))).toEqual([]);
  });

  test("with data that do not match their CRC is refused", async () => {
    const damaged = Buffer.from(file);
    damaged[file.length - 6]! ^= 1;
    const answer = await post(await serve(), { body: damaged });
    expect([answer.status, await answer.text()]).toEqual([
      400,
      expect.stringContaining("do not match their CRC"),
    ]);
  });

  test("by another method is refused", async () => {
    const server = await serve();
    expect((await fetch(new URL("api/v1/ingest/events", server.url))).status).toBe(405);
  });
});

describe("pages of other origins", () => {
  const ask = (server: RunningServer, origin: string) =>
    fetch(new URL("api/v1/ingest/events", server.url), {
      method: "OPTIONS",
      headers: {
        Origin: origin,
        "Access-Control-Request-Method": "POST",
        "Access-Control-Request-Headers": "authorization,content-type,upload-offset",
      },
    });

  test("of this machine, and those that were named, may write and read the answer", async () => {
    const server = await serve(temporaryDirectory(), { ingest: { origins: ["https://lab.example"] } });
    for (const origin of ["http://localhost:5173", "https://lab.example"]) {
      const allowed = await ask(server, origin);
      expect(allowed.status).toBe(204);
      expect(allowed.headers.get("access-control-allow-origin")).toBe(origin);
      expect(allowed.headers.get("access-control-allow-headers")).toContain("Upload-Offset");
      expect(allowed.headers.get("vary")).toContain("Origin");
      const answer = await post(server, { headers: { Origin: origin } });
      expect(answer.headers.get("access-control-allow-origin")).toBe(origin);
    }
  });

  test("others are not told that they may", async () => {
    const refused = await ask(await serve(), "https://evil.example");
    expect(refused.status).toBe(403);
    expect(refused.headers.get("access-control-allow-origin")).toBeNull();
  });

  test("read nothing else: only this route answers them", async () => {
    const server = await serve();
    const answer = await fetch(new URL("api/v1/catalog", server.url), {
      headers: { Origin: "http://localhost:5173" },
    });
    expect(answer.headers.get("access-control-allow-origin")).toBeNull();
  });
});

describe("the writer's sink", () => {
  const quick = { retryMillis: 1, retries: 8 };
  const stepsIn = (directory: string) => scalarsOf(readEvents(directory).slice(1)).map(({ step }) => step);
  const range = (count: number) => Array.from({ length: count }, (_, i) => i);

  test("writes what a writer logs", async () => {
    const logdir = temporaryDirectory();
    const server = await serve(logdir);
    const writer = createWriter(new HttpSink(server.url, { token, run: "a/b" }));
    for (let step = 0; step < 1000; step++) writer.scalar("loss", step, { step });
    writer.text("note", "from afar", { step: 0 });
    await writer.close();
    expect(readEvents(path.join(logdir, "a/b"))).toHaveLength(1002);
    expect(writer.path).toBe(`${server.url} (run a/b)`);
  });

  test("two at once in one run have a file each", async () => {
    const logdir = temporaryDirectory();
    const server = await serve(logdir);
    const writers = [1, 2].map(() => createWriter(new HttpSink(server.url, { token, run: "run" })));
    for (let step = 0; step < 100; step++) {
      for (const writer of writers) writer.scalar("loss", step, { step });
      if (step % 10 === 0) await Promise.all(writers.map((writer) => writer.flush()));
    }
    await Promise.all(writers.map((writer) => writer.close()));
    const files = readdirSync(path.join(logdir, "run"));
    expect(files).toHaveLength(2);
    for (const name of files)
      expect(decodeEvents(readFileSync(path.join(logdir, "run", name)))).toHaveLength(101);
  });

  test("sends again what was lost on the way there or back, and nothing is there twice", async () => {
    const logdir = temporaryDirectory();
    const server = await serve(logdir);
    let requests = 0;
    const lossy: typeof fetch = async (...request) => {
      const kind = requests++ % 4;
      if (kind === 0) throw new TypeError("lost on the way there");
      const answer = await fetch(...request);
      if (kind === 1) throw new TypeError("lost on the way back");
      if (kind === 2) return new Response("busy", { status: 503 });
      return answer;
    };
    const onError = vi.fn<(error: EventFileError) => void>();
    const writer = createWriter(new HttpSink(server.url, { token, run: "run", fetch: lossy, ...quick }), {
      onError,
    });
    for (let step = 0; step < 50; step++) {
      writer.scalar("loss", step, { step });
      if (step % 7 === 0) await writer.flush();
    }
    await writer.close();
    expect(onError).not.toHaveBeenCalled();
    expect(stepsIn(path.join(logdir, "run"))).toEqual(range(50));
  });

  test("goes on where it was when the server is killed in the middle and started again", async () => {
    const logdir = temporaryDirectory();
    const first = await serve(logdir);
    const errors: EventFileError[] = [];
    const sink = new HttpSink(first.url, { token, run: "run", retryMillis: 1, retries: 1 });
    const writer = createWriter(sink, { flushMillis: 20, onError: (error) => errors.push(error) });
    for (const step of range(20)) writer.scalar("loss", step, { step });
    await writer.flush();
    await first.close();
    for (const step of range(20)) writer.scalar("loss", 20 + step, { step: 20 + step });
    await writer.flush();
    expect(errors.map((error) => error.message)).toEqual([
      expect.stringMatching(
        /^cannot write http:.*run run\): no answer: .*is tsboard --ingest running there.*events in memory: 20, lost: 0/,
      ),
    ]);
    await serve(logdir, { port: first.port });
    await expect.poll(() => stepsIn(path.join(logdir, "run")).length, { timeout: 5000 }).toBe(40);
    writer.scalar("loss", 40, { step: 40 });
    await writer.close();
    expect(stepsIn(path.join(logdir, "run"))).toEqual(range(41));
    expect(errors).toHaveLength(1);
  });

  test("says what the server says, and does not insist", async () => {
    const server = await serve();
    const sent = vi.fn(fetch);
    const onError = vi.fn<(error: EventFileError) => void>();
    const sink = new HttpSink(server.url, { token: newToken(), fetch: sent });
    const writer = createWriter(sink, { onError });
    await writer.flush();
    expect(sent).toHaveBeenCalledOnce();
    expect(onError.mock.lastCall?.[0].message).toMatch(
      /the server says: the token is missing or wrong.*status 401/,
    );
    await writer.close();
  });

  test("says what a server says that stays busy", async () => {
    const busy: typeof fetch = async () => new Response("come back later", { status: 503 });
    const onError = vi.fn<(error: EventFileError) => void>();
    const sink = new HttpSink("http://localhost:6006", { token, fetch: busy, retryMillis: 1, retries: 2 });
    await createWriter(sink, { onError }).close();
    expect(onError.mock.calls[0]?.[0].message).toMatch(
      /^cannot write .*: the server says: come back later \(status 503\)/,
    );
  });

  test("tells when the server's file is gone, instead of going on with half of it", async () => {
    const logdirs = [temporaryDirectory(), temporaryDirectory()];
    const first = await serve(logdirs[0]);
    const onError = vi.fn<(error: EventFileError) => void>();
    const writer = createWriter(new HttpSink(first.url, { token, ...quick }), { onError });
    await writer.flush();
    await first.close();
    await serve(logdirs[1], { port: first.port });
    writer.scalar("loss", 1, { step: 1 });
    await writer.close();
    expect(onError.mock.calls[0]?.[0].message).toMatch(
      /the server has 0 of \d+ bytes that it took: its file was cut or removed/,
    );
    expect(existsSync(path.join(logdirs[1]!, "run"))).toBe(false);
  });

  test("sends many events in requests of at most a megabyte, smaller where something takes less", async () => {
    const logdir = temporaryDirectory();
    const server = await serve(logdir);
    const sizes: number[] = [];
    const narrow: typeof fetch = (address, init) => {
      const size = init?.body instanceof Uint8Array ? init.body.length : 0;
      sizes.push(size);
      return size > 300_000
        ? Promise.resolve(new Response("too large", { status: 413 }))
        : fetch(address, init);
    };
    const writer = createWriter(new HttpSink(server.url, { token, run: "run", fetch: narrow }), {
      flushBytes: 4 << 20,
    });
    for (let step = 0; step < 20_000; step++) writer.scalar("loss", step, { step });
    await writer.close();
    expect(Math.max(...sizes)).toBeLessThanOrEqual(1 << 20);
    expect(sizes.filter((size) => size > 300_000).length).toBeLessThan(4);
    expect(stepsIn(path.join(logdir, "run"))).toEqual(range(20_000));
  });

  test("leaves out one event that nobody takes, says so, and goes on", async () => {
    const logdir = temporaryDirectory();
    const server = await serve(logdir);
    const onError = vi.fn<(error: EventFileError) => void>();
    const writer = createWriter(new HttpSink(server.url, { token, run: "run" }), {
      onError,
      flushMillis: 10,
    });
    writer.scalar("loss", 0, { step: 0 });
    await writer.flush();
    const value = { s: new Uint8Array(17 << 20) };
    writer.graph({ node: [{ name: "weights", op: "Const", attr: { value } }] });
    writer.scalar("loss", 1, { step: 1 });
    await writer.flush();
    expect(onError.mock.calls[0]?.[0].message).toMatch(
      /an event of 178\d{5} bytes is left out: .* longer than/,
    );
    await writer.close();
    expect(stepsIn(path.join(logdir, "run"))).toEqual([0, 1]);
  });

  test("what is sent ahead is there, and not twice when the page lives on", async () => {
    const logdir = temporaryDirectory();
    const server = await serve(logdir);
    const answered: Promise<unknown>[] = [];
    const sink = new HttpSink(server.url, {
      token,
      run: "run",
      fetch: (...request) => {
        const answer = fetch(...request);
        answered.push(answer);
        return answer;
      },
    });
    const large = eventFile(versionEvent, ...range(3000).map((step) => scalarEvent("loss", step, step)));
    sink.sendAhead(large);
    await Promise.all(answered);
    const ahead = readEvents(path.join(logdir, "run"));
    expect(ahead.length).toBeGreaterThan(1000);
    expect(ahead.length).toBeLessThan(3001); // no more than browsers let a closing page send
    await sink.write(large);
    expect(stepsIn(path.join(logdir, "run"))).toHaveLength(3000);
  });

  test("is refused where the address or the token is none", () => {
    expect(() => new HttpSink("localhost", { token })).toThrow(
      /an address like http:\/\/localhost:6006\/, not "localhost"/,
    );
    expect(() => new HttpSink("http://localhost:6006", { token: "" })).toThrow(
      /token must be what the server/,
    );
  });
});
