/**
 * Vectors for the projector: `npm run bench:projector [rows] [columns]`, default 100,000 x 200. From the request to the
 * last byte, out of float32 bytes, tab-separated text and a TensorFlow checkpoint; stock TensorBoard likewise, in turns,
 * where it is installed. While ours is asked, so is something small: how long that waits is how long the server is busy
 * with the vectors alone.
 */
import { execFileSync } from "node:child_process";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { fileURLToPath } from "node:url";
import { makeLogs } from "./make-logs.ts";
import { bar, median, megabytes, millis, ratios, report } from "./tools/report.ts";
import {
  isInstalled,
  type MeasuredServer,
  python,
  startTensorBoard,
  startTsboard,
  untilLoaded,
} from "./tools/servers.ts";

const ROUNDS = 5;
const BAR = 1000;
const [rows = 100_000, columns = 200] = process.argv.slice(2).map(Number);
const logdir = mkdtempSync(path.join(tmpdir(), "tsboard-bench-"));
const kinds = ["bytes", "checkpoint", "text"] as const;
type Kind = (typeof kinds)[number];

/** The run of a kind, as makeLogs names it. */
const runOf = (kind: Kind): string => `${kind}/sweep0/run_00000`;

function write(kind: Kind, name: string, content: string | Uint8Array): string {
  const file = path.join(logdir, runOf(kind), name);
  writeFileSync(file, content);
  return file;
}

/** The same vectors in each kind of file; gives the kinds that could be written. */
function makeVectors(): readonly Kind[] {
  for (const kind of kinds) makeLogs(path.join(logdir, kind), { runs: 1, tags: 1, steps: 1 });
  const config = (kind: Kind, text: string) => write(kind, "projector_config.pbtxt", text);
  const data = Float32Array.from({ length: rows * columns }, () => Math.random() * 2 - 1);
  const raw = write("bytes", "vectors.bytes", new Uint8Array(data.buffer));
  const shape = `tensor_shape: ${rows} tensor_shape: ${columns}`;
  config("bytes", `embeddings { tensor_name: "vectors" tensor_path: "vectors.bytes" ${shape} }`);
  const lines = Array.from({ length: rows }, (_, i) =>
    Array.from(data.subarray(i * columns, (i + 1) * columns), (x) => x.toPrecision(9)).join("\t"),
  );
  write("text", "vectors.tsv", `${lines.join("\n")}\n`);
  config("text", 'embeddings { tensor_name: "vectors" tensor_path: "vectors.tsv" }');
  if (!python || !isInstalled("tensorflow")) return kinds.filter((kind) => kind !== "checkpoint");
  const prefix = path.join(logdir, runOf("checkpoint"), "model");
  const script = fileURLToPath(new URL("./projector_checkpoint.py", import.meta.url));
  execFileSync(python, [script, raw, String(rows), String(columns), prefix], { stdio: "pipe" });
  config("checkpoint", `model_checkpoint_path: "${prefix}"`);
  return kinds;
}

/**
 * Milliseconds to the last byte. Stock looks at the files on a thread of its own when it starts, and a question that
 * comes meanwhile may fail with 500: it is asked again, and the time goes on.
 */
async function ask(server: MeasuredServer, question: string, tries = 3): Promise<number> {
  const start = performance.now();
  const response = await fetch(new URL(`data/${question}`, server.url));
  const bytes = await response.arrayBuffer();
  if (response.status === 500 && tries > 1)
    return performance.now() - start + (await ask(server, question, tries - 1));
  if (!response.ok) throw new Error(`${question}: ${response.status} ${Buffer.from(bytes)}`);
  return performance.now() - start;
}

const tensor = (kind: Kind) => `plugin/projector/tensor?run=${encodeURIComponent(runOf(kind))}&name=vectors`;

/** The longest that something small took while the work was done. */
async function longestWait(server: MeasuredServer, work: Promise<unknown>): Promise<number> {
  let done = false;
  const finished = work.finally(() => {
    done = true;
  });
  let longest = 0;
  while (!done) longest = Math.max(longest, await ask(server, "environment"));
  await finished;
  return longest;
}

/** Milliseconds. */
interface Figures {
  readonly first: number;
  readonly again: number[];
}

/** Nothing is read yet: stock reads all files of text before its first answer, so that is counted with it. */
async function firstAnswers(server: MeasuredServer, asked: readonly Kind[]): Promise<Map<Kind, Figures>> {
  const figures = new Map<Kind, Figures>();
  for (const kind of asked) figures.set(kind, { first: await ask(server, tensor(kind)), again: [] });
  return figures;
}

try {
  const asked = makeVectors();
  const ours = await startTsboard(logdir);
  await untilLoaded(ours);
  const stock = await startTensorBoard(logdir);
  if (stock)
    while (!(await (await fetch(new URL("data/runs", stock.url))).text()).includes("text")) await sleep(100);
  const mine = await firstAnswers(ours, asked);
  const theirs = stock && (await firstAnswers(stock, asked));
  for (let round = 0; round < ROUNDS; round++)
    for (const kind of asked) {
      mine.get(kind)?.again.push(await ask(ours, tensor(kind)));
      if (stock && kind !== "text") theirs?.get(kind)?.again.push(await ask(stock, tensor(kind)));
    }
  const waits = new Map<Kind, number>();
  for (const kind of asked) waits.set(kind, await longestWait(ours, ask(ours, tensor(kind))));
  await Promise.all([ours.stop(), stock?.stop()]);
  const row = (who: string, figures: ReadonlyMap<Kind, Figures>) =>
    [...figures].map(([kind, { first, again }]) => [
      `${who}, ${kind}`,
      millis(first),
      again.length > 0 ? millis(median(again)) : "",
    ]);
  report("projector", {
    title: "Vectors for the projector",
    how: `${rows} vectors of ${columns} dimensions, ${megabytes(rows * columns * 4)}, from the request to the last byte; medians of ${ROUNDS} rounds in turns.`,
    header: ["", "first answer", "again"],
    rows: [...row("tsboard", mine), ...(theirs ? row("TensorBoard", theirs) : [])],
    notes: [
      ...[...mine].map(([kind, { again }]) => bar(`${kind}, again`, median(again), BAR, millis)),
      ...[...waits].map(
        ([kind, wait]) => `${kind}: something small waited ${millis(wait)} at most meanwhile`,
      ),
      theirs
        ? `text, TensorBoard / tsboard, first answer: ${ratios([theirs.get("text")!.first / mine.get("text")!.first])}`
        : "TensorBoard is not installed: set TSBOARD_PYTHON, or make a .venv with it",
    ],
  });
} finally {
  rmSync(logdir, { recursive: true, force: true });
}
