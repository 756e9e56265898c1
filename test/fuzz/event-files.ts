/**
 * Event files with random damage, read as the server reads them: nothing throws, nothing hangs, and no record before the
 * damage is lost. `npx tsx test/fuzz/event-files.ts [files] [seed]` runs a million by default; the tests run some.
 */
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { fileURLToPath, pathToFileURL } from "node:url";
import { encodeRecord, FRAME_BYTES, pb, readRecords } from "../../proto/index.ts";
import { decodeEvent } from "../../server/ingest/event-values.ts";
import { PointPacker } from "../../server/ingest/point-packer.ts";
import { Scanner } from "../../server/ingest/scanner.ts";
import { frameStart } from "../tools/frame-start.ts";
import { generator, oneOf, type Random } from "../tools/random.ts";
import { type ReadingMachinery, RunUnderTest } from "../tools/read-file.ts";

const corpus = new URL("../corpus/logs/", import.meta.url);
/** Real writers' files of moderate size, legacy and modern. */
const SEEDS = [
  "awkward/restart/events.out.tfevents.0000000001.a",
  "awkward/multifile/events.out.tfevents.0000000001.a",
  "awkward/big_step/events.out.tfevents.0000000001.a",
  "hparams/run-0/events.out.tfevents.1795528627.vm.7246.6.v2",
  "keras/validation/events.out.tfevents.1795528626.vm.7246.3.v2",
  "mesh/events.out.tfevents.1795528627.vm.7246.14.v2",
  "tbx/all/grp/p/events.out.tfevents.1795528627.vm",
];

/** A damaged file, and the offset before which nothing was changed. */
interface Damaged {
  readonly bytes: Buffer;
  readonly intact: number;
}

const damages: readonly ((file: Buffer, random: Random) => Damaged)[] = [
  /** Single bits. */
  (file, random) => {
    const bytes = Buffer.from(file);
    const at = random(bytes.length);
    bytes[at]! ^= 1 << random(8);
    return { bytes, intact: at };
  },
  /** A stretch of other bytes, or of zeros, as disks leave them. */
  (file, random) => {
    const bytes = Buffer.from(file);
    const at = random(bytes.length);
    const zeros = random(2) === 0;
    for (let i = at; i < Math.min(bytes.length, at + 1 + random(40)); i++) bytes[i] = zeros ? 0 : random(256);
    return { bytes, intact: at };
  },
  /** The end is missing. */
  (file, random) => {
    const at = random(file.length);
    return { bytes: file.subarray(0, at), intact: at };
  },
  /** Something is missing in the middle, or there twice. */
  (file, random) => {
    const at = random(file.length);
    const length = 1 + random(200);
    const rest = random(2) === 0 ? file.subarray(at + length) : file.subarray(Math.max(0, at - length));
    return { bytes: Buffer.concat([file.subarray(0, at), rest]), intact: at };
  },
  /** Records whose CRCs are right and whose data is not what it should be: it is for the decoders to cope. */
  (file, random) => {
    const records = [...readRecords(file)];
    const which = random(records.length);
    const data = Buffer.from(records[which]!);
    for (let i = 0; i <= random(4); i++) if (data.length > 0) data[random(data.length)] = random(256);
    const cut = random(3) === 0 ? data.subarray(0, random(data.length + 1)) : data;
    const before = Buffer.concat(records.slice(0, which).map((record) => encodeRecord(record)));
    const after = records.slice(which + 1).map((record) => encodeRecord(record));
    return { bytes: Buffer.concat([before, encodeRecord(cut), ...after]), intact: before.length };
  },
  /** A length that is right by its CRC and far too long. */
  (file, random) => {
    const frame = Buffer.from(encodeRecord(new Uint8Array(0)));
    const huge = Buffer.from(encodeRecord(Buffer.alloc(8 + random(100))));
    const at = random(file.length);
    return {
      bytes: Buffer.concat([file.subarray(0, at), random(2) ? frame : huge, file.subarray(at)]),
      intact: at,
    };
  },
  /** A length near a power of two, right by its CRC: sums with it may wrap. */
  (file, random) => {
    const length = (1n << BigInt(random(65))) + BigInt(random(41) - 20);
    const frame = frameStart(BigInt.asUintN(64, length));
    return inserted(file, random, Buffer.concat([frame, Buffer.alloc(random(3) * random(64))]));
  },
  /** A tensor whose shape, type and values have nothing to do with each other. */
  (file, random) => inserted(file, random, encodeRecord(oddTensor(random))),
  /** Messages in messages in messages, or groups that never end. */
  (file, random) => {
    const depth = oneOf(random, [10, 90, 110, 2000, 30_000]);
    return inserted(file, random, encodeRecord(random(2) === 0 ? nested(depth) : Buffer.alloc(depth, 0x0b)));
  },
];

/** A file with something more between two records. */
function inserted(file: Buffer, random: Random, bytes: Uint8Array): Damaged {
  const ends = [0];
  for (const record of readRecords(file)) ends.push(ends.at(-1)! + record.length + FRAME_BYTES);
  const at = oneOf(random, ends);
  return { bytes: Buffer.concat([file.subarray(0, at), bytes, file.subarray(at)]), intact: at };
}

