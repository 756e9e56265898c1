/** Asks about graphs: a thread, which is started with the first question and ended some time after the last. */
import { Worker } from "node:worker_threads";
import { Desk } from "./desk.ts";
import type { ThreadQuestion, ThreadReply } from "./graph-thread.ts";
import type { Inquiry, Reply } from "./questions.ts";

/** Beside this file, under the same ending. Threads do not inherit what makes Node 20 run TypeScript. */
const THREAD = new URL(
  import.meta.url.endsWith(".ts") ? "./graph-thread.ts" : "./graph-thread.js",
  import.meta.url,
);

/** Opened graphs are worth keeping while somebody looks at them. */
const LINGER_MILLIS = 10 * 60_000;

/** Answers a question; bytes that the reply says are missing are to be sent with it again. */
export async function ask(inquiry: Inquiry): Promise<Reply> {
  if (THREAD.pathname.endsWith(".ts")) return here(inquiry);
  thread ??= new GraphThread();
  return thread.ask(inquiry);
}

let desk: Desk | undefined;
let thread: GraphThread | undefined;

/** From the sources, on the calling thread. */
function here(inquiry: Inquiry): Reply {
  desk ??= new Desk();
  return desk.answer(inquiry);
}

interface Waiting {
  readonly resolve: (reply: Reply) => void;
  readonly reject: (error: Error) => void;
}

class GraphThread {
  readonly #worker = new Worker(THREAD);
  readonly #waiting = new Map<number, Waiting>();
  #next = 0;
  #linger: NodeJS.Timeout | undefined;

  constructor() {
    // A question keeps the process alive by its request; the thread itself does not.
    this.#worker.unref();
    this.#worker.on("message", (reply: ThreadReply) => this.#take(reply));
    this.#worker.on("error", (error) => this.#end(error));
    this.#worker.on("exit", () => this.#end(new Error("the thread that answers about graphs ended")));
  }

  ask(inquiry: Inquiry): Promise<Reply> {
    clearTimeout(this.#linger);
    const id = this.#next++;
    const question: ThreadQuestion = { id, inquiry };
    this.#worker.postMessage(question);
    return new Promise((resolve, reject) => this.#waiting.set(id, { resolve, reject }));
  }

  #take({ id, failed, reply }: ThreadReply): void {
    const waiting = this.#waiting.get(id);
    this.#waiting.delete(id);
    if (reply) waiting?.resolve(reply);
    else waiting?.reject(new Error(failed));
    if (this.#waiting.size > 0) return;
    this.#linger = setTimeout(() => void this.#worker.terminate(), LINGER_MILLIS);
    this.#linger.unref();
  }

  /** The next question starts another. */
  #end(error: unknown): void {
    if (thread === this) thread = undefined;
    clearTimeout(this.#linger);
    const why = error instanceof Error ? error : new Error(String(error));
    for (const { reject } of this.#waiting.values()) reject(why);
    this.#waiting.clear();
  }
}
