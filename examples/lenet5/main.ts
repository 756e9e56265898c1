/** The LeNet-5 example, `npm run example:lenet5`: trains it on real digits and shows it. `-- --help` lists the options. */

import { once } from "node:events";
import path from "node:path";
import { parseArgs } from "node:util";
import { startServer } from "tsboard/server";
import { backendNames, pickBackend } from "../backend.ts";
import { trainLenet5 } from "./train.ts";

const helpText = `Trains LeNet-5 on real digits with model.fit and tsboard's callback, and shows it in tsboard.

usage: npm run example:lenet5 -- [options]

  --logdir DIR    where the runs go (default: logs/lenet5/<seconds since 1970>)
  --epochs N      passes over the digits (default: 3)
  --digits N      how many to train with, of 8,000 (default: all)
  --backend NAME  ${backendNames.join(", ")} (default: TSBOARD_BACKEND, or the first of these that is installed)
  --port N        of the page (default: 6006, or the next that is free)
  --exit          end when all is written, without a page
  --help          this text
`;

const { values } = parseArgs({
  options: {
    logdir: { type: "string", default: path.join("logs", "lenet5", String(Math.floor(Date.now() / 1000))) },
    epochs: { type: "string", default: "3" },
    digits: { type: "string", default: "8000" },
    backend: { type: "string" },
    port: { type: "string" },
    exit: { type: "boolean", default: false },
    help: { type: "boolean", default: false },
  },
});

async function main({ logdir, backend, port, exit }: typeof values): Promise<void> {
  const epochs = wholeNumber("epochs", values.epochs, Number.MAX_SAFE_INTEGER);
  const digits = wholeNumber("digits", values.digits, 8000);
  console.log(`TensorFlow.js back end: ${(await pickBackend(backend)).reason}`);
  const server = exit
    ? undefined
    : await startServer({ logdir, ...(port !== undefined && { port: Number(port) }) });
  if (server) console.log(`tsboard shows ${logdir} at ${server.url}`);
  const start = performance.now();
  const accuracy = await trainLenet5({ logdir, epochs, digits });
  const seconds = (performance.now() - start) / 1000;
  console.log(
    `${epochs} epochs of ${digits} digits in ${seconds.toFixed(0)} s: LeNet-5 reads ` +
      `${(accuracy * 100).toFixed(1)} % of 1,000 test digits`,
  );
  if (server === undefined) return;
  console.log(`The page stays at ${server.url}; Ctrl-C ends it.`);
  await once(process, "SIGINT");
  await server.close();
}

function wholeNumber(name: string, text: string, most: number): number {
  const value = Number(text);
  if (Number.isSafeInteger(value) && value >= 1 && value <= most) return value;
  throw new Error(`--${name} is a whole number from 1 to ${most}, not "${text}"`);
}

if (values.help) console.log(helpText);
else await main(values);
