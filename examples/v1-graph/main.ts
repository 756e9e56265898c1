/**
 * The TensorFlow 1 example, `npm run example:v1-graph`: builds the textbook's MNIST graph, trains it, writes both and
 * shows them. `-- --help` lists the options.
 */

import { once } from "node:events";
import path from "node:path";
import { parseArgs } from "node:util";
import { startServer } from "tsboard/server";
import { pickBackend } from "../backend.ts";
import { loadDataset } from "../mnist/data.ts";
import { trainAndWrite } from "./train.ts";

const helpText = `Builds the textbook's MNIST graph as TensorFlow 1 would, trains it, and shows it in tsboard.

usage: npm run example:v1-graph -- [options]

  --logdir DIR   where the event file goes (default: logs/v1-graph/<seconds since 1970>)
  --steps N      steps of 100 digits (default: 300)
  --port N       of the page (default: 6006, or the next that is free)
  --exit         end when all is written, without a page
  --help         this text
`;

const { values } = parseArgs({
  options: {
    logdir: { type: "string", default: path.join("logs", "v1-graph", String(Math.floor(Date.now() / 1000))) },
    steps: { type: "string", default: "300" },
    port: { type: "string" },
    exit: { type: "boolean", default: false },
    help: { type: "boolean", default: false },
  },
});

async function main({ logdir, port, exit }: typeof values): Promise<void> {
  const steps = Number(values.steps);
  if (!Number.isSafeInteger(steps) || steps < 1) throw new Error(`--steps is 1 or more, not ${values.steps}`);
  console.log(`TensorFlow.js back end: ${(await pickBackend()).reason}`);
  const dataset = await loadDataset(1);
  const result = await trainAndWrite(dataset, { logdir, steps, batch: 100, seed: 1 });
  console.log(`${result.operations} operations and ${steps} steps are in ${result.path}`);
  console.log(`cross entropy of the last batch: ${result.crossEntropy.toFixed(3)}`);
  if (exit) return;
  const server = await startServer({ logdir, ...(port !== undefined && { port: Number(port) }) });
  console.log(`tsboard shows them at ${server.url}; Ctrl-C ends it.`);
  await once(process, "SIGINT");
  await server.close();
}

if (values.help) console.log(helpText);
else await main(values);
