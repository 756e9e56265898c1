/** The hyperparameters' dashboard: 1,000 sessions of 20 hyperparameters and 10 metrics. */
import path from "node:path";
import { createFileWriter } from "../../summary/index.ts";
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
      const given: Record<string, number | string> = { optimizer: session % 2 === 0 ? "adam" : "sgd" };
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
    await page.locator(".hp-table tbody th").first().waitFor();
    await page.locator(`.hp-parallel canvas[data-lines='${SESSIONS}']`).waitFor();
  },
  stockShown: (page) =>
    page
      .locator("tf-hparams-table-view vaadin-grid-cell-content", { hasText: /^\s*(?:adam|sgd)\s*$/ })
      .first()
      .waitFor({ timeout: 120_000 }),
  scrolled: ".hp-table",
};
