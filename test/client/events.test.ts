/** The client's events: what is new comes as it is written, over one connection after the other. */
import { appendFileSync } from "node:fs";
import { ApiError, connect, type LiveEvent } from "tsboard/client";
import { afterEach, describe, expect, test, vi } from "vitest";
import { startServer } from "../../server/index.ts";
import { eventFile, scalarEvent, temporaryDirectory, versionEvent, writeFile } from "../tools/records.ts";

afterEach(() => {
  vi.useRealTimers();
});

test("new points are told, and the loop can be left", async () => {
  const directory = temporaryDirectory();
  const file = writeFile(
    directory,
    "a/events.out.tfevents.1",
    eventFile(versionEvent, scalarEvent("loss", 0, 1)),
  );
  const server = await startServer({ logdir: directory, port: 0, threads: 0, indexCache: null });
  await server.loaded;
  const client = connect(server.url);
  const { runs, tags } = await client.catalog();
  const seen: LiveEvent["name"][] = [];
  for await (const { name, data } of client.events()) {
    seen.push(name);
    if (name === "hello") appendFileSync(file, eventFile(scalarEvent("loss", 1, 2)));
    if (name !== "points") continue;
    expect(data.changed).toEqual([[runs[0]!.id, [tags[0]!.id]]]);
    break;
  }
  expect(seen[0]).toBe("hello");
  await server.close();
});

/** An answer that sends some text in pieces, and then ends. */
function stream(...pieces: readonly (string | Uint8Array)[]): Response {
  const encoder = new TextEncoder();
  const start = (controller: ReadableStreamDefaultController) => {
    for (const piece of pieces) controller.enqueue(typeof piece === "string" ? encoder.encode(piece) : piece);
    controller.close();
  };
  return new Response(new ReadableStream({ start }));
}

/** An answer that says nothing until the request is given up. */
function silence(request: RequestInit | undefined): Response {
  const start = (controller: ReadableStreamDefaultController) => {
    request?.signal?.addEventListener("abort", () => controller.error(new Error("given up")));
  };
  return new Response(new ReadableStream({ start }));
}

const hello = (instance: string) => `event: hello\ndata: {"instance":"${instance}","catalog_version":1}\n\n`;

type Answer = (request: RequestInit | undefined) => Response | Promise<Response>;

/** A client that gets one answer after the other, the last one ever after. */
function clientOf(...answers: readonly Answer[]) {
  let connections = 0;
  const client = connect("http://localhost/", {
    fetch: async (_address, request) => answers[Math.min(connections++, answers.length - 1)]!(request),
  });
  return { client, connections: () => connections };
}

async function take(count: number, events: AsyncIterable<LiveEvent>): Promise<LiveEvent[]> {
  const taken: LiveEvent[] = [];
  for await (const event of events) if (taken.push(event) === count) break;
  return taken;
}

const unreachable: Answer = () => Promise.reject(new TypeError("fetch failed"));

describe("a connection", () => {
  test("that is lost is made anew, and greets again", async () => {
    vi.useFakeTimers();
    const { client, connections } = clientOf(
      () => stream(hello("one"), 'event: catalog\ndata: {"version":2}\n\n'),
      unreachable,
      () => new Response("starting", { status: 503 }),
      () => stream(hello("two")),
    );
    const taken = take(3, client.events());
    await vi.advanceTimersByTimeAsync(10_000);
    expect(await taken).toEqual([
      { name: "hello", data: { instance: "one", catalog_version: 1 } },
      { name: "catalog", data: { version: 2 } },
      { name: "hello", data: { instance: "two", catalog_version: 1 } },
    ]);
    expect(connections()).toBe(4);
  });

  test("may cut events, and letters, anywhere", async () => {
    const text = `:\n\n${hello("ü")}event: later\ndata: x\n\nevent: catalog\ndata: {"version":3}\n\n`;
    const bytes = Array.from(new TextEncoder().encode(text), (byte) => Uint8Array.of(byte));
    const events = await take(2, clientOf(() => stream(...bytes)).client.events());
    expect(events.map(({ name }) => name)).toEqual(["hello", "catalog"]);
    expect(events[0]!.data).toMatchObject({ instance: "ü" });
  });

  test("over which nothing comes for long is given up for another", async () => {
    vi.useFakeTimers();
    const { client } = clientOf(silence, () => stream(hello("again")));
    const taken = take(1, client.events());
    await vi.advanceTimersByTimeAsync(60_000);
    expect(await taken).toMatchObject([{ name: "hello", data: { instance: "again" } }]);
  });
});

describe("the iterator ends", () => {
  test.each([
    ["news", silence],
    ["the server", unreachable],
  ])("when its signal does, while it waits for %s", async (_what, answer) => {
    const stop = new AbortController();
    const next = clientOf(answer).client.events({ signal: stop.signal }).next();
    setTimeout(() => stop.abort(), 20);
    expect(await next).toEqual({ done: true, value: undefined });
  });

  test("with an error where the server refuses, or says what nobody knows", async () => {
    const refused = clientOf(() => new Response("no", { status: 403 }));
    await expect(take(1, refused.client.events())).rejects.toBeInstanceOf(ApiError);
    const unknown = clientOf(() => stream("event: hello\ndata: {}\n\n"));
    await expect(take(1, unknown.client.events())).rejects.toThrow(/no text at hello.instance/);
  });
});
