/** Server-sent events: what is new is told as soon as it is stored, and what comes together is told together. */
import type { Request, Response } from "express";
import type { LiveEvents } from "../../api/types.ts";
import type { StatusSignal } from "../../status-signal.ts";
import { getOrInsert } from "../../util/get-or-insert.ts";
import type { ServerContext } from "../context.ts";
import { statusOf } from "./catalog.ts";

/** Least time between two events of a kind, milliseconds; the first one goes out at once. */
const POINTS_GAP = 25;
const CATALOG_GAP = 250;
const STATUS_GAP = 500;
/** Bytes that wait for a client that reads slowly: beyond, it is told nothing until it has read them. */
const MOST_WAITING = 1 << 20;
/** A comment that keeps proxies from closing a quiet connection. */
const HEARTBEAT_MILLIS = 15_000;

/** Runs `send` soon after `request`, and again only after the gap. */
class Throttle {
  #timer: NodeJS.Timeout | undefined;
  #last = Number.NEGATIVE_INFINITY;
  readonly #gap: number;
  readonly #send: () => void;

  constructor(gap: number, send: () => void) {
    this.#gap = gap;
    this.#send = send;
  }

  request(): void {
    if (this.#timer) return;
    const wait = Math.max(0, this.#last + this.#gap - performance.now());
    this.#timer = setTimeout(() => {
      this.#timer = undefined;
      this.#last = performance.now();
      this.#send();
    }, wait);
  }

  cancel(): void {
    clearTimeout(this.#timer);
  }
}

/** Serves one connection until it closes. */
export function serveEvents(
  context: ServerContext,
  signal: StatusSignal,
  request: Request,
  response: Response,
): void {
  const { store, loader } = context;
  response.writeHead(200, {
    "Content-Type": "text/event-stream",
    "Cache-Control": "no-cache, no-transform",
    "X-Accel-Buffering": "no",
  });
  if (request.method === "HEAD") {
    response.end();
    return;
  }
  /** Whether the client lags so far behind that news are passed over. */
  let lags = false;
  let changed = new Map<number, Set<number>>();
  const send = <K extends keyof LiveEvents>(name: K, data: LiveEvents[K]): void => {
    if (lags) return;
    response.write(`event: ${name}\ndata: ${JSON.stringify(data)}\n\n`);
    if (response.writableLength <= MOST_WAITING) return;
    lags = true;
    changed = new Map();
  };
  const greet = (): void => send("hello", { instance: store.instance, catalog_version: store.version });
  response.on("drain", () => {
    if (!lags) return;
    lags = false;
    // Greeted anew, it asks for everything that it may have missed.
    greet();
    status.request();
  });

  const points = new Throttle(POINTS_GAP, () => {
    const told = changed;
    changed = new Map();
    send("points", { changed: [...told].map(([run, tags]) => [run, [...tags]]) });
  });
  const catalog = new Throttle(CATALOG_GAP, () => send("catalog", { version: store.version }));
  const status = new Throttle(STATUS_GAP, () => {
    send("status", statusOf(context));
    if (loader.loading.loading) status.request();
  });

  const unsubscribe = store.subscribe({
    catalogChanged: () => catalog.request(),
    seriesChanged: (run, tag) => {
      if (lags) return;
      getOrInsert(changed, run, () => new Set()).add(tag);
      points.request();
    },
  });
  const unsubscribeStatus = signal.subscribe(() => status.request());
  const heartbeat = setInterval(() => {
    if (!lags) response.write(":\n\n");
  }, HEARTBEAT_MILLIS);
  request.on("close", () => {
    unsubscribe();
    unsubscribeStatus();
    clearInterval(heartbeat);
    for (const throttle of [points, catalog, status]) throttle.cancel();
  });

  greet();
  status.request();
}
