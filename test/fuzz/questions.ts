/**
 * Random questions to every route of both faces, over logs that hold everything awkward: the server fails at none, gives
 * no answer over its bound, keeps no other request waiting, and has its memory back afterwards.
 * `npx tsx --conditions=tsboard-source test/fuzz/questions.ts [questions] [seed]` asks 100,000 by default; the tests some.
 * The built command answers (`npm run build`), in a process of its own.
 */
import { type ChildProcess, spawn } from "node:child_process";
import { cpSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { Agent, request } from "node:http";
import { tmpdir } from "node:os";
import path from "node:path";
import { fileURLToPath, pathToFileURL } from "node:url";
import type { Catalog, RecordsJson } from "../../server/api/types.ts";
import { generator } from "../tools/random.ts";
import { corpusLogs } from "../tools/stock-answers.ts";
import { awkwardFiles } from "./awkward-logs.ts";
import { type Question, QuestionMaker } from "./question-maker.ts";

const bin = fileURLToPath(new URL("../../dist/command/bin.js", import.meta.url));

/** Most bytes of any answer over these logs: their longest series, as JSON. */
const MOST_ANSWER_BYTES = 64 << 20;
/** What the server may have more after all questions than when it was idle, megabytes. */
const MOST_GROWTH = 512;
/** Questions that are asked at a time. */
const AT_A_TIME = 4;
/** A question that takes longer hangs. */
const HANG_MILLIS = 60_000;

export interface Findings {
  readonly questions: number;
  /** How often each status was answered. */
  readonly statuses: ReadonlyMap<number, number>;
  readonly routes: number;
  readonly longestAnswer: number;
  /** Milliseconds in which `/api/v1/status` answered meanwhile. */
  readonly statusP99: number;
  readonly statusMax: number;
  /** Megabytes resident: idle, at most, and afterwards; null where the system does not tell. */
  readonly resident: { readonly idle: number; readonly most: number; readonly after: number } | null;
}

/**
 * Asks so many questions.
 *
 * @throws Error naming the seed and the question where the server fails
 */
export async function fuzzQuestions(questions: number, seed: number): Promise<Findings> {
  const logdir = mkdtempSync(path.join(tmpdir(), "tsboard-questions-"));
  cpSync(corpusLogs, logdir, { recursive: true });
  for (const [name, bytes] of awkwardFiles()) {
    const file = path.join(logdir, name);
    mkdirSync(path.dirname(file), { recursive: true });
    writeFileSync(file, bytes);
  }
  const server = await Served.start(logdir);
  try {
    return await new Interrogation(server, seed).run(questions);
  } finally {
    await server.end();
    rmSync(logdir, { recursive: true, force: true });
  }
}

/** Keys of some values, of every tag that has any. */
async function keysOf(server: Served, { tags }: Catalog): Promise<string[]> {
  const keys: string[] = [];
  for (const { tag } of tags.filter(({ data_class }) => data_class !== "scalar")) {
    const query = new URLSearchParams({ tag, limit: "2" });
    const { series } = await server.json<RecordsJson>(`api/v1/records?${query}`);
    keys.push(...series.flatMap(({ key }) => key));
  }
  return keys;
}

class Interrogation {
  readonly #server: Served;
  readonly #seed: number;
  readonly #statuses = new Map<number, number>();
  readonly #routes = new Set<string>();
  readonly #waits: number[] = [];
  #longest = 0;
  #next = 0;

  constructor(server: Served, seed: number) {
    this.#server = server;
    this.#seed = seed;
  }

  async run(questions: number): Promise<Findings> {
    const server = this.#server;
    const catalog = await server.json<Catalog>("api/v1/catalog");
    const maker = new QuestionMaker(
      await server.json("api/v1/openapi.json"),
      catalog,
      await keysOf(server, catalog),
    );
    const idle = server.resident();
    const end = new AbortController();
    const watched = this.#watchStatus(end.signal);
    const asking = async () => {
      while (this.#next < questions) {
        const number = this.#next++;
        await this.#put(maker.make(generator(this.#seed * 1_000_003 + number)), number);
      }
    };
    try {
      await Promise.all(Array.from({ length: AT_A_TIME }, asking));
    } finally {
      end.abort();
      await watched;
    }
    const resident =
      idle === null
        ? null
        : { idle, most: server.mostResident(), after: await server.settledResident(idle + MOST_GROWTH) };
    if (resident && resident.after > resident.idle + MOST_GROWTH)
      throw new Error(
        `seed ${this.#seed}: the server has ${resident.after} MB after all, ${resident.idle} MB before`,
      );
    this.#waits.sort((a, b) => a - b);
    return {
      questions,
      statuses: this.#statuses,
      routes: this.#routes.size,
      longestAnswer: this.#longest,
      statusP99: this.#waits[Math.floor(this.#waits.length * 0.99)] ?? 0,
      statusMax: this.#waits.at(-1) ?? 0,
      resident,
    };
  }

  async #put(question: Question, number: number): Promise<void> {
    const said = this.#server.said.length;
    const where = () =>
      `question ${number} of seed ${this.#seed}, ${question.method} ${question.path.slice(0, 300)} ${question.body?.slice(0, 300) ?? ""}`;
    const { status, bytes } = await this.#server.ask(question).catch((cause: unknown) => {
      throw new Error(`${where()} failed: ${this.#server.said.slice(said)}`, { cause });
    });
    this.#statuses.set(status, (this.#statuses.get(status) ?? 0) + 1);
    this.#routes.add(question.route);
    this.#longest = Math.max(this.#longest, bytes);
    if (bytes > MOST_ANSWER_BYTES) throw new Error(`${where()} was answered with ${bytes} bytes`);
    // What is told of a log that is damaged has words; what is our fault has a trace.
    if (status >= 500 && /\n {4}at /.test(this.#server.said.slice(said)))
      throw new Error(`${where()} was answered ${status}: ${this.#server.said.slice(said)}`);
  }

  async #watchStatus(end: AbortSignal): Promise<void> {
    const question: Question = { method: "GET", path: "/api/v1/status", route: "status", headers: {} };
    while (!end.aborted) {
      const start = performance.now();
      await this.#server.ask(question).catch(() => {});
      this.#waits.push(performance.now() - start);
      await new Promise((resolve) => setTimeout(resolve, 10));
    }
  }
}

