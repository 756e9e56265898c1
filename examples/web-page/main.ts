/**
 * A training in a web page, `npm run example:web-page`: open the page that it names and watch the run in tsboard.
 * `-- --logdir DIR` and `-- --steps N` change where it is written and how long it trains.
 */
import { parseArgs } from "node:util";
import { serveWebPage } from "./serve.ts";

const { values } = parseArgs({
  options: {
    logdir: { type: "string", default: "logs" },
    steps: { type: "string", default: "1000" },
  },
});
const steps = Number(values.steps);
if (!Number.isSafeInteger(steps) || steps < 1)
  throw new Error(`--steps takes a whole number, not "${values.steps}"`);

const served = await serveWebPage({ logdir: values.logdir, steps });
console.log(`The page that trains: ${served.page}`);
console.log(`tsboard shows its run: ${served.server.url} (Ctrl-C ends both)`);
for (const signal of ["SIGINT", "SIGTERM"] as const)
  process.once(signal, () => void served.close().then(() => process.exit(0)));