function oddTensor(random: Random): Uint8Array {
  const size = () => oneOf(random, [0, 1, 2, 3, -1, 2 ** random(63)]);
  const field = oneOf(random, ["floatVal", "doubleVal", "intVal", "int64Val", "boolVal"]);
  const tensor = {
    dtype: random(34),
    tensorShape: {
      dim: Array.from({ length: oneOf(random, [0, 1, 2, 3, 300, 5000]) }, () => ({ size: size() })),
    },
    [field]: Array.from({ length: random(4) }, () => random(2)),
    ...(random(2) === 0 && { stringVal: Array.from({ length: random(4) }, () => Buffer.from("x")) }),
    ...(random(3) === 0 && { tensorContent: new Uint8Array(random(40)) }),
  };
  const pluginName = oneOf(random, [
    "scalars",
    "histograms",
    "text",
    "images",
    "audio",
    "hparams",
    "mesh",
    "",
  ]);
  const metadata = { pluginData: { pluginName }, dataClass: random(4) };
  const value = [{ tag: `tensor${random(3)}`, metadata, tensor }];
  return pb.Event.encode({ wallTime: 1, step: random(100), summary: { value } }).finish();
}

/** An event of a variant tensor that holds a variant tensor, and so on. */
function nested(depth: number): Buffer {
  const parts: Buffer[] = [];
  let length = 0;
  // From the inside out, so that each length is known.
  const wrap = (key: number) => {
    const head = [key];
    let left = length;
    for (; left > 0x7f; left >>>= 7) head.push((left & 0x7f) | 0x80);
    parts.push(Buffer.from([...head, left]));
    length += head.length + 1;
  };
  for (let i = 0; i < depth; i++) wrap(i % 2 === 0 ? 0x1a : 0x7a); // tensors, variant_val
  for (const key of [0x42, 0x0a, 0x2a]) wrap(key); // Value.tensor, Summary.value, Event.summary
  return Buffer.concat(parts.reverse());
}

interface SeedFile {
  readonly bytes: Buffer;
  /** Of every record where it ends, and tag and step of its values. */
  readonly records: readonly { readonly end: number; readonly values: readonly string[] }[];
}

function seedFile(bytes: Buffer): SeedFile {
  let end = 0;
  const records = Array.from(readRecords(bytes), (record) => {
    end += record.length + FRAME_BYTES;
    const { step, values } = decodeEvent(record);
    return { end, values: values.map(({ tag }) => `${tag} ${step}`) };
  });
  return { bytes, records };
}

/** Everything that was read and kept, what restarts overtook included. */
function valuesKept({ run }: RunUnderTest): Set<string> {
  const kept = new Set<string>();
  for (const { tag, kind, data } of run.series.values()) {
    if (kind === "records") {
      for (const { step } of [...data.refs, ...data.overtaken]) kept.add(`${tag} ${step}`);
      continue;
    }
    for (let s = 0; s < data.stretches; s++) {
      const { rows } = data.stretch(s);
      for (let row = 0; row < rows.count; row++) kept.add(`${tag} ${rows.stepAt(row)}`);
    }
    for (const { rows, from, to } of data.overtakenRows)
      for (let row = from; row < to; row++) kept.add(`${tag} ${rows.stepAt(row)}`);
  }
  return kept;
}

/** With small buffers, so that their edges are met often. */
const newMachinery = (): ReadingMachinery => ({
  scanner: new Scanner({ inputBytes: 1 << 16, points: 256 }),
  packer: new PointPacker(),
});

/** Slowest that a small file may be read, milliseconds: more would be a hang. */
const HANG_MILLIS = 5000;

/**
 * Reads so many damaged files; gives how many.
 *
 * @throws Error naming the seed and the number of the first file with which something is wrong
 */
export function fuzz(files: number, seed: number, onProgress: (done: number) => void = () => {}): number {
  const folder = mkdtempSync(path.join(tmpdir(), "tsboard-fuzz-"));
  const seeds = SEEDS.map((name) => seedFile(readFileSync(fileURLToPath(new URL(name, corpus)))));
  let machinery = newMachinery();
  const target = path.join(folder, "events.out.tfevents.1.fuzz");
  try {
    for (let n = 0; n < files; n++) {
      const random = generator(seed + n);
      const file = seeds[random(seeds.length)]!;
      const { bytes, intact } = damages[random(damages.length)]!(file.bytes, random);
      writeFileSync(target, bytes);
      const started = performance.now();
      try {
        const run = new RunUnderTest({}, machinery);
        run.read(target);
        const kept = valuesKept(run);
        for (const { end, values } of file.records)
          for (const value of values) if (end <= intact && !kept.has(value)) throw new Error(`lost ${value}`);
      } catch (error) {
        throw new Error(`file ${n} of seed ${seed}`, { cause: error });
      }
      if (performance.now() - started > HANG_MILLIS) throw new Error(`file ${n} of seed ${seed} hangs`);
      if (n % 10_000 !== 0) continue;
      onProgress(n);
      // Tags once seen are known for ever, and damage makes up many.
      machinery = newMachinery();
    }
    return files;
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

if (process.argv[1] && import.meta.url === pathToFileURL(process.argv[1]).href) {
  const [files = 1_000_000, seed = Date.now() & 0xffffff] = process.argv.slice(2).map(Number);
  console.log(`${files} files, seed ${seed}`);
  const started = performance.now();
  fuzz(files, seed, (done) => process.stdout.write(`\r${done}`));
  console.log(`\r${files} damaged files read in ${((performance.now() - started) / 1000).toFixed(0)} s`);
}
