/** The LeNet-5 example, `npm run example:lenet5`: trains it on real digits and shows it. `-- --help` lists the options. */

import * as tf from "@tensorflow/tfjs-core";
import { backendHelp, devicePlacement, setUpTraining } from "../backend.ts";
import { commonHelp, commonOptions, wholeNumber } from "../common/flags.ts";
import { runExample } from "../common/run.ts";
import { lenet5 } from "./model.ts";
import { trainLenet5 } from "./train.ts";

await runExample({
  helpText: `Trains LeNet-5 on real digits with model.fit and tsboard's callback, and shows it in tsboard.

usage: npm run example:lenet5 -- [options]

  --epochs N             passes over the digits (default: 3)
  --digits N             how many to train with, of 8,000 (default: all)
  --log-devices          first print on which device each kernel of the network runs
${backendHelp}${commonHelp("lenet5")}`,

  async setUp(args) {
    const values = await setUpTraining(args, {
      epochs: { type: "string", default: "3" },
      digits: { type: "string", default: "8000" },
      "log-devices": { type: "boolean", default: false },
    });
    return {
      ...commonOptions("lenet5", values),
      logDevices: values["log-devices"],
      epochs: wholeNumber("--epochs", values.epochs, 1),
      digits: wholeNumber("--digits", values.digits, 1, 8000),
    };
  },

  async run(options, signal) {
    if (options.logDevices) {
      const model = lenet5();
      const lines = await devicePlacement(() => model.predict(tf.zeros([1, 28, 28, 1])), model);
      console.log(lines.join("\n"));
    }
    const start = performance.now();
    const accuracy = await trainLenet5({ ...options, signal });
    const seconds = (performance.now() - start) / 1000;
    console.log(
      `${options.epochs} epochs of ${options.digits} digits in ${seconds.toFixed(0)} s: LeNet-5 reads ` +
        `${(accuracy * 100).toFixed(1)} % of 1,000 test digits`,
    );
  },
});
