/** The threads that read event files. A run's files all go to one thread, so that they are read in order. */
import { availableParallelism } from "node:os";
import { Worker } from "node:worker_threads";
import { Backlog } from "./backlog.ts";
import { FileSet, type ReadMessage, type ReadRequest } from "./file-set.ts";
import type { ReaderThreadData } from "./reader-thread.ts";

export interface ReadersOptions {
  /** Threads; 0 reads on the calling thread. Default: one a core, at most four; 0 when run from the sources. */
  readonly threads?: number;
  /** Whether the CRC of every record's data is verified. Default true. */
  readonly checksum?: boolean;
  readonly onRead: (message: ReadMessage) => void;
  /** A thread died; its files are not read any more. */
  readonly onError: (error: Error) => void;
}

export interface Readers {
  /** Reads on from where the file's last read ended; its batches end with one whose `end` is set. */
  send(request: ReadRequest, bytes: number): void;
  close(): Promise<void>;
}

/** Beside this file, under the same ending. Threads do not inherit what makes Node 20 run TypeScript. */
const THREAD = new URL(
  import.meta.url.endsWith(".ts") ? "./reader-thread.ts" : "./reader-thread.js",
  import.meta.url,
);

export function createReaders(options: ReadersOptions): Readers {
  const threads =
    options.threads ?? (THREAD.pathname.endsWith(".ts") ? 0 : Math.min(availableParallelism(), 4));
  return threads === 0 ? new InlineReaders(options) : new ThreadedReaders(options, threads);
}

/** Reads on the calling thread, a file a turn of the event loop. */
class InlineReaders implements Readers {
  readonly #files: FileSet;
  readonly #requests: ReadRequest[] = [];
  #closed = false;

  constructor({ checksum = true, onRead }: ReadersOptions) {
    this.#files = new FileSet({ checksum, send: onRead });
  }

  send(request: ReadRequest): void {
    this.#requests.push(request);
    if (this.#requests.length === 1) setImmediate(() => this.#next());
  }

  #next(): void {
    if (this.#closed) return;
    this.#files.serve(this.#requests[0]!);
    this.#files.post();
    this.#requests.shift();
    if (this.#requests.length > 0) setImmediate(() => this.#next());
  }

  async close(): Promise<void> {
    this.#closed = true;
  }
}

interface ReaderThread {
  readonly worker: Worker;
  /** Bytes of the requests that were ever sent to it: what new runs are shared out by. */
  load: number;
}

class ThreadedReaders implements Readers {
  readonly #threads: ReaderThread[];
  readonly #threadOfRun = new Map<number, ReaderThread>();

  constructor(options: ReadersOptions, count: number) {
    this.#threads = Array.from({ length: count }, () => startThread(options));
  }

  send(request: ReadRequest, bytes: number): void {
    let thread = this.#threadOfRun.get(request.run);
    if (!thread) {
      thread = this.#threads.reduce((a, b) => (b.load < a.load ? b : a));
      this.#threadOfRun.set(request.run, thread);
    }
    // Opening a file costs about as much as reading some tens of kilobytes.
    thread.load += bytes + 50_000;
    thread.worker.postMessage(request);
    if (request.forget === "run") this.#threadOfRun.delete(request.run);
  }

  async close(): Promise<void> {
    await Promise.all(this.#threads.map(({ worker }) => worker.terminate()));
  }
}

function startThread({ checksum = true, onRead, onError }: ReadersOptions): ReaderThread {
  const memory = Backlog.memory();
  const backlog = new Backlog(memory);
  const data: ReaderThreadData = { checksum, backlog: memory };
  const worker = new Worker(THREAD, { workerData: data });
  worker.on("message", (message: ReadMessage) => {
    onRead(message);
    backlog.take();
  });
  worker.on("error", onError);
  worker.unref();
  return { worker, load: 0 };
}
