/** docs/interop.md: what test/interop compares, from the test's own list. */
import type { InteropKind } from "../../test/interop/case.ts";

const HEAD = `# What stock software makes of our files

Every kind of summary is written twice from the same data, by tsboard and by TensorFlow, and read by all of these; what
they make of our file equals what they make of TensorFlow's (test/interop/stock.exhaustive.test.ts):

- stock TensorBoard with its default loader (RustBoard) and with \`--load_fast=false\`: the HTTP answers in the table;
- its Python loader (\`EventFileLoader\`): every event, value, tensor and metadata;
- TensorFlow's \`tf.compat.v1.train.summary_iterator\`: the same, of the file as it is;
- tbparse: its tables of scalars, tensors, histograms, images, audio, hyperparameters and text (of lists and tables of
  text it reads nothing, TensorFlow's or ours).

Left out of all comparisons: wall times of the clock (those that are given are compared), keys of blobs, the compression
of PNGs (their pixels are compared), and who the file says wrote it. TensorFlow repeats a tag's metadata with every
value; tsboard writes it with the first, which is the one that readers keep.

The training callback stands beside Keras's own in the same way (test/interop/keras): seven models, trained by both from
the same weights on the same data, have the same runs, tags, steps and conceptual graphs, the same losses, metrics and
ends of histograms to four decimals, and images of the same pixels, give or take a shade of 256.

`;

/** The document. */
export function interopTable(kinds: readonly InteropKind[]): string {
  const header = ["Kind", "tsboard", "TensorFlow", "Summaries", "Stock's answers that are equal"];
  const rows = kinds.map((kind) => [
    kind.name,
    kind.ours,
    kind.theirs,
    String(kind.cases.length),
    answersOf(kind) || "no route shows it: readers only",
  ]);
  const lines = [header, header.map(() => "---"), ...rows].map((cells) => `| ${cells.join(" | ")} |`);
  return `${HEAD}${lines.join("\n")}\n`;
}

function answersOf({ routes }: InteropKind): string {
  return routes.map(({ path, compared }) => `\`${path}\`: ${compared}`).join("<br>");
}
