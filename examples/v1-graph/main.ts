/**
 * The TensorFlow 1 example, `npm run example:v1-graph`: builds the textbook's MNIST graph, trains it, writes both and
 * shows them. `-- --help` lists the options.
 */

import path from "node:path";
import { backendHelp, setUpTraining } from "../backend.ts";
import { commonHelp, commonOptions, wholeNumber } from "../common/flags.ts";
import { runExample } from "../common/run.ts";
import { loadDataset } from "../mnist/data.ts";
import { trainAndWrite } from "./train.ts";

await runExample({
  helpText: `Builds the textbook's MNIST graph as TensorFlow 1 would, trains it, and shows it in tsboard.

usage: npm run example:v1-graph -- [options]

  --steps N              steps of 100 digits (default: 300)
${backendHelp}${commonHelp("v1-graph")}`,

  async setUp(args) {
    const values = await setUpTraining(args, {
      steps: { type: "string", default: "300" },
    });
    return { ...commonOptions("v1-graph", values), steps: wholeNumber("--steps", values.steps, 1) };
  },

  async run({ steps, seed, ...options }, signal) {
    const dataset = await loadDataset(seed);
    const logdir = path.join(options.logdir, "mnist");
    const result = await trainAndWrite(dataset, { logdir, steps, batch: 100, seed, signal });
    console.log(`${result.operations} operations and ${result.steps} steps are in ${result.path}`);
    console.log(`cross entropy of the last batch: ${result.crossEntropy.toFixed(3)}`);
  },
});
