/**
 * The projector's page, beside stock TensorBoard's in the same browser where it is installed:
 * `npm run bench:projector-page [name …]`. WebGL is drawn in software.
 */
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { launch, WITH_WEBGL } from "../scripts/chromium.ts";
import { million } from "./projector/million.ts";
import { opening } from "./projector/opening.ts";
import { points } from "./projector/points.ts";
import type { Scenario } from "./projector/scenario.ts";
import { umap } from "./projector/umap.ts";
import { umapAll } from "./projector/umap-all.ts";
import { report } from "./tools/report.ts";

const SCENARIOS: readonly Scenario[] = [opening, points, million, umap, umapAll];

const names = process.argv.slice(2);
for (const { name, measure } of SCENARIOS) {
  if (names.length > 0 && !names.includes(name)) continue;
  const logdir = mkdtempSync(path.join(tmpdir(), "tsboard-bench-"));
  const browser = await launch(WITH_WEBGL);
  try {
    report(`projector-page-${name}`, await measure({ browser, logdir }));
  } finally {
    await browser.close();
    rmSync(logdir, { recursive: true, force: true });
  }
}
