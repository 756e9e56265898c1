/**
 * Events to a server: `tsboard --ingest` writes them into an event file below its log directory. For trainings without a
 * disk, such as those in web pages.
 *
 * Every request says who writes and how many bytes came before, so the server knows what it has already: whatever was
 * lost on the way, a request or an answer, is sent again, and nothing is written twice.
 */
import { FRAME_BYTES } from "../proto/tfrecord.ts";
import { checkOptions, type OptionNames } from "./check-options.ts";
import { ValueError } from "./errors.ts";
import { wholeRecords } from "./record-buffer.ts";
import { type Sink, WriteFailure } from "./sink.ts";

/**
 * Where and how events are sent.
 *
 * @example
 * const options: HttpSinkOptions = { token: "the-one-that-the-server-printed", run: "mnist/1", retries: 10 };
 * console.log(new HttpSink("http://localhost:6006/", options).name); // http://localhost:6006/ (run mnist/1)
 */
export interface HttpSinkOptions {
  /** What the server was started with (`--ingest_token`), or what it printed. */
  readonly token: string;
  /** The run, as its folder below the log directory: `mnist/1`. Default `.`, the log directory itself. */
  readonly run?: string | undefined;
  /** How often a request is repeated before it counts as failed; the writer then keeps its events and tries on. Default 5. */
  readonly retries?: number | undefined;
  /** Milliseconds before the first repetition; each next one waits twice as long. Default 250. */
  readonly retryMillis?: number | undefined;
  /** Milliseconds after which a request counts as lost. Default 30,000. */
  readonly timeoutMillis?: number | undefined;
  /** Sends requests. Default the platform's `fetch`. */
  readonly fetch?: typeof fetch | undefined;
}

const OPTIONS: OptionNames<HttpSinkOptions> = {
  token: true,
  run: true,
  retries: true,
  retryMillis: true,
  timeoutMillis: true,
  fetch: true,
};
/** Bytes that a request carries at most, unless one record is longer. */
const BATCH_BYTES = 1 << 20;
/** What browsers let a page send that is closing: 64 KiB, in all its last requests together (fetch's `keepalive`). */
const LAST_WORDS_BYTES = 60 << 10;

/** An answer that the server did not take what was sent. */
class Refusal extends Error {
  readonly status: number;

  constructor(status: number, message: string) {
    super(message);
    this.status = status;
  }
}

/**
 * Writes an event file on a server that was started with `tsboard --ingest`. What is lost on the way is sent again, and
 * nothing is there twice. In a page, a writer sends what it holds also when the page is left.
 *
 * @example
 * const token = "the-one-that-the-server-printed";
 * const remote = createWriter(new HttpSink("http://localhost:6006/", { token, run: "page" }));
 * console.log(remote.path); // http://localhost:6006/ (run page)
 * remote.scalar("loss", 0.5, { step: 0 });
 */
export class HttpSink implements Sink {
  readonly name: string;
  private readonly address: string;
  private readonly token: string;
  private readonly retries: number;
  private readonly retryMillis: number;
  private readonly timeoutMillis: number;
  private readonly fetch: typeof fetch;
  /** Bytes that the server took before the write that is under way, or the next one. */
  private position = 0;
  /** Bytes that it took of the write that is under way. */
  private taken = 0;
  private batchBytes = BATCH_BYTES;

  /**
   * Sends nothing yet.
   *
   * @param server address of its page, such as `http://localhost:6006/`
   * @throws ValueError when the address or the token is none
   */
  constructor(server: string | URL, options: HttpSinkOptions) {
    checkOptions(options, OPTIONS, () => "HttpSink");
    const { token, run = ".", retries = 5, retryMillis = 250, timeoutMillis = 30_000 } = options;
    if (typeof token !== "string" || !/^[\x21-\x7e]+$/.test(token))
      throw new ValueError("token must be what the server was started with: ASCII without spaces");
    const page = pageOf(server);
    this.name = `${page} (run ${run})`;
    this.address = addressOf(page, run);
    this.token = token;
    this.retries = retries;
    this.retryMillis = retryMillis;
    this.timeoutMillis = timeoutMillis;
    // A page's own `fetch` must not be called as a method of ours.
    this.fetch = options.fetch ?? ((...args) => fetch(...args));
  }

  async write(records: Uint8Array): Promise<void> {
    try {
      await this.writeAll(records);
    } catch (error) {
      if (!(error instanceof Refusal) || error.status !== TOO_LONG) throw new WriteFailure(error, this.taken);
      // Left out, as nothing would ever follow it.
      const left = batchLength(records.subarray(this.taken), 0);
      throw new WriteFailure(
        new Error(`an event of ${left} bytes is left out: ${error.message}`),
        this.taken + left,
      );
    } finally {
      this.position += this.taken;
      this.taken = 0;
    }
  }

  sendAhead(records: Uint8Array): void {
    const rest = records.subarray(this.taken);
    const { bytes } = wholeRecords(rest, LAST_WORDS_BYTES);
    if (bytes === 0) return;
    const request = this.request(rest.subarray(0, bytes), this.position + this.taken, { keepalive: true });
    // Perhaps nobody is there to hear of it. Where the page lives on, the same comes again with the next write.
    request.catch(() => {});
  }

  async close(): Promise<void> {}

