/**
 * TFRecord files of Examples, written, read and parsed: records and megabytes a second, beside TensorFlow in the same
 * run on the same records: `npm run bench:records`. TensorFlow is taken from TSBOARD_PYTHON, else .venv/bin/python.
 */
import { execFileSync } from "node:child_process";
import { mkdtempSync, rmSync, statSync } from "node:fs";
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
import { median, table } from "./tools/report.ts";
import { python } from "./tools/servers.ts";

const RECORDS = 50_000;
const BATCH = 128;
const ROUNDS = 3;
const directory = mkdtempSync(path.join(os.tmpdir(), "tsboard-bench-"));
const peers = fileURLToPath(new URL("records_peer.py", import.meta.url));

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

/** Median seconds of a few rounds. */
async function time(work: () => Promise<unknown>): Promise<number> {
  const seconds: number[] = [];
  for (let round = 0; round < ROUNDS; round++) {
    const start = performance.now();
    await work();
    seconds.push((performance.now() - start) / 1000);
  }
  return median(seconds);
}

interface Figures {
  readonly write: number;
  readonly read: number;
  readonly parse: number;
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

/** The same by TensorFlow on our file and on one of its own; a reason where that cannot be. */
function theirs(layout: Layout, compression: Compression, file: string): Figures | string {
  if (python === null) return "no Python";
  const args = [peers, layout, compression, file, String(RECORDS), String(BATCH), String(ROUNDS)];
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
  const mine = await ours(layout, compression, file);
  const size = Array.from(examples(layout)).reduce((sum, record) => sum + record.length + 16, 0);
  const peer = theirs(layout, compression, file);
  for (const what of ["write", "read", "parse"] as const)
    rows.push([
      `${what} ${layout}${compression === "none" ? "" : `, ${compression}`}`,
      ...speed(mine[what], size),
      ...(typeof peer === "string"
        ? [peer]
        : [...speed(peer[what], size), `${(peer[what] / mine[what]).toFixed(1)}x`]),
    ]);
  console.log(
    `${layout}, ${compression}: ${RECORDS} records, ${(statSync(file).size / 1e6).toFixed(1)} MB on disk`,
  );
}
rmSync(directory, { recursive: true });
console.log(
  "write: features to a closed file; read: records, CRC checked; parse: read and parsed in batches of 128\n",
);
table(["", "records/s", "MB/s", "TensorFlow", "MB/s", "ratio"], rows);

function speed(seconds: number, bytes: number): string[] {
  return [Math.round(RECORDS / seconds).toLocaleString("en"), (bytes / seconds / 1e6).toFixed(0)];
}
