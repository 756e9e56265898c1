/**
 * The projector's mathematics: `npm run bench:projection [most rows]`, default 100,000. Vectors of 200 dimensions in
 * clusters, as the page's worker computes on them: principal components, neighbours, UMAP, t-SNE, trust; beside what
 * stock's page does, which is umap-js on its first 5,000 rows. Also how long one turn of the worker lasts at most, which
 * is how long another question waits, and how much memory there is for each byte of vectors.
 */
import { ProjectionSession } from "../ui/projection/session.ts";
import type { Vectors } from "../ui/projection/types.ts";
import type { Work } from "../ui/projection/work.ts";
import { bar, median, millis, report, seconds } from "./tools/report.ts";

const DIMS = 200;
const CLUSTERS = 50;
const [most = 100_000] = process.argv.slice(2).map(Number);

/** Clusters on curved sheets of some dimensions, as trained vectors are; not of full dimension, as pure noise is. */
function makeVectors(rows: number, dims: number): Vectors {
  let state = 1;
  const random = (): number => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    return state / 2 ** 32 - 0.5;
  };
  const inner = 10;
  const weights = Float32Array.from({ length: dims * inner }, random);
  const centres = Float32Array.from({ length: CLUSTERS * inner }, () => random() * 8);
  const data = new Float32Array(rows * dims);
  const hidden = new Float32Array(inner);
  for (let row = 0; row < rows; row++) {
    for (let i = 0; i < inner; i++) hidden[i] = centres[(row % CLUSTERS) * inner + i]! + random() * 3;
    for (let d = 0; d < dims; d++) {
      let sum = 0;
      for (let i = 0; i < inner; i++) sum += weights[d * inner + i]! * hidden[i]!;
      data[row * dims + d] = Math.tanh(sum) + random() * 0.1;
    }
  }
  return { data, rows, dims };
}

interface Measured<T> {
  readonly result: T;
  readonly time: number;
  /** The longest time between two breaks. */
  readonly longest: number;
  /** Bytes more than before, at most. */
  readonly memory: number;
}

function measure<T>(work: Work<T>): Measured<T> {
  const before = process.memoryUsage().rss;
  const start = performance.now();
  let [last, longest, memory, seen] = [start, 0, 0, start];
  for (;;) {
    const step = work.next();
    const now = performance.now();
    longest = Math.max(longest, now - last);
    if (step.done) return { result: step.value, time: now - start, longest, memory };
    if (now - seen > 100) {
      seen = now;
      memory = Math.max(memory, process.memoryUsage().rss - before);
    }
    last = performance.now();
  }
}

function sessionOf(rows: number, dims = DIMS): { session: ProjectionSession; load: Measured<unknown> } {
  const session = new ProjectionSession();
  const load = measure(session.load({ vectors: makeVectors(rows, dims) }));
  return { session, load };
}

const rows: string[][] = [];
function row<T>(name: string, measured: Measured<T>, remark = ""): Measured<T> {
  rows.push([name, seconds(measured.time), millis(measured.longest), remark]);
  console.log(rows.at(-1)!.join("  "));
  return measured;
}

const notes: string[] = [];

{
  const { session } = sessionOf(5000);
  const stock = row("umap-js, 5,000 rows, as stock's page", measure(session.umap({ engine: "umap-js" })));
  const { session: ten } = sessionOf(10_000);
  row("neighbours, 10,000 rows", measure(ten.neighbours({ k: 14 })), "exact");
  const { session: again } = sessionOf(10_000);
  const ours = row("UMAP, 10,000 rows, with neighbours", measure(again.umap({})));
  notes.push(`UMAP, ours of 10,000 rows / umap-js of 5,000: ${(ours.time / stock.time).toFixed(2)} (bar 1)`);
  row("t-SNE, 10,000 rows, 1,000 iterations", measure(again.tsne({ dims: 2 })));
}
{
  const { session, load } = sessionOf(most);
  const many = most.toLocaleString("en");
  const bytes = most * DIMS * 4;
  row(`load, ${many} rows`, load);
  row(`PCA, ${many} rows`, measure(session.pca({})), "exact");
  const nearest = Array.from({ length: 20 }, (_, i) => measure(session.nearest({ of: i * 7, k: 100 })).time);
  notes.push(bar(`nearest rows of one, ${many} rows`, median(nearest), 50, millis));
  const neighbours = measure(session.neighbours({ k: 15 }));
  row(`neighbours, ${many} rows`, neighbours, `recall ${neighbours.result.recall.toFixed(3)}`);
  const umap = row(`UMAP, ${many} rows, neighbours known`, measure(session.umap({})));
  row(`trust, ${many} rows`, measure(session.trust({ positions: umap.result })), "sampled");
  const iterations = 50;
  row(`t-SNE, ${many} rows, ${iterations} iterations`, measure(session.tsne({ dims: 2, iterations })));
  const memory = bytes + Math.max(neighbours.memory, umap.memory);
  notes.push(
    `memory at most, beside the vectors' own bytes: ${(memory / bytes).toFixed(2)} (bar 3), as the process grows`,
  );
}
report("projection", {
  title: "Projections",
  how: `Vectors of ${DIMS} dimensions in ${CLUSTERS} clusters, on one thread of Node as in the page's worker; three dimensions where nothing else is said.`,
  header: ["", "time", "longest turn", ""],
  rows,
  notes,
});
