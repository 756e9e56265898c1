/** What the page is told by serve.ts: where it logs to, and how long it trains. */

/** The content of settings.json. */
export interface Settings {
  /** Address of the tsboard server. */
  readonly server: string;
  /** What the server was started with. */
  readonly token: string;
  /** Digits are taken this often. */
  readonly steps: number;
  /** Digits a step. */
  readonly batch: number;
}
