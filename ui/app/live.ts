/**
 * The connection that the server pushes news through. The browser retries a dropped stream by itself; where it
 * gives up (an HTTP error) we retry. A page in the background lets go of its connection after a while, because
 * a browser grants a server only six, and catches up when it is looked at again.
 */
import { signal } from "@preact/signals";
import { decodeEvent } from "../../client/decode.ts";
import type { LiveEvents } from "../../server/api/types.ts";
import { EVENTS_ADDRESS } from "./api.ts";

export type Connection = "connecting" | "live" | "lost" | "resting";

export const connection = signal<Connection>("connecting");

export type LiveHandlers = { [K in keyof LiveEvents]: (payload: LiveEvents[K]) => void };

const RETRY_MS = [500, 1000, 2000, 4000, 8000];
const REST_AFTER_MS = 30_000;

export function connect(handlers: LiveHandlers): void {
  let source: EventSource | null = null;
  let attempts = 0;
  let retryTimer = 0;
  let restTimer = 0;

  const open = (): void => {
    clearTimeout(retryTimer);
    source?.close();
    const stream = new EventSource(EVENTS_ADDRESS);
    source = stream;
    const listen = <K extends keyof LiveEvents>(name: K): void => {
      stream.addEventListener(name, (event: MessageEvent<string>) => {
        handlers[name](decodeEvent[name](JSON.parse(event.data)));
      });
    };
    stream.addEventListener("hello", () => {
      attempts = 0;
      connection.value = "live";
    });
    listen("hello");
    listen("catalog");
    listen("points");
    listen("status");
    stream.addEventListener("error", () => {
      if (source !== stream) return;
      connection.value = "lost";
      // The browser's own pause between retries can be long; ours starts short, as a restart takes a second.
      stream.close();
      retryTimer = window.setTimeout(open, RETRY_MS[Math.min(attempts++, RETRY_MS.length - 1)]);
    });
  };

  document.addEventListener("visibilitychange", () => {
    clearTimeout(restTimer);
    if (document.hidden) {
      restTimer = window.setTimeout(() => {
        clearTimeout(retryTimer);
        source?.close();
        source = null;
        connection.value = "resting";
      }, REST_AFTER_MS);
    } else if (source === null) {
      connection.value = "connecting";
      open();
    }
  });
  open();
}
