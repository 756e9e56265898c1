/** The first visit to a graph: both sides have fresh servers, and a browser of which only the start is over. */
import { median, ratios, report, seconds } from "../tools/report.ts";
import { startTensorBoard, startTsboard, untilLoaded } from "../tools/servers.ts";
import { firstBoxes, inTurn, ours, readyBrowser, type Side, stock, untilListed } from "./sides.ts";

const ROUNDS = 3;

/** Every graph has servers of its own in every round: what a server keeps of one visit would be there at the next. */
export async function measureFirstVisits(logdir: string, runs: readonly string[]): Promise<void> {
  const visits = new Map<string, number[]>();
  const key = (who: Side["who"], run: string): string => `${who}, ${run}`;
  for (let round = 0; round < ROUNDS; round++)
    for (const run of runs)
      for (const [who, taken] of await visit(logdir, run, runs, round)) {
        console.error(`${key(who, run)}: first visit ${seconds(taken)}`);
        visits.set(key(who, run), [...(visits.get(key(who, run)) ?? []), taken]);
      }
  report("graph-visits", {
    title: "The first visit to a graph",
    how: `From opening the page to the first boxes, with servers that have read the logs and answered nothing yet (ours has opened what it opens when it has nothing else to do, both of these graphs), and for each a browser that has shown nothing but a page of its own; medians of ${ROUNDS} rounds, of which the other side begins every second one.`,
    header: ["", "from opening the page to the first boxes"],
    rows: [...visits].map(([name, times]) => [name, seconds(median(times))]),
    notes: runs.map((run) => {
      const [mine, theirs] = [visits.get(key("tsboard", run))!, visits.get(key("TensorBoard", run))];
      return theirs
        ? `first visit, ${run}, of TensorBoard's time: ${ratios(mine.map((time, i) => time / theirs[i]!))}`
        : "TensorBoard is not installed: set TSBOARD_PYTHON, or make a .venv with it";
    }),
  });
}

async function visit(
  logdir: string,
  run: string,
  runs: readonly string[],
  round: number,
): Promise<Map<Side["who"], number>> {
  const own = await startTsboard(logdir);
  const peer = await startTensorBoard(logdir);
  try {
    await untilLoaded(own);
    if (peer) await untilListed(peer, runs);
    const taken = new Map<Side["who"], number>();
    for (const side of inTurn([ours(own), ...(peer ? [stock(peer)] : [])], round)) {
      const browser = await readyBrowser();
      taken.set(side.who, await firstBoxes(browser, side, run).finally(() => browser.close()));
    }
    return taken;
  } finally {
    await Promise.all([own.stop(), peer?.stop()]);
  }
}
