/**
 * Runs modules one after the other, each in a new working directory, and prints as JSON what each printed or how it
 * failed: `run-examples.ts <directory>`, whose `*.ts` are the modules.
 */
import { mkdirSync, readdirSync } from "node:fs";
import path from "node:path";
import process from "node:process";
import { pathToFileURL } from "node:url";
import { summary, v1 } from "tsboard";

const directory = process.argv[2] ?? "";
const outcomes: Record<string, { printed: string[]; error: string | null }> = {};

for (const file of readdirSync(directory).filter((name) => name.endsWith(".ts"))) {
  const printed: string[] = [];
  console.log = (...values: unknown[]) => printed.push(values.map(String).join(" "));
  const here = path.join(directory, "work", file);
  mkdirSync(here, { recursive: true });
  process.chdir(here);
  try {
    await import(pathToFileURL(path.join(directory, file)).href);
    outcomes[file] = { printed, error: null };
  } catch (error) {
    outcomes[file] = { printed, error: String(error) };
  }
  // What an example sets for all must not reach the next.
  summary.clearDefault();
  summary.setStep(undefined);
  v1.resetDefaultGraph();
}
// An example that failed may have left a server behind, which would hold this process for good.
process.stdout.write(`${JSON.stringify(outcomes)}\n`, () => process.exit());
