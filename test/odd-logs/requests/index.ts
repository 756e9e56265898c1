/** All requests about a log folder. */
import { hparams } from "./hparams.ts";
import { kinds } from "./kinds.ts";
import { Asked, type OddRequest } from "./request.ts";
import { timeSeriesRequests } from "./time-series.ts";

/** What to ask about the folder that a server serves, told from what it lists. */
export async function* requestsFor(base: string): AsyncGenerator<OddRequest> {
  const server = new Asked(base);
  yield* kinds(server);
  yield* timeSeriesRequests(server);
  yield* hparams(server);
}
