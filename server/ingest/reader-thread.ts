/** The worker thread that reads event files: takes requests in order, sends what they give. */
import { parentPort, workerData } from "node:worker_threads";
import { Backlog } from "./backlog.ts";
import { FileSet, type ReadRequest } from "./file-set.ts";

/** What the thread is started with. */
export interface ReaderThreadData {
  readonly checksum: boolean;
  readonly backlog: SharedArrayBuffer;
}

const { checksum, backlog: memory } = workerData as ReaderThreadData;
const port = parentPort!;
const backlog = new Backlog(memory);

const files = new FileSet({
  checksum,
  send: (message) => {
    backlog.add();
    port.postMessage(message, message.slab ? [message.slab.data, message.slab.directory.buffer] : []);
  },
});

/** Requests that came while one was served: what is read together is sent together. */
const requests: ReadRequest[] = [];

port.on("message", (request: ReadRequest) => {
  requests.push(request);
  if (requests.length > 1) return;
  setImmediate(() => {
    while (requests.length > 0) files.serve(requests.shift()!);
    files.post();
  });
});
