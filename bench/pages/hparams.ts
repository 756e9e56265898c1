/** The hyperparameters' dashboard: 1,000 sessions of 20 hyperparameters and 10 metrics. */
import path from "node:path";
import { createFileWriter } from "../../summary/index.ts";
import { seen } from "../tools/seen.ts";
import type { Scenario } from "./scenario.ts";

const SESSIONS = 1000;
const HPARAMS = 20;
const METRICS = 10;

export const hparams: Scenario = {
  name: "hparams",
  what: `${SESSIONS} sessions × ${HPARAMS} hyperparameters × ${METRICS} metrics`,
  runs: SESSIONS,
  async write(logdir) {
    for (let session = 0; session < SESSIONS; session++) {
      const writer = createFileWriter(path.join(logdir, `s${session}`));
      // First by its name: TensorBoard's page shows five columns.
      const given: Record<string, number | string> = { activation: session % 2 === 0 ? "relu" : "tanh" };
      for (let i = 1; i < HPARAMS; i++) given[`h${i}`] = ((session * (2 * i + 1)) % 997) / 997;
      writer.hparams(given);
      for (let step = 0; step < 5; step++)
        for (let i = 0; i < METRICS; i++)
          writer.scalar(`metric${i}`, Math.cos(session * (i + 1)) * (step + 1), { step });
      await writer.close();
    }
  },
  // The table and the axes.
  async oursShown(page) {
    await seen(page, { selector: ".hp-table tbody th", visible: true });
    await seen(page, { selector: `.hp-parallel canvas[data-lines='${SESSIONS}']`, visible: true });
  },
  stockShown: (page) => seen(page, { selector: "vaadin-grid-cell-content", text: ["relu", "tanh"] }),
  scrolled: ".hp-table",
};
