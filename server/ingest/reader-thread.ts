/** The worker thread that reads event files: takes jobs in order, sends what they give. */
import { parentPort, workerData } from "node:worker_threads";
import { Backlog } from "./backlog.ts";
import { JobReader, type ReadJob } from "./job-reader.ts";

/** What the thread is started with. */
export interface ReaderThreadData {
  readonly checksum: boolean;
  readonly indexCache: string | null;
  readonly backlog: SharedArrayBuffer;
}

const { checksum, indexCache, backlog: memory } = workerData as ReaderThreadData;
const port = parentPort!;
const backlog = new Backlog(memory);

const reader = new JobReader({
  checksum,
  indexCache,
  send: (message) => {
    backlog.add();
    const { slab } = message;
    const moved = slab && "data" in slab ? [slab.data, slab.directory.buffer] : [];
    port.postMessage(message, moved);
  },
});

/** Jobs that came while one was served: what is read together is sent together. */
const jobs: ReadJob[] = [];

port.on("message", (more: readonly ReadJob[]) => {
  const isBusy = jobs.length > 0;
  for (const job of more) jobs.push(job);
  if (isBusy) return;
  setImmediate(() => {
    while (jobs.length > 0) {
      reader.serve(jobs[0]!);
      jobs.shift();
    }
    reader.post();
  });
});
