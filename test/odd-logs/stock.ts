/** Stock TensorBoard on a folder of odd logs. */
import { execFileSync } from "node:child_process";
import { readdirSync, readFileSync } from "node:fs";
import path from "node:path";
import { fileURLToPath } from "node:url";
import { type MeasuredServer, python, startTensorBoard } from "../../bench/tools/servers.ts";
import { ask } from "../tools/stock-answers.ts";
import { requestsFor } from "./requests/index.ts";
import { answerTo } from "./requests/request.ts";
import type { Exchange } from "./saved.ts";

/** Makes the logs below a directory; gives the folders, one a server. */
export function makeLogs(directory: string): string[] {
  const program = fileURLToPath(new URL("./make", import.meta.url));
  execFileSync(python ?? "", [program, directory], { stdio: "pipe" });
  return readdirSync(directory).sort();
}

/** Every file below a directory, by its path with slashes. */
export function filesBelow(directory: string): Map<string, Buffer> {
  const names = readdirSync(directory, { recursive: true, withFileTypes: true }).filter((entry) =>
    entry.isFile(),
  );
  const paths = names.map((entry) => path.join(entry.parentPath, entry.name)).sort();
  return new Map(
    paths.map((file) => [path.relative(directory, file).replaceAll(path.sep, "/"), readFileSync(file)]),
  );
}

/** Stock on a folder, once it has read so many runs. */
export async function startStock(folder: string, runs: number): Promise<MeasuredServer> {
  const server = await startTensorBoard(folder, "--load_fast=true", "--reload_interval=1");
  if (server === null) throw new Error("tensorboard is not installed");
  for (let tries = 0; ; tries++) {
    const known: unknown[] = JSON.parse((await ask(server.url, { url: "data/runs" })).body.toString());
    // The last of the runs shows when it was read, but for what is left of the same round.
    if (known.length >= runs) break;
    if (tries > 200) throw new Error(`stock knows ${known.length} of ${runs} runs of ${folder}`);
    await new Promise((resolve) => setTimeout(resolve, 200));
  }
  await new Promise((resolve) => setTimeout(resolve, 2000));
  return server;
}

/**
 * What there is to ask about a folder, or every n-th of it, with stock's answers. Where it fails (500) there is nothing to
 * compare: docs/compatibility.md says what ours answers there.
 */
export async function* askStock(url: string, every = 1): AsyncGenerator<Exchange> {
  let count = 0;
  for await (const request of requestsFor(url)) {
    if (count++ % every !== 0) continue;
    const answer = await answerTo(url, request);
    if (answer.status !== 500) yield { request, answer };
  }
}
