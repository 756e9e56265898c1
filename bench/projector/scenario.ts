/** What `bench/projector-page.ts` measures: a scenario is a file here and a line in its list. */
import type { Browser } from "playwright-core";
import type { Report } from "../tools/report.ts";

export interface Bench {
  /** Draws WebGL in software. */
  readonly browser: Browser;
  /** A folder of its own for logs. */
  readonly logdir: string;
}

export interface Scenario {
  /** The argument of the command. */
  readonly name: string;
  measure(bench: Bench): Promise<Report>;
}
