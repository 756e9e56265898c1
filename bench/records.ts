/**
 * TFRecord files of Examples, written, read and parsed: records and megabytes a second, beside TensorFlow in the same
 * run on the same records: `npm run bench:records`. TensorFlow is taken from TSBOARD_PYTHON, else .venv/bin/python.
 */
import { execFileSync } from "node:child_process";
import { mkdtempSync, rmSync } from "node:fs";
import os from "node:os";
import path from "node:path";
import { fileURLToPath } from "node:url";
import {
  type Compression,
  dataset,
  encodeExample,
  fixedLenFeature,
  int64Feature,
  parseExampleBatch,
  readRecords,
  writeRecords,
} from "../records/index.ts";
import { median, ratios, report } from "./tools/report.ts";
import { python } from "./tools/servers.ts";

const RECORDS = 50_000;
const BATCH = 128;
const ROUNDS = 5;
const directory = mkdtempSync(path.join(os.tmpdir(), "tsboard-bench-"));
const peer = fileURLToPath(new URL("records_peer.py", import.meta.url));

/** Images of 784 bytes (as digits have them: mostly paper). */
const images = Array.from({ length: 100 }, (_, i) =>
  Uint8Array.from({ length: 784 }, (__, j) => ((i * 31 + j * 17) % 5 === 0 ? (i * j) & 255 : 0)),
);

/** Two ways to keep an image: its bytes, or a float a pixel; each with a label. */
const layouts = {
  bytes: {
    images,
    specs: { image: fixedLenFeature([], "string"), label: fixedLenFeature([], "int64") },
  },
  floats: {
    images: images.map((image) => Float32Array.from(image, (x) => x / 255)),
    specs: { image: fixedLenFeature([784], "float32"), label: fixedLenFeature([], "int64") },
  },
};
type Layout = keyof typeof layouts;

function* examples(layout: Layout): Generator<Uint8Array> {
  for (let i = 0; i < RECORDS; i++)
    yield encodeExample({ image: layouts[layout].images[i % 100]!, label: int64Feature(i % 10) });
}

/** Seconds that each kind of work took in one round. */
interface Figures {
  readonly write: number;
  readonly read: number;
  readonly parse: number;
}

async function time(work: () => Promise<unknown>): Promise<number> {
  const start = performance.now();
  await work();
  return (performance.now() - start) / 1000;
}

async function ours(layout: Layout, compression: Compression, file: string): Promise<Figures> {
  const { specs } = layouts[layout];
  const write = await time(() => writeRecords(file, examples(layout), { compression }));
  const read = await time(async () => {
    let count = 0;
    for await (const record of readRecords(file)) count += record.length > 0 ? 1 : 0;
    if (count !== RECORDS) throw new Error(`${count} records read`);
  });
  const parse = await time(async () => {
    let sum = 0;
    const batches = dataset(() => readRecords(file))
      .batch(BATCH)
      .map((records) => parseExampleBatch(records, specs));
    for await (const { label } of batches) sum += label.data.length;
    if (sum !== RECORDS) throw new Error(`${sum} records parsed`);
  });
  return { write, read, parse };
}

/** The same by TensorFlow, which reads our file; a reason where that cannot be. */
function theirs(layout: Layout, compression: Compression, file: string): Figures | string {
  if (python === null) return "no Python";
  const args = [peer, layout, compression, file, String(RECORDS), String(BATCH)];
  const answer = execFileSync(python, args, { encoding: "utf8", stdio: ["ignore", "pipe", "ignore"] });
  return answer.startsWith("{") ? (JSON.parse(answer) as Figures) : answer.trim();
}

const rows: string[][] = [];
for (const [layout, compression] of [
  ["bytes", "none"],
  ["floats", "none"],
  ["floats", "gzip"],
] as const) {
  const file = path.join(directory, `${layout}.${compression}`);
  await ours(layout, compression, file); // warm
  const rounds: { mine: Figures; peers: Figures | string }[] = [];
  for (let round = 0; round < ROUNDS; round++)
    rounds.push({ mine: await ours(layout, compression, file), peers: theirs(layout, compression, file) });
  const bytes = Array.from(examples(layout)).reduce((sum, record) => sum + record.length + 16, 0);
  for (const what of ["write", "read", "parse"] as const) {
    const mine = rounds.map((round) => round.mine[what]);
    const peers = rounds.flatMap((round) => (typeof round.peers === "string" ? [] : [round.peers[what]]));
    rows.push([
      `${what} ${layout}${compression === "none" ? "" : `, ${compression}`}`,
      speed(median(mine), bytes),
      peers.length > 0 ? speed(median(peers), bytes) : String(rounds[0]?.peers),
      peers.length > 0 ? ratios(peers.map((seconds, i) => seconds / mine[i]!)) : "",
    ]);
  }
}
rmSync(directory, { recursive: true });
report("records", {
  title: "TFRecord files of Examples",
  how:
    `${RECORDS.toLocaleString("en")} Examples of a 28 x 28 image (784 bytes, or 784 floats) and a label. Write: from ` +
    `features to a closed file. Read: record by record, CRCs checked. Parse: read and parsed in batches of ${BATCH}. ` +
    `TensorFlow reads and parses with tf.data, in C++ on all cores; ours is one thread and zlib's. Medians of ${ROUNDS} rounds, in turns.`,
  header: ["", "tsboard", "TensorFlow", "tsboard is so many times as fast"],
  rows,
  notes: [],
});

function speed(seconds: number, bytes: number): string {
  const records = Math.round(RECORDS / seconds).toLocaleString("en");
  return `${records}/s, ${(bytes / seconds / 1e6).toFixed(0)} MB/s`;
}
