/** The server's events as an async iterator, over one connection after the other. */
import { createParser } from "eventsource-parser";
import type { LiveEvents } from "../server/api/types.ts";
import { ApiError, checked } from "./api-error.ts";
import { decodeEvent } from "./decode.ts";

/**
 * An event by its name, with its data.
 *
 * @example
 * const isNews = (event: LiveEvent) => event.name === "points" || event.name === "catalog";
 * for await (const event of client.events()) {
 *   console.log(event.name, isNews(event)); // hello false
 *   break;
 * }
 */
export type LiveEvent = {
  readonly [K in keyof LiveEvents]: { readonly name: K; readonly data: LiveEvents[K] };
}[keyof LiveEvents];

/** Pauses before trying again, milliseconds: a restart of the server takes a second. */
const PAUSES = [500, 1000, 2000, 4000, 8000];
/** The server says something every 15 seconds: after this long without a word the connection is dead. */
const SILENCE_MILLIS = 45_000;

/**
 * Events until `signal` ends it. A connection that is lost is made anew: `hello` comes first on every one.
 *
 * @param open asks for the stream
 * @throws ApiError when the server refuses (a status from 400 to 499)
 */
export async function* liveEvents(
  open: (signal: AbortSignal) => Promise<Response>,
  signal: AbortSignal = new AbortController().signal,
): AsyncGenerator<LiveEvent, void, void> {
  for (let failures = 0; !signal.aborted; failures++) {
    try {
      for await (const event of connection(open, signal)) {
        failures = 0;
        yield event;
      }
    } catch (error) {
      if (error instanceof ApiError && error.status < 500) throw error;
      if (error instanceof UnknownAnswerError) throw error;
    }
    await pause(PAUSES[Math.min(failures, PAUSES.length - 1)]!, signal);
  }
}

/** Thrown where what comes is not what this client knows: trying again would change nothing. */
class UnknownAnswerError extends TypeError {}

/** Events of one connection, until it is lost. */
async function* connection(
  open: (signal: AbortSignal) => Promise<Response>,
  signal: AbortSignal,
): AsyncGenerator<LiveEvent> {
  const own = new AbortController();
  const end = () => own.abort();
  signal.addEventListener("abort", end, { once: true });
  let silence = setTimeout(end, SILENCE_MILLIS);
  try {
    const { body } = await checked(await open(own.signal));
    if (!body) return;
    const arrived: LiveEvent[] = [];
    const parser = createParser({
      onEvent: ({ event, data }) => {
        if (event !== undefined && isKnown(event)) arrived.push(decode(event, data));
      },
    });
    const text = new TextDecoder();
    for await (const bytes of chunks(body)) {
      clearTimeout(silence);
      silence = setTimeout(end, SILENCE_MILLIS);
      parser.feed(text.decode(bytes, { stream: true }));
      yield* arrived.splice(0);
    }
  } finally {
    clearTimeout(silence);
    signal.removeEventListener("abort", end);
    own.abort();
  }
}

/** Not every browser's streams are async iterators. */
async function* chunks(body: ReadableStream<Uint8Array>): AsyncGenerator<Uint8Array> {
  const reader = body.getReader();
  for (;;) {
    const { done, value } = await reader.read();
    if (done) return;
    yield value;
  }
}

function isKnown(name: string): name is keyof LiveEvents {
  return Object.hasOwn(decodeEvent, name);
}

function decode<K extends keyof LiveEvents>(name: K, data: string): LiveEvent {
  try {
    return { name, data: decodeEvent[name](JSON.parse(data)) } as LiveEvent; // decoded by its own name
  } catch (error) {
    throw new UnknownAnswerError(error instanceof Error ? error.message : String(error));
  }
}

function pause(millis: number, signal: AbortSignal): Promise<void> {
  return new Promise((resolve) => {
    if (signal.aborted) {
      resolve();
      return;
    }
    const done = () => {
      clearTimeout(timer);
      signal.removeEventListener("abort", done);
      resolve();
    };
    const timer = setTimeout(done, millis);
    signal.addEventListener("abort", done, { once: true });
  });
}