/** A server in a process of its own. */
class Served {
  readonly url: string;
  /** What it printed on standard error. */
  said = "";
  readonly #child: ChildProcess;
  readonly #agent = new Agent({ keepAlive: true });

  private constructor(child: ChildProcess, url: string) {
    this.#child = child;
    this.url = url;
    child.stderr?.on("data", (chunk: Buffer) => {
      this.said += chunk;
    });
  }

  static async start(logdir: string): Promise<Served> {
    const args = [bin, "--logdir", logdir, "--port", "0", "--index_cache", "off"];
    const child = spawn(process.execPath, args, { stdio: ["ignore", "pipe", "pipe"] });
    const url = await new Promise<string>((resolve, reject) => {
      let out = "";
      child.stdout.on("data", (chunk: Buffer) => {
        out += chunk;
        const found = /at (http:\S+)/.exec(out)?.[1];
        if (found !== undefined) resolve(found);
      });
      child.once("exit", () => reject(new Error("the server did not start: is it built?")));
    });
    const server = new Served(child, url);
    const isLoading = async () =>
      (await server.json<{ loading: { loading: boolean } }>("api/v1/status")).loading.loading;
    while (await isLoading()) await new Promise((resolve) => setTimeout(resolve, 100));
    return server;
  }

  async json<T>(route: string): Promise<T> {
    return (await fetch(new URL(route, this.url))).json() as Promise<T>;
  }

  ask({ method, path: asked, headers, body }: Question): Promise<{ status: number; bytes: number }> {
    return new Promise((resolve, reject) => {
      const { hostname, port } = new URL(this.url);
      const options = {
        host: hostname,
        port,
        method,
        path: asked,
        headers,
        agent: this.#agent,
        timeout: HANG_MILLIS,
      };
      const sent = request(options, (response) => {
        let bytes = 0;
        response.on("data", (chunk: Buffer) => {
          bytes += chunk.length;
        });
        response.once("end", () => resolve({ status: response.statusCode ?? 0, bytes }));
        response.once("error", reject);
      });
      sent.once("timeout", () => sent.destroy(new Error(`no answer in ${HANG_MILLIS} ms`)));
      sent.once("error", reject);
      sent.end(body);
    });
  }

  /** Megabytes; null where the system does not tell. */
  resident(): number | null {
    return this.#megabytes("VmRSS");
  }

  mostResident(): number {
    return this.#megabytes("VmHWM") ?? 0;
  }

  /** What is resident once the collector had its time, or less than asked for. */
  async settledResident(enough: number): Promise<number> {
    for (let i = 0; i < 20 && (this.resident() ?? 0) > enough; i++) {
      await this.json("api/v1/status");
      await new Promise((resolve) => setTimeout(resolve, 500));
    }
    return this.resident() ?? 0;
  }

  #megabytes(field: string): number | null {
    try {
      const status = readFileSync(`/proc/${this.#child.pid}/status`, "utf8");
      return Number(new RegExp(`${field}:\\s+(\\d+)`).exec(status)?.[1]) / 1024;
    } catch {
      return null;
    }
  }

  async end(): Promise<void> {
    this.#agent.destroy();
    if (this.#child.exitCode !== null) return;
    const ended = new Promise((resolve) => this.#child.once("exit", resolve));
    this.#child.kill("SIGTERM");
    await ended;
  }
}

if (process.argv[1] && import.meta.url === pathToFileURL(process.argv[1]).href) {
  const [questions = 100_000, seed = Date.now() & 0xffffff] = process.argv.slice(2).map(Number);
  console.log(`${questions} questions, seed ${seed}`);
  const start = performance.now();
  const found = await fuzzQuestions(questions, seed);
  const { statuses, routes, longestAnswer, statusP99, statusMax, resident } = found;
  const answered = [...statuses].sort(([a], [b]) => a - b).map(([status, count]) => `${status}: ${count}`);
  console.log(
    `${routes} routes in ${((performance.now() - start) / 1000).toFixed(0)} s; answers ${answered.join(", ")}`,
  );
  console.log(
    `longest answer ${longestAnswer} bytes; meanwhile status within ${statusP99.toFixed(0)} ms at p99, ${statusMax.toFixed(0)} ms at most`,
  );
  if (resident)
    console.log(
      `resident ${resident.idle.toFixed(0)} MB idle, ${resident.most.toFixed(0)} at most, ${resident.after.toFixed(0)} after`,
    );
  if (statusMax > 1000) throw new Error("another request waited for more than a second");
}
