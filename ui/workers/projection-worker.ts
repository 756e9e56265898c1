/** The worker in which the projector computes. */
import { hostProjection } from "./projection-host.ts";
import type { ToWorker } from "./projection-protocol.ts";

// A message to oneself comes after those that wait, and at once: timers of a page wait 4 ms.
const turns = new MessageChannel();
let callback: (() => void) | undefined;
turns.port1.onmessage = () => callback?.();

const hear = hostProjection(
  (message, transfer) => self.postMessage(message, { transfer }),
  (turn) => {
    callback = turn;
    turns.port2.postMessage(null);
  },
);
self.onmessage = (event: MessageEvent<ToWorker>) => hear(event.data);
