/**
 * UMAP of 10,000 points, neighbours and all, beside what stock's page takes for the 5,000 that it lays out; and the same
 * by umap-js, which is how it is known from how many points on it is too slow.
 */
import path from "node:path";
import { bar, median, seconds } from "../tools/report.ts";
import { startTensorBoard, startTsboard, untilLoaded } from "../tools/servers.ts";
import { makeVectors } from "./logs.ts";
import { onPage, openOurs, openStock, STOCK_ALONE, umapOurs, umapStock } from "./pages.ts";
import type { Scenario } from "./scenario.ts";

const [ROWS, DIMS] = [10_000, 200];
/** What takes long is done less often. */
const [ROUNDS, SLOW_ROUNDS] = [3, 1];

export const umap: Scenario = {
  name: "umap",
  async measure({ browser, logdir }) {
    await makeVectors(logdir, "some", ROWS, DIMS);
    const ours = await startTsboard(logdir);
    await untilLoaded(ours);
    const stock = await startTensorBoard(path.join(logdir, "some"));
    const [mine, byLibrary, theirs]: number[][] = [[], [], []];
    for (let round = 0; round < ROUNDS; round++) {
      await onPage(browser, async (page) => {
        await openOurs(page, ours, "some");
        mine!.push(await umapOurs(page));
        console.log(`tsboard: ${seconds(mine!.at(-1)!)}`);
      });
      if (round >= SLOW_ROUNDS) continue;
      await onPage(browser, async (page) => {
        await openOurs(page, ours, "some", "&p_engine=umap-js");
        byLibrary!.push(await umapOurs(page));
        console.log(`tsboard, umap-js: ${seconds(byLibrary!.at(-1)!)}`);
      });
      if (stock)
        await onPage(browser, async (page) => {
          await openStock(page, stock, STOCK_ALONE);
          theirs!.push(await umapStock(page));
          console.log(`TensorBoard: ${seconds(theirs!.at(-1)!)}`);
        });
    }
    await Promise.all([ours.stop(), stock?.stop()]);
    return {
      title: "UMAP in the projector's page",
      how: `${ROWS.toLocaleString("en")} vectors of ${DIMS} dimensions in Chromium without a graphics card, from the click to the last pass, neighbours and all; TensorBoard's page lays out 5,000 of them.`,
      header: ["", "points", "time"],
      rows: [
        ["tsboard", ROWS.toLocaleString("en"), seconds(median(mine!))],
        ["tsboard, where umap-js is chosen", ROWS.toLocaleString("en"), seconds(median(byLibrary!))],
        ...(stock ? [["TensorBoard", "5,000", seconds(median(theirs!))]] : []),
      ],
      notes: stock
        ? [
            bar("UMAP, tsboard / TensorBoard", median(mine!) / median(theirs!), 1, (share) =>
              share.toFixed(2),
            ),
          ]
        : ["TensorBoard is not installed: set TSBOARD_PYTHON, or make a .venv with it"],
    };
  },
};
