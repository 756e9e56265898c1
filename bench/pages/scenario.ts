/** What `bench/pages.ts` measures of a dashboard: a scenario is a file here and a line in its list. */
import type { Page } from "playwright-core";

export interface Scenario {
  /** As in both pages' addresses, and the argument of the command. */
  readonly name: string;
  /** What is in the logs, for the report. */
  readonly what: string;
  /** Runs in the logs: stock is asked for its page when it has them all. */
  readonly runs: number;
  write(logdir: string): Promise<void>;
  /** Resolves when our page shows its first card, and stock's its first. */
  oursShown(page: Page): Promise<unknown>;
  stockShown(page: Page): Promise<unknown>;
  /** What is scrolled; the page when left out. */
  readonly scrolled?: string;
  /**
   * Moves the step slider once, to the given of `steps` stops, and gives the milliseconds until every card in sight shows
   * it; missing where the dashboard has no slider.
   */
  readonly move?: { readonly steps: number; to(page: Page, stop: number): Promise<number> };
}
