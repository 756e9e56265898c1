/** The example without TensorFlow.js, `npm run example:plain-loop`. `-- --help` lists the options. */

import path from "node:path";
import { commonHelp, commonOptions, parseFlags, wholeNumber } from "../common/flags.ts";
import { runExample } from "../common/run.ts";
import { train } from "./train.ts";

await runExample({
  helpText: `Trains softmax regression on real digits in plain TypeScript, and logs it with three lines.

usage: npm run example:plain-loop -- [options]

  --steps N              steps of 100 digits (default: 1000)
${commonHelp("plain-loop")}`,

  setUp(args) {
    const values = parseFlags(args, { steps: { type: "string", default: "1000" } });
    return { ...commonOptions("plain-loop", values), steps: wholeNumber("--steps", values.steps, 1) };
  },

  async run(options, signal) {
    const logdir = path.join(options.logdir, "softmax-regression");
    const accuracy = await train({ ...options, logdir, signal });
    console.log(`${(accuracy * 100).toFixed(1)} % of the test digits are read correctly`);
  },
});
