/** The example of transfer learning, `npm run example:transfer-learning`. `-- --help` lists the options. */

import { backendHelp, setUpTraining } from "../backend.ts";
import { commonHelp, commonOptions, wholeNumber } from "../common/flags.ts";
import { runExample } from "../common/run.ts";
import { trainTransfer } from "./train.ts";

await runExample({
  helpText: `Learns features on the digits 0 to 4, freezes them, and learns 5 to 9 with a new head; beside it, from scratch.

usage: npm run example:transfer-learning -- [options]

  --epochs N             passes over the digits (default: 5)
  --digits N             of 5 to 9, to learn with (default: 500)
${backendHelp}${commonHelp("transfer-learning")}`,

  async setUp(args) {
    const values = await setUpTraining(args, {
      epochs: { type: "string", default: "5" },
      digits: { type: "string", default: "500" },
    });
    return {
      ...commonOptions("transfer-learning", values),
      epochs: wholeNumber("--epochs", values.epochs, 1),
      digits: wholeNumber("--digits", values.digits, 50, 4000),
    };
  },

  async run(options, signal) {
    await trainTransfer({
      ...options,
      signal,
      onResult: ({ training, parameters, seconds, accuracy }) =>
        console.log(
          `${training.padEnd(12)}  ${String(parameters).padStart(6)} parameters trained in ${seconds.toFixed(1)} s: ` +
            `${(accuracy * 100).toFixed(1)} % of the test digits are read`,
        ),
    });
  },
});
