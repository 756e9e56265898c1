/**
 * A training in a web page, `npm run example:web-page`: open the page that it names and watch the run in tsboard.
 * `-- --help` lists the options.
 */
import { once } from "node:events";
import { parseArgs } from "node:util";
import { wholeNumber } from "../common/flags.ts";
import { stopOnSignals } from "../common/run.ts";
import { serveWebPage } from "./serve.ts";

const helpText = `Serves a page that trains a network on MNIST in the browser and logs it to tsboard, over HTTP.

usage: npm run example:web-page -- [options]

  --logdir DIR           where the runs are written, web-page/<date>T<time> each (default: logs)
  --steps N              of 100 digits (default: 1000)
  --port N               of tsboard (default: 6006, or the next that is free)
  --help                 this text
`;

const { values } = parseArgs({
  options: {
    logdir: { type: "string", default: "logs" },
    steps: { type: "string", default: "1000" },
    port: { type: "string" },
    help: { type: "boolean", short: "h", default: false },
  },
});

async function serve({ logdir, steps, port }: typeof values): Promise<void> {
  const served = await serveWebPage({
    logdir,
    steps: wholeNumber("--steps", steps, 1),
    ...(port !== undefined && { port: wholeNumber("--port", port, 0, 65535) }),
  });
  console.log(`The page that trains: ${served.page}`);
  console.log(`tsboard shows its run: ${served.server.url} (Ctrl-C ends both)`);
  await once(stopOnSignals(), "abort");
  await served.close();
}

if (values.help) console.log(helpText);
else await serve(values);
