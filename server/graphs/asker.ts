/** Asks about graphs: a thread, which is started with the first question and ended some time after the last. */
import { Worker } from "node:worker_threads";
import { Desk } from "./desk.ts";
import type { ThreadQuestion, ThreadReply } from "./graph-thread.ts";
import type { Answer, Inquiry, Reply } from "./questions.ts";

/** Beside this file, under the same ending. Threads do not inherit what makes Node 20 run TypeScript. */
const THREAD = new URL(
  import.meta.url.endsWith(".ts") ? "./graph-thread.ts" : "./graph-thread.js",
  import.meta.url,
);

/** Opened graphs are worth keeping while somebody looks at them. */
const LINGER_MILLIS = 10 * 60_000;

/** Whether graphs are opened on a thread of their own, which they are but for a server that runs from its sources. */
export const hasThread = !THREAD.pathname.endsWith(".ts");

/** Reads what is opened under these keys. */
export type ReadKeys = (keys: readonly string[]) => Promise<ReadonlyMap<string, Uint8Array>>;

/**
 * Answers a question. What was never sent is read while the thread starts, and goes along; what the thread no longer has
 * is sent again.
 *
 * @throws what `read` throws, and an error of ours in the thread
 */
export async function ask(inquiry: Omit<Inquiry, "bytes">, read: ReadKeys): Promise<Answer> {
  const asked = answerer();
  const fresh = keysOf(inquiry).filter((key) => !asked.sent.has(key));
  const reply = await asked.ask({ ...inquiry, bytes: fresh.length > 0 ? await read(fresh) : NONE });
  if (!("missing" in reply)) return reply;
  const again = await asked.ask({ ...inquiry, bytes: await read(reply.missing) });
  if ("missing" in again) throw new Error("a graph that was just opened is not there");
  return again;
}

const NONE: ReadonlyMap<string, Uint8Array> = new Map();

function keysOf({ graph, step, other }: Omit<Inquiry, "bytes">): string[] {
  const names = [graph, step, other?.graph, other?.step].filter((one) => one !== undefined);
  return [...new Set(names.map(({ key }) => key))];
}

/** Whoever opens graphs. */
interface Answerer {
  /** Keys of what was sent. It need not have it still. */
  readonly sent: ReadonlySet<string>;
  ask(inquiry: Inquiry): Promise<Reply>;
}

let here: Answerer | undefined;
let thread: GraphThread | undefined;

function answerer(): Answerer {
  if (!hasThread) {
    here ??= onThisThread();
    return here;
  }
  thread ??= new GraphThread();
  return thread;
}

/** From the sources. */
function onThisThread(): Answerer {
  const desk = new Desk();
  const sent = new Set<string>();
  return {
    sent,
    async ask(inquiry) {
      for (const key of inquiry.bytes.keys()) sent.add(key);
      return desk.answer(inquiry);
    },
  };
}

interface Waiting {
  readonly resolve: (reply: Reply) => void;
  readonly reject: (error: Error) => void;
}

class GraphThread implements Answerer {
  readonly sent = new Set<string>();
  readonly #worker = new Worker(THREAD);
  readonly #waiting = new Map<number, Waiting>();
  #next = 0;
  #linger: NodeJS.Timeout | undefined;

  constructor() {
    this.#worker.on("message", (reply: ThreadReply) => this.#take(reply));
    this.#worker.on("error", (error) => this.#end(error));
    this.#worker.on("exit", () => this.#end(new Error("the thread that answers about graphs ended")));
    // A question keeps the process alive by its request; the thread itself does not. Whoever listens holds it again.
    this.#worker.unref();
  }

  ask(inquiry: Inquiry): Promise<Reply> {
    clearTimeout(this.#linger);
    for (const key of inquiry.bytes.keys()) this.sent.add(key);
    const id = this.#next++;
    const question: ThreadQuestion = { id, inquiry };
    this.#worker.postMessage(question);
    return new Promise((resolve, reject) => this.#waiting.set(id, { resolve, reject }));
  }

  #take({ id, failed, reply }: ThreadReply): void {
    const waiting = this.#waiting.get(id);
    this.#waiting.delete(id);
    if (failed) waiting?.reject(failed);
    else if (reply) waiting?.resolve(reply);
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
