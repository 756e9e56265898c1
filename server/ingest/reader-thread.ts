/** The worker thread that reads event files: takes jobs in order, sends what they give. */
import { parentPort, workerData } from "node:worker_threads";
import { Backlog } from "./backlog.ts";
import { JobReader, type ReadJob } from "./job-reader.ts";

/** What the thread is started with. */
export interface ReaderThreadData {
  readonly checksum: boolean;
  readonly backlog: SharedArrayBuffer;
}

const { checksum, backlog: memory } = workerData as ReaderThreadData;
const port = parentPort!;
const backlog = new Backlog(memory);

const reader = new JobReader({
  checksum,
  send: (message) => {
    backlog.add();
    port.postMessage(message, message.slab ? [message.slab.data, message.slab.directory.buffer] : []);
  },
});

/** Jobs that came while one was served: what is read together is sent together. */
const jobs: ReadJob[] = [];

port.on("message", (job: ReadJob) => {
  jobs.push(job);
  if (jobs.length > 1) return;
  setImmediate(() => {
    while (jobs.length > 0) {
      reader.serve(jobs[0]!);
      jobs.shift();
    }
    reader.post();
  });
});
