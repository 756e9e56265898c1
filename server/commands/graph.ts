/** `tsboard graph FILE…`: shows graphs and traces of files in the browser, as if they had been logged. */
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { gunzipSync } from "node:zlib";
import { type OpenedFile, openFile } from "../../graph/files/open-file.ts";
import { runMetadataOf } from "../../graph/files/run-metadata.ts";
import { encodeRecord, pb } from "../../proto/index.ts";
import { messageOf } from "../logdir/discover.ts";
import { newCommand } from "./arguments.ts";

interface Flags {
  readonly host?: string;
  readonly port?: string;
}

/** Tag of a trace's only step. */
const TRACE_TAG = "trace";

/** Writes the files as event files into a folder of its own, which goes with the process, and serves that. */
export async function run(args: readonly string[]): Promise<number> {
  const command = newCommand("tsboard graph")
    .description(
      "Shows graphs and traces in a browser: GraphDef (binary or text), SavedModel, Keras JSON,\nTensorFlow.js's model.json, and traces in Chrome's form, gzipped or not.",
    )
    .argument("<file...>", "the files, each of which becomes a run")
    .option("--host <address>", "address to listen on (default: localhost, this machine only)")
    .option("--port <number>", "port (default: 6006, or the next free one; 0: any)");
  command.parse(args, { from: "user" });
  const { host, port } = command.opts<Flags>();
  const logdir = mkdtempSync(path.join(tmpdir(), "tsboard-graph-"));
  process.once("exit", () => rmSync(logdir, { recursive: true, force: true }));
  const names = new Set<string>();
  for (const file of command.args) writeRun(logdir, uniqueName(path.basename(file), names), open(file));
  const serve = await import("./serve.ts");
  return serve.run([
    ...["--logdir", logdir, "--window_title", [...names].join(", ")],
    ...(host === undefined ? [] : ["--host", host]),
    ...(port === undefined ? [] : ["--port", port]),
  ]);
}

/** @throws Error that names the file */
function open(file: string): OpenedFile {
  try {
    const bytes = readFileSync(file);
    return openFile(bytes[0] === 0x1f && bytes[1] === 0x8b ? gunzipSync(bytes) : bytes);
  } catch (error) {
    throw new Error(`${file} cannot be shown: ${messageOf(error)}`);
  }
}

function uniqueName(base: string, names: Set<string>): string {
  let name = base;
  for (let n = 2; names.has(name); n++) name = `${base} (${n})`;
  names.add(name);
  return name;
}

function writeRun(logdir: string, name: string, opened: OpenedFile): void {
  const events: pb.Event.$Properties[] = [{ fileVersion: "brain.Event:2" }];
  if (opened.what === "graph") events.push({ graphDef: opened.graph.definition });
  else {
    // A trace has no graph: its step needs one to be joined with.
    const empty = pb.GraphDef.encode({ versions: { producer: 1 } }).finish();
    const runMetadata = pb.RunMetadata.encode(runMetadataOf(opened.step.columns)).finish();
    events.push({ graphDef: empty }, { taggedRunMetadata: { tag: TRACE_TAG, runMetadata } });
  }
  const folder = path.join(logdir, name);
  mkdirSync(folder, { recursive: true });
  const wallTime = Date.now() / 1000;
  const records = events.map((event) => encodeRecord(pb.Event.encode({ wallTime, ...event }).finish()));
  writeFileSync(path.join(folder, "events.out.tfevents.0.graph"), Buffer.concat(records));
}