  private async writeAll(records: Uint8Array): Promise<void> {
    for (let setBack = 0; this.taken < records.length; ) {
      const length = batchLength(records.subarray(this.taken), this.batchBytes);
      const there = await this.sendBatch(records.subarray(this.taken, this.taken + length));
      if (there < 0 || (there <= this.taken && ++setBack > MAX_SET_BACKS))
        throw new Error(
          `the server has ${this.position + there} of ${this.position + this.taken} bytes that it took: its file was cut or removed`,
        );
      // Perhaps less than it had before it was restarted, perhaps more: what was sent ahead.
      this.taken = Math.min(records.length, there);
    }
  }

  /** Sends whole records; gives the bytes of this write that the server then has: more or less than were sent, perhaps. */
  private async sendBatch(batch: Uint8Array): Promise<number> {
    try {
      return (await this.sendUntilAnswered(batch, this.position + this.taken)) - this.position;
    } catch (error) {
      const alone = batchLength(batch, 0) === batch.length;
      if (alone || !(error instanceof Refusal) || error.status !== TOO_LONG) throw error;
      // What stands between us and the server may take less than the server itself.
      this.batchBytes = Math.floor(batch.length / 2);
      return this.sendBatch(batch.subarray(0, batchLength(batch, this.batchBytes)));
    }
  }

  /** Repeats a request until there is an answer; gives the bytes that the server then has. */
  private async sendUntilAnswered(batch: Uint8Array, offset: number): Promise<number> {
    for (let attempt = 0; ; attempt++) {
      try {
        const signal = AbortSignal.timeout(this.timeoutMillis);
        return await offsetOf(await this.request(batch, offset, { signal }));
      } catch (error) {
        if (error instanceof Refusal && (attempt >= this.retries || !mayPass(error.status))) throw error;
        if (attempt >= this.retries)
          throw new Error(`no answer: ${messageOf(error)}; ${HINT}`, { cause: error });
        await wait(this.retryMillis * 2 ** attempt * (0.75 + Math.random() / 2));
      }
    }
  }

  /** The address stays the same: browsers ask once an address whether a page may write there. */
  private request(batch: Uint8Array, offset: number, how: RequestInit): Promise<Response> {
    return this.fetch(this.address, {
      method: "POST",
      headers: {
        Authorization: `Bearer ${this.token}`,
        "Content-Type": "application/octet-stream",
        "Upload-Offset": String(offset),
      },
      body: new Uint8Array(batch),
      credentials: "omit",
      redirect: "error",
      ...how,
    });
  }
}

const TOO_LONG = 413;
/** How often in a row a server may turn out to have less than it said, as after a restart. */
const MAX_SET_BACKS = 3;
const HINT = "is tsboard --ingest running there, and does it let this page write (--ingest_origin)?";

/** The server's page, with a slash at its end. */
function pageOf(server: string | URL): string {
  // Without a scheme, "localhost:6006" is an address too: of the scheme "localhost".
  const page = URL.canParse(String(server)) ? new URL(server) : null;
  if (page === null || !/^https?:$/.test(page.protocol)) {
    const meant = URL.canParse(`http://${server}`) ? `: did you mean "http://${server}"?` : "";
    throw new ValueError(`server must be an address like http://localhost:6006/, not "${server}"${meant}`);
  }
  page.search = page.hash = "";
  return page.href.endsWith("/") ? page.href : `${page.href}/`;
}

/** Names a file that no other writer has. */
function addressOf(page: string, run: string): string {
  const started = String(Math.floor(Date.now() / 1000));
  // Not `randomUUID`, which pages have only where they are secure.
  const random = Array.from(crypto.getRandomValues(new Uint8Array(16)), (byte) =>
    byte.toString(16).padStart(2, "0"),
  );
  const parameters = new URLSearchParams({ run, writer: random.join(""), started });
  return new URL(`api/v1/ingest/events?${parameters}`, page).href;
}

/** Bytes of the whole records that are sent together: as many as `limit` holds, or one. */
function batchLength(records: Uint8Array, limit: number): number {
  const { bytes } = wholeRecords(records, Math.min(limit, records.length));
  if (bytes > 0) return bytes;
  const view = new DataView(records.buffer, records.byteOffset, records.byteLength);
  return FRAME_BYTES + Number(view.getBigUint64(0, true));
}

/** Whether a repetition may help. */
function mayPass(status: number): boolean {
  return status === 408 || status === 429 || status >= 500;
}

/** Bytes that the server has. Throws {@link Refusal}. */
async function offsetOf(response: Response): Promise<number> {
  const { status } = response;
  const text = (await response.text()).trim();
  if (status !== 200 && status !== 409)
    throw new Refusal(status, `the server says: ${text.slice(0, 300)} (status ${status})`);
  const offset = answeredOffset(text);
  if (offset === undefined) throw new Refusal(status, "the answer is no answer of tsboard's");
  return offset;
}

function answeredOffset(text: string): number | undefined {
  try {
    const answer: unknown = JSON.parse(text);
    if (typeof answer !== "object" || answer === null || !("offset" in answer)) return undefined;
    const { offset } = answer;
    return typeof offset === "number" && Number.isSafeInteger(offset) && offset >= 0 ? offset : undefined;
  } catch {
    return undefined;
  }
}

function wait(millis: number): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, millis));
}

function messageOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}
