/** The Inception-v3 example, `npm run example:inception-v3`: its graph, and where a step's time goes. `-- --help` lists the options. */

import path from "node:path";
import { backendHelp, setUpTraining } from "../backend.ts";
import { commonHelp, commonOptions, wholeNumber } from "../common/flags.ts";
import { runExample } from "../common/run.ts";
import { traceInception } from "./trace.ts";

await runExample({
  helpText: `Builds Inception-v3, writes its graph of layers, and traces one forward step.

usage: npm run example:inception-v3 -- [options]

  --size N               height and width of the images (default: 150; published: 299)
  --batch N              images a step (default: 1)
${backendHelp}${commonHelp("inception-v3")}`,

  async setUp(args) {
    const values = await setUpTraining(args, {
      size: { type: "string", default: "150" },
      batch: { type: "string", default: "1" },
    });
    return {
      ...commonOptions("inception-v3", values),
      size: wholeNumber("--size", values.size, 75, 1000),
      batch: wholeNumber("--batch", values.batch, 1, 64),
    };
  },

  async run({ logdir, size, batch, seed }) {
    const { parameters, millis, kernels } = await traceInception({ logdir, size, batch, seed });
    console.log(`Inception-v3 has ${parameters.toLocaleString("en")} parameters.`);
    console.log(
      `A forward step on ${batch} image(s) of ${size} x ${size}: ${kernels} kernels in ${millis.toFixed(0)} ms. ` +
        `Run ${path.join(logdir, "layers")} has the layers, ${path.join(logdir, "forward")} what ran.`,
    );
  },
});
