/**
 * Opens graphs before anybody asks: most of what the first visit to one waits for is its thread, and code that has never
 * run. Done once all that was there at the start is read and the server has had a moment for whoever came first.
 */
import type { ServerContext } from "../http/context.ts";
import { ask, hasThread } from "./asker.ts";
import { likelyGraphs, readLogged, type SizedGraph } from "./logged.ts";

/** After the first load. */
const PAUSE_MILLIS = 500;
const MOST_GRAPHS = 4;
/** Of all of them together, as the logs have them. Opened they take memory: larger ones wait until they are asked for. */
const MOST_BYTES = 32e6;
/** Runs that are looked through. */
const MOST_RUNS = 100;

/** Returns the way to call it off. */
export function warmUp(context: ServerContext): () => void {
  let isOff = false;
  let timer: NodeJS.Timeout | undefined;
  const open = async (): Promise<void> => {
    for (const graph of chosen(context)) if (!isOff) await openOne(graph);
  };
  void context.loader.firstLoad.then(() => {
    if (!isOff && hasThread) timer = setTimeout(() => void open(), PAUSE_MILLIS).unref();
  });
  return () => {
    isOff = true;
    clearTimeout(timer);
  };
}

function chosen(context: ServerContext): SizedGraph[] {
  let left = MOST_BYTES;
  const graphs = likelyGraphs(context, MOST_RUNS).filter(({ bytes }) => {
    const fits = bytes !== null && bytes <= left;
    if (fits) left -= bytes;
    return fits;
  });
  return graphs.slice(0, MOST_GRAPHS);
}

async function openOne(graph: SizedGraph): Promise<void> {
  const { key, kind } = graph;
  // Whoever asks for the graph is told what is wrong with it.
  await ask({ question: { ask: "scope", name: "" }, graph: { key, kind } }, (keys) =>
    readLogged([graph], keys),
  ).catch(() => {});
}
