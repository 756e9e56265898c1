/** The worker thread that reads event files: takes requests in order, posts batches. */
import { parentPort, workerData } from "node:worker_threads";
import type { FileBatch } from "./batch.ts";
import { transferables } from "./batch-builder.ts";
import { FileSet, type ReadRequest } from "./file-set.ts";

/** What the thread is started with. */
export interface ReaderThreadData {
  readonly checksum: boolean;
  /** Messages posted and not yet taken: the thread waits while there are many, so memory stays bounded. */
  readonly pending: SharedArrayBuffer;
}

/** Messages in flight before the thread waits. */
const MAX_PENDING = 16;
/** Batches of small files are posted together until they hold so many rows or files. */
const POST_ROWS = 32_768;
const POST_FILES = 64;

const { checksum, pending: pendingBuffer } = workerData as ReaderThreadData;
const pending = new Int32Array(pendingBuffer);
const port = parentPort!;

let waiting: FileBatch[] = [];
let rows = 0;

function post(): void {
  if (waiting.length === 0) return;
  for (let n = Atomics.load(pending, 0); n >= MAX_PENDING; n = Atomics.load(pending, 0))
    Atomics.wait(pending, 0, n);
  Atomics.add(pending, 0, 1);
  port.postMessage(waiting, waiting.flatMap(transferables));
  waiting = [];
  rows = 0;
}

const files = new FileSet(checksum, (batch) => {
  waiting.push(batch);
  rows += (batch.points?.values.length ?? 0) + (batch.records?.tag.length ?? 0) * 8;
  if (rows >= POST_ROWS || waiting.length >= POST_FILES) post();
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
