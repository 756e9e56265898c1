/** A million points: whether they open, and pictures a second while they are turned. */
import { seconds } from "../tools/report.ts";
import { startTsboard, untilLoaded } from "../tools/servers.ts";
import { makeVectors } from "./logs.ts";
import { onPage, openOurs, perSecond, turn } from "./pages.ts";
import type { Scenario } from "./scenario.ts";

const [ROWS, DIMS] = [1_000_000, 50];

export const million: Scenario = {
  name: "million",
  async measure({ browser, logdir }) {
    await makeVectors(logdir, "million", ROWS, DIMS);
    const server = await startTsboard(logdir);
    await untilLoaded(server);
    const { opened, frames } = await onPage(browser, async (page) => ({
      opened: await openOurs(page, server, "million"),
      frames: await turn(page),
    }));
    await server.stop();
    return {
      title: "A million points in the projector's page",
      how: `${ROWS.toLocaleString("en")} vectors of ${DIMS} dimensions in Chromium without a graphics card. TensorBoard's page asks for the first 100,000 and no others.`,
      header: ["", "opened, PCA on screen", "pictures a second, turning"],
      rows: [["tsboard", seconds(opened), perSecond(frames)]],
      notes: [],
    };
  },
};
