/** The demo, `npm run demo`: trains the textbook's MNIST network on real digits and shows it live. See options.ts. */

import { pickBackend } from "../backend.ts";
import { runExample } from "../common/run.ts";
import { loadDataset } from "./data.ts";
import { helpText, parseOptions } from "./options.ts";
import { createProgress, formatResults } from "./progress.ts";
import { trainRuns } from "./train.ts";

await runExample({
  helpText,
  async setUp(args) {
    const options = parseOptions(args);
    const backend = await pickBackend(options.backend);
    console.log(`TensorFlow.js back end: ${backend.reason}`);
    return { ...options, backend: backend.name };
  },
  async run(options, signal) {
    const { runs, steps, seed } = options;
    const dataset = await loadDataset(seed);
    const names = runs.map(({ name }) => name);
    const progress = createProgress(names, steps);
    const results = await trainRuns(runs, dataset, {
      ...options,
      signal,
      onProgress: (state) => progress.update(state),
    }).finally(() => progress.stop());
    console.log(`\nDigits read correctly:\n\n${formatResults(results)}\n`);
  },
});
