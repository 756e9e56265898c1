/** From opening the page to PCA on the screen, and pictures a second while the points are turned; beside stock's page. */
import path from "node:path";
import { bar, median, ratios, seconds } from "../tools/report.ts";
import { startTensorBoard, startTsboard, untilLoaded } from "../tools/servers.ts";
import { makeVectors } from "./logs.ts";
import { onPage, openOurs, openStock, perSecond, STOCK_ALONE, STOCK_WHOLE, turn } from "./pages.ts";
import type { Scenario } from "./scenario.ts";

const [ROWS, DIMS, ROUNDS] = [100_000, 200, 3];

export const opening: Scenario = {
  name: "opening",
  async measure({ browser, logdir }) {
    await makeVectors(logdir, "all", ROWS, DIMS);
    const ours = await startTsboard(logdir);
    await untilLoaded(ours);
    const stock = await startTensorBoard(path.join(logdir, "all"));
    const mine = { opened: [] as number[], frames: [] as number[] };
    const theirs = { opened: [] as number[], frames: [] as number[] };
    const alone: number[] = [];
    const tell = (who: string, { opened, frames }: typeof mine) =>
      console.log(`${who}: ${seconds(opened.at(-1)!)}, ${perSecond(frames.at(-1)!)} pictures a second`);
    for (let round = 0; round < ROUNDS; round++) {
      await onPage(browser, async (page) => {
        mine.opened.push(await openOurs(page, ours, "all"));
        mine.frames.push(await turn(page));
        tell("tsboard", mine);
      });
      if (!stock) continue;
      await onPage(browser, async (page) => {
        theirs.opened.push(await openStock(page, stock, STOCK_WHOLE));
        theirs.frames.push(await turn(page));
        tell("TensorBoard", theirs);
      });
      await onPage(browser, async (page) => {
        alone.push(await openStock(page, stock, STOCK_ALONE));
        console.log(`TensorBoard's projector alone: ${seconds(alone.at(-1)!)}`);
      });
    }
    await Promise.all([ours.stop(), stock?.stop()]);
    const row = (who: string, { opened, frames }: typeof mine) => [
      who,
      seconds(median(opened)),
      perSecond(median(frames)),
    ];
    const share = (value: number): string => value.toFixed(2);
    return {
      title: "The projector's page",
      how: `${ROWS.toLocaleString("en")} vectors of ${DIMS} dimensions in Chromium without a graphics card, from opening the page to the components on the screen; medians of ${ROUNDS} rounds in turns.`,
      header: ["", "opened, PCA on screen", "pictures a second, turning"],
      rows: [
        row("tsboard", mine),
        ...(stock
          ? [
              row("TensorBoard", theirs),
              ["TensorBoard's projector alone, without its page", seconds(median(alone)), ""],
            ]
          : []),
      ],
      notes: stock
        ? [
            bar("opening, tsboard / TensorBoard", median(mine.opened) / median(theirs.opened), 1 / 3, share),
            `opening, tsboard / TensorBoard's projector alone: ${share(median(mine.opened) / median(alone))}`,
            `turning, tsboard / TensorBoard: ${ratios(mine.frames.map((n, i) => n / theirs.frames[i]!))}; bar 3`,
          ]
        : ["TensorBoard is not installed: set TSBOARD_PYTHON, or make a .venv with it"],
    };
  },
};
