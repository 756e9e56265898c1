/**
 * Who reads event files: this thread itself where there is little to read, as live runs append; else worker threads,
 * which are started when there is much and ended when there is no more.
 */
import { availableParallelism } from "node:os";
import { Worker } from "node:worker_threads";
import { Backlog } from "./backlog.ts";
import { JobReader, type ReadJob, type ReadMessage } from "./job-reader.ts";
import type { ReaderThreadData } from "./reader-thread.ts";

export interface ReadersOptions {
  /** Threads; 0 reads on the calling thread. Default: one a core, at most four; 0 when run from the sources. */
  readonly threads?: number;
  /** Whether the CRC of every record's data is verified. Default true. */
  readonly checksum?: boolean;
  /** Folder in which what large files hold is remembered; null (default) for not at all. */
  readonly indexCache?: string | null;
  readonly onRead: (message: ReadMessage) => void;
  /** A thread died: these jobs may not have been served. */
  readonly onLost: (jobs: readonly ReadJob[], error: Error) => void;
}

/** Less than this is read at once, on the calling thread: a thread takes longer to start. */
const LITTLE_BYTES = 8e6;
/** How long a file may hold this thread. */
const TURN_MILLIS = 50;
/** Small files are read here for so long at a time. */
const HERE_MILLIS = 5;
/** What a thread is given ahead: several messages' worth of small files, so that it never waits for more. */
const AHEAD_JOBS = 256;
const AHEAD_BYTES = 16e6;
/** Opening a file costs about as much as reading some tens of kilobytes. */
const FILE_BYTES = 50_000;
/** Files of fewer bytes are read as fast as the calling thread finds them: it keeps a core for that, and helps to read. */
const SMALL_FILE_BYTES = 50_000;
/** A thread that has had nothing to do for so long is ended. */
const LINGER_MILLIS = 1000;

/** Beside this file, under the same ending. Threads do not inherit what makes Node 20 run TypeScript. */
const THREAD = new URL(
  import.meta.url.endsWith(".ts") ? "./reader-thread.ts" : "./reader-thread.js",
  import.meta.url,
);

interface QueuedJob {
  readonly job: ReadJob;
  readonly bytes: number;
}

interface ReaderThread {
  readonly worker: Worker;
  /** Jobs under way, by the reading that they are of. */
  readonly jobs: Map<number, QueuedJob>;
  bytes: number;
}

export class Readers {
  /** Whether little may be read on the calling thread; not where files are slow to read, as over a network. */
  readsHere = true;
  readonly #options: ReadersOptions;
  readonly #most: number;
  readonly #threads = new Set<ReaderThread>();
  #queue: QueuedJob[] = [];
  #queuedBytes = 0;
  #here: JobReader | null = null;
  #turn = false;
  #pumping = false;
  #linger: NodeJS.Timeout | undefined;
  #closed = false;

  constructor(options: ReadersOptions) {
    this.#options = options;
    this.#most =
      options.threads ?? (THREAD.pathname.endsWith(".ts") ? 0 : Math.min(availableParallelism(), 4));
  }

  /** Takes a job; of one run there must be only one at a time. `bytes` is how much there is to read. */
  send(job: ReadJob, bytes: number): void {
    const queued = { job, bytes: bytes + job.files.length * FILE_BYTES };
    this.#queue.push(queued);
    this.#queuedBytes += queued.bytes;
    this.#pumpSoon();
  }

  /** Jobs that come in one turn of the event loop go together. */
  #pumpSoon(): void {
    if (this.#pumping) return;
    this.#pumping = true;
    setImmediate(() => {
      this.#pumping = false;
      this.#pump();
    });
  }

  async close(): Promise<void> {
    this.#closed = true;
    clearTimeout(this.#linger);
    await Promise.all([...this.#threads].map(({ worker }) => worker.terminate()));
  }

  #pump(): void {
    if (this.#closed) return;
    clearTimeout(this.#linger);
    const here = this.readsHere && this.#threads.size === 0 && this.#queuedBytes < LITTLE_BYTES;
    if (this.#most === 0 || here) this.#readHereSoon();
    else {
      this.#startThreads();
      for (const thread of this.#threads) this.#feed(thread);
      if (this.readsHere && this.#areSmall) this.#readHereSoon();
    }
    if (this.#queue.length === 0 && this.#threads.size > 0) this.#endIdleThreads();
  }

  #take(): QueuedJob | undefined {
    const queued = this.#queue.shift();
    this.#queuedBytes -= queued?.bytes ?? 0;
    return queued;
  }

  /** Whether what waits is small files, by and large. */
  get #areSmall(): boolean {
    return this.#queuedBytes < this.#queue.length * (FILE_BYTES + SMALL_FILE_BYTES);
  }

  /** Serves a job, or some small ones, in the next turn of the event loop. */
  #readHereSoon(): void {
    if (this.#turn || this.#queue.length === 0) return;
    this.#turn = true;
    setImmediate(() => {
      this.#turn = false;
      if (this.#closed) return;
      const { checksum = true, indexCache = null, onRead } = this.#options;
      this.#here ??= new JobReader({ checksum, indexCache, turnMillis: TURN_MILLIS, send: onRead });
      const until = performance.now() + HERE_MILLIS;
      for (let queued = this.#take(); queued; queued = this.#take()) {
        this.#here.serve(queued.job);
        if (performance.now() > until) break;
      }
      this.#here.post();
      this.#pump();
    });
  }

  #startThreads(): void {
    const most = this.#areSmall ? Math.min(this.#most, availableParallelism() - 1) : this.#most;
    const wanted = Math.max(1, Math.min(most, Math.ceil(this.#queuedBytes / AHEAD_BYTES)));
    while (this.#threads.size < wanted) this.#startThread();
  }

  #feed(thread: ReaderThread): void {
    const jobs: ReadJob[] = [];
    while (thread.jobs.size < AHEAD_JOBS && thread.bytes < AHEAD_BYTES) {
      const queued = this.#take();
      if (!queued) break;
      thread.jobs.set(queued.job.group, queued);
      thread.bytes += queued.bytes;
      jobs.push(queued.job);
    }
    if (jobs.length > 0) thread.worker.postMessage(jobs);
  }

  #endIdleThreads(): void {
    for (const { jobs } of this.#threads) if (jobs.size > 0) return;
    this.#linger = setTimeout(() => {
      for (const { worker } of this.#threads) void worker.terminate();
      this.#threads.clear();
    }, LINGER_MILLIS);
    this.#linger.unref();
  }

  #startThread(): void {
    const { checksum = true, indexCache = null, onRead, onLost } = this.#options;
    const memory = Backlog.memory();
    const backlog = new Backlog(memory);
    const data: ReaderThreadData = { checksum, indexCache, backlog: memory };
    const thread: ReaderThread = {
      worker: new Worker(THREAD, { workerData: data }),
      jobs: new Map(),
      bytes: 0,
    };
    thread.worker.on("message", (message: ReadMessage) => {
      // Before the store is told: it may have more of a run to read.
      for (const group of message.done) {
        thread.bytes -= thread.jobs.get(group)?.bytes ?? 0;
        thread.jobs.delete(group);
      }
      onRead(message);
      backlog.take();
      this.#pump();
    });
    thread.worker.on("error", (error) => {
      this.#threads.delete(thread);
      onLost(
        [...thread.jobs.values()].map(({ job }) => job),
        error,
      );
      this.#pump();
    });
    thread.worker.unref();
    this.#threads.add(thread);
  }
}
