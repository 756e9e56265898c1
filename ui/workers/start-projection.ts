/** Starts the worker in which the projector computes. */
import { ProjectionClient } from "./projection-client.ts";
import type { FromWorker } from "./projection-protocol.ts";

/** A worker holds one set of vectors: the page starts one for each that it compares, and closes it. */
export function startProjection(): ProjectionClient {
  const worker = new Worker(new URL("./projection-worker.ts", import.meta.url), { type: "module" });
  const client = new ProjectionClient(
    (message, transfer) => worker.postMessage(message, { transfer }),
    () => worker.terminate(),
  );
  worker.onmessage = (event: MessageEvent<FromWorker>) => client.hear(event.data);
  worker.onerror = (event) => client.fail(new Error(`The projection worker failed: ${event.message}`));
  return client;
}
