/**
 * Writes a log directory of scalars for the benchmarks, in the TensorFlow 2 encoding (tensor value, metadata on
 * the first of a tag in a file): `tsx bench/make-logs.ts DIR [runs] [tags] [steps]`. Values depend on their place
 * only, so two calls write the same bytes.
 */
import { mkdirSync, writeFileSync } from "node:fs";
import path from "node:path";
import { pathToFileURL } from "node:url";
import { DataType, encodeRecord, HEADER_BYTES, pb, sealRecord } from "../proto/index.ts";

export interface LogShape {
  readonly runs: number;
  readonly tags: number;
  readonly steps: number;
}

const START = 1_700_000_000;

/** Writes the logs; gives the bytes written. */
export function makeLogs(dir: string, { runs, tags, steps }: LogShape): number {
  let bytes = 0;
  for (let run = 0; run < runs; run++) {
    const folder = path.join(dir, `sweep${Math.floor(run / 10)}`, `run_${String(run).padStart(5, "0")}`);
    mkdirSync(folder, { recursive: true });
    const file = oneRun(run, tags, steps);
    writeFileSync(path.join(folder, `events.out.tfevents.${START}.bench.1.${run}.v2`), file);
    bytes += file.length;
  }
  return bytes;
}

function scalarEvent(
  tag: string,
  wallTime: number,
  step: number,
  value: number,
  metadata: boolean,
): Uint8Array {
  const content = new Uint8Array(Float32Array.of(value).buffer);
  return pb.Event.encode({
    wallTime,
    step,
    summary: {
      value: [
        {
          tag,
          tensor: { dtype: DataType.DT_FLOAT, tensorShape: {}, tensorContent: content },
          ...(metadata && { metadata: { pluginData: { pluginName: "scalars" } } }),
        },
      ],
    },
  }).finish();
}

/** Encodes each tag's event once and then only changes the wall time, the step and the value in it. */
function oneRun(run: number, tags: number, steps: number): Uint8Array {
  const version = encodeRecord(pb.Event.encode({ wallTime: START, fileVersion: "brain.Event:2" }).finish());
  // Steps of as many varint bytes each, so that all events but the first of a tag have one length.
  const stepBytes = stepBytesFor(steps);
  const first = 2 ** (7 * (stepBytes - 1));
  const templates = Array.from({ length: tags }, (_, t) => {
    const name = `group${t % 4}/metric_${String(t).padStart(2, "0")}`;
    return {
      head: scalarEvent(name, START, first, 0, true),
      event: scalarEvent(name, START, first, 0, false),
    };
  });
  const size = templates.reduce((sum, { head, event }) => sum + head.length + event.length * (steps - 1), 0);
  const out = new Uint8Array(version.length + size + tags * steps * 16);
  const view = new DataView(out.buffer);
  out.set(version);
  let at = version.length;
  for (let i = 0; i < steps; i++) {
    for (const [t, { head, event }] of templates.entries()) {
      const data = i === 0 ? head : event;
      const start = at + HEADER_BYTES;
      out.set(data, start);
      view.setFloat64(start + 1, START + i * 0.5 + t * 0.001 + run, true);
      writeVarint(out, start + 10, first + i, stepBytes);
      const valueAt = start + data.length - 4 - (i === 0 ? METADATA_BYTES : 0);
      view.setFloat32(valueAt, Math.exp(-i / (500 + 10 * t)) + Math.sin(i * 12.9898 + t + run) * 0.05, true);
      at = sealRecord(out, at, data.length);
    }
  }
  return out.subarray(0, at);
}

/** The fewest varint bytes, from two on, of which there are enough numbers. */
function stepBytesFor(steps: number): number {
  for (let bytes = 2; ; bytes++) if (steps <= 2 ** (7 * bytes) - 2 ** (7 * (bytes - 1))) return bytes;
}

function writeVarint(out: Uint8Array, at: number, value: number, bytes: number): void {
  for (let i = 0; i < bytes; i++) out[at + i] = ((value >>> (7 * i)) & 0x7f) | (i < bytes - 1 ? 0x80 : 0);
}

/** Bytes of the metadata field behind the first value of a tag. */
const METADATA_BYTES = 13;

if (process.argv[1] && import.meta.url === pathToFileURL(process.argv[1]).href) {
  const [dir, runs = "100", tags = "20", steps = "5000"] = process.argv.slice(2);
  if (!dir) throw new Error("usage: make-logs.ts DIR [runs] [tags] [steps]");
  const bytes = makeLogs(dir, { runs: Number(runs), tags: Number(tags), steps: Number(steps) });
  console.log(`${(bytes / 1e6).toFixed(1)} MB in ${dir}`);
}
