/**
 * Makes the odd logs and saves them with stock TensorBoard's answers:
 * `npx tsx --conditions=tsboard-source test/odd-logs/record.ts`, with a Python as in test/interop/requirements.txt.
 */
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { startServer } from "../../server/index.ts";
import { ask } from "../tools/stock-answers.ts";
import { type Exchange, saveAnswers, saveLogs } from "./saved.ts";
import { askStock, filesBelow, makeLogs, startStock } from "./stock.ts";

/** Runs in a folder, as our server counts them. */
async function countRuns(logdir: string): Promise<number> {
  const server = await startServer({ logdir, port: 0, threads: 0 });
  await server.loaded;
  const runs: unknown[] = JSON.parse((await ask(server.url, { url: "data/runs" })).body.toString());
  await server.close();
  return runs.length;
}

async function main(): Promise<void> {
  const directory = mkdtempSync(path.join(tmpdir(), "odd-logs-"));
  const answers = new Map<string, Exchange[]>();
  for (const folder of makeLogs(directory)) {
    const logdir = path.join(directory, folder);
    const stock = await startStock(logdir, await countRuns(logdir));
    const asked: Exchange[] = [];
    for await (const one of askStock(stock.url)) asked.push(one);
    await stock.stop();
    answers.set(folder, asked);
    console.log(`${folder}: ${asked.length} answers`);
  }
  saveLogs(filesBelow(directory));
  saveAnswers(answers);
  rmSync(directory, { recursive: true });
}

await main();
