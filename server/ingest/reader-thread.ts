/** The worker thread that reads event files: takes requests in order, posts batches. */
import { parentPort, workerData } from "node:worker_threads";
import type { FileBatch } from "./batch.ts";
import { FileSet, type ReadRequest } from "./file-set.ts";
import { type PointSlotsMemory, SlotWriter } from "./point-slots.ts";

/** What the thread is started with. */
export interface ReaderThreadData {
  readonly checksum: boolean;
  readonly slots: PointSlotsMemory;
}

/** What the thread posts. */
export interface ReaderMessage {
  readonly batches: readonly FileBatch[];
  /** The slot that their points are in, to be released when they are stored; null when there are none. */
  readonly slot: number | null;
}

/** Batches of small files are posted together, up to so many rows of other values or so many files. */
const POST_ROWS = 4096;
const POST_FILES = 64;

const { checksum, slots } = workerData as ReaderThreadData;
const writer = new SlotWriter(slots);
const port = parentPort!;

let waiting: FileBatch[] = [];
let rows = 0;

function post(): void {
  if (waiting.length === 0) return;
  port.postMessage({ batches: waiting, slot: writer.hand() } satisfies ReaderMessage);
  waiting = [];
  rows = 0;
}

const files = new FileSet({
  checksum,
  allocate: (count) => {
    if (!writer.fits(count)) post();
    return writer.allocate(count);
  },
  emit: (batch) => {
    waiting.push(batch);
    rows += batch.records?.tag.length ?? 0;
    if (rows >= POST_ROWS || waiting.length >= POST_FILES) post();
  },
});

/** Requests that came while one was served: what is read together is posted together. */
const requests: ReadRequest[] = [];

port.on("message", (request: ReadRequest) => {
  requests.push(request);
  if (requests.length > 1) return;
  setImmediate(() => {
    while (requests.length > 0) files.serve(requests.shift()!);
    post();
  });
});
