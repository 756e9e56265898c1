/** The example of a hyperparameter sweep, `npm run example:sweep`. `-- --help` lists the options. */

import { backendHelp, setUpTraining } from "../backend.ts";
import { commonHelp, commonOptions, wholeNumber } from "../common/flags.ts";
import { runExample } from "../common/run.ts";
import { loadDataset } from "../mnist/data.ts";
import { sessions } from "./space.ts";
import { sweep } from "./train.ts";

await runExample({
  helpText: `Trains ${sessions.length} small networks on MNIST, one for each choice of learning rate, hidden units and activation,
and shows them in tsboard.

usage: npm run example:sweep -- [options]

  --steps N              steps a session, of 100 digits (default: 400)
${backendHelp}${commonHelp("sweep")}`,

  async setUp(args) {
    const values = await setUpTraining(args, {
      steps: { type: "string", default: "400" },
    });
    return { ...commonOptions("sweep", values), steps: wholeNumber("--steps", values.steps, 1) };
  },

  async run(options, signal) {
    const results = await sweep(await loadDataset(options.seed), {
      ...options,
      signal,
      onSession: ({ name, status, accuracy }) =>
        console.log(`${name.padEnd(18)} ${status}  validation accuracy ${(accuracy * 100).toFixed(1)} %`),
    });
    const best = results.toSorted((a, b) => b.accuracy - a.accuracy)[0];
    if (best) console.log(`the best: ${best.name}`);
  },
});
