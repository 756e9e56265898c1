/**
 * A server under whose eyes files change in every way (`playground.ts`): after each step it lives, and shows within moments
 * what one that starts now shows.
 * `npx tsx --conditions=tsboard-source test/fuzz/file-system.ts [steps] [seed] [runs]` takes 10,000 steps by default, beside
 * so many other runs that stay as they are (default none); the tests take some.
 */
import { pathToFileURL } from "node:url";
import { inspect, isDeepStrictEqual } from "node:util";
import { Loader } from "../../server/ingest/loader.ts";
import { Store } from "../../server/store/store.ts";
import { generator, oneOf } from "../tools/random.ts";
import { contentsOf } from "../tools/store-contents.ts";
import { isRefusal, Playground, STEPS } from "./playground.ts";

export interface FileSystemFuzz {
  readonly steps: number;
  readonly seed: number;
  /** Other runs that are watched. Default none. */
  readonly runs?: number;
  /**
   * Leave the server to itself after each step until it is quiet, and only then read afresh what it should show: so the
   * milliseconds that are given are the server's own, of the steps that changed what it shows. Default false.
   */
  readonly timed?: boolean;
  readonly onProgress?: (done: number) => void;
}

/** Sweeps would find what was not told: there is none while a step is waited for. */
const SWEEP_SECONDS = 1000;
/** Nothing changes for so long, milliseconds: the server is taken to be done. */
const QUIET_MILLIS = 150;
/** Steps that take longer are named. */
const SLOW_MILLIS = 200;

/**
 * Longest that it may take until what is shown is right, and that nothing else gets a turn, milliseconds. What is usual is
 * measured, not tested: other programs may take the machine's time. Of the processor's time a turn takes no more than a
 * second.
 */
const SETTLE_MILLIS = 30_000;
const TURN_MILLIS = 20_000;
const TURN_CPU_MILLIS = 1000;

interface Shown {
  readonly contents: unknown;
  readonly problems: readonly string[];
  readonly aliases: unknown;
}

class Server {
  readonly store = new Store();
  readonly loader: Loader;
  /** When what it shows changed last, as performance.now() has it. */
  changedAt = 0;
  #problems: readonly string[] = [];

  constructor(logdir: string, name: string, followLinks: boolean, reloadInterval: number) {
    const sources = [{ name, directory: logdir }];
    const options = { reloadInterval, followLinks, threads: 0, onStatus: () => this.#noteProblems() };
    this.loader = new Loader(this.store, sources, options);
    const changed = () => {
      this.changedAt = performance.now();
    };
    this.store.subscribe({ catalogChanged: changed, seriesChanged: changed });
  }

  #noteProblems(): void {
    const { problems } = this;
    if (!isDeepStrictEqual(problems, this.#problems)) this.changedAt = performance.now();
    this.#problems = problems;
  }

  get problems(): string[] {
    const problems = [...this.loader.unreadable, ...this.loader.problems];
    return problems.map(({ file, offset, message }) => `${file} ${offset}: ${message}`).sort();
  }

  get shown(): Shown {
    const { store, problems } = this;
    return { contents: contentsOf(store), problems, aliases: store.aliases };
  }

  /** Resolves when nothing has changed for a while. */
  async quiet(since: number): Promise<void> {
    for (;;) {
      const left = Math.max(since, this.changedAt) + QUIET_MILLIS - performance.now();
      if (left <= 0) return;
      await new Promise((resolve) => setTimeout(resolve, left));
    }
  }
}

/** What a server shows that starts now. */
async function freshlyShown(logdir: string, name: string, followLinks: boolean): Promise<Shown> {
  const server = new Server(logdir, name, followLinks, 0);
  await server.loader.start();
  await server.loader.firstLoad;
  await server.loader.close();
  return server.shown;
}

/**
 * Takes so many steps; gives the milliseconds that each took until what was shown was right, with the fresh read that
 * says so; or without, see {@link FileSystemFuzz.timed}.
 *
 * @throws Error naming the seed and the number of the first step after which it is not
 */
export async function fuzzFileSystem(options: FileSystemFuzz): Promise<number[]> {
  const { steps, seed, runs = 0, timed = false, onProgress = () => {} } = options;
  const random = generator(seed);
  const ground = new Playground(random, runs);
  const followLinks = random(3) === 0;
  const lag = new Lag();
  const names = Object.keys(STEPS);
  const history: string[] = [];
  const millis: number[] = [];
  const server = new Server(ground.logdir, "", followLinks, SWEEP_SECONDS);
  try {
    await server.loader.start();
    await server.loader.firstLoad;
    await server.loader.watching;
    for (let step = 0; step < steps; step++) {
      const name = oneOf(random, names);
      try {
        STEPS[name]!(ground, random);
      } catch (error) {
        if (!isRefusal(error)) throw error;
        continue;
      }
      history.push(name);
      const began = performance.now();
      if (timed) await server.quiet(began);
      const wanted = await freshlyShown(ground.logdir, "", followLinks);
      const error = await settle(server, wanted, began + SETTLE_MILLIS);
      if (!timed) millis.push(performance.now() - began);
      else if (server.changedAt > began) {
        millis.push(server.changedAt - began);
        if (millis.at(-1)! > SLOW_MILLIS)
          console.log(`\rstep ${step}, ${name}: ${millis.at(-1)!.toFixed(0)} ms`);
      }
      if (error !== null)
        throw new Error(`step ${step} of seed ${seed}: ${error}\nsteps: ${history.slice(-12).join(", ")}`);
      if (lag.tooLong) throw new Error(`step ${step} of seed ${seed}: nothing else had a turn for too long`);
      onProgress(step);
    }
    return millis;
  } finally {
    lag.stop();
    await server.loader.close();
    ground.remove();
  }
}

/** Waits until the server shows what it should; gives what is wrong when it does not. */
async function settle(server: Server, wanted: Shown, until: number): Promise<string | null> {
  for (;;) {
    const { shown } = server;
    if (isDeepStrictEqual(shown, wanted)) return null;
    if (performance.now() > until) return difference(shown, wanted);
    await new Promise((resolve) => setTimeout(resolve, 1));
  }
}

/** Where two values differ first, and how. */
function difference(shown: unknown, wanted: unknown, at = ""): string {
  const keys = new Set([...keysOf(shown), ...keysOf(wanted)]);
  for (const key of keys) {
    const [one, other] = [entry(shown, key), entry(wanted, key)];
    if (!isDeepStrictEqual(one, other)) return difference(one, other, `${at}.${key}`);
  }
  return `${at} is ${inspect(shown, { depth: 9 })}\nand should be ${inspect(wanted, { depth: 9 })}`;
}

function keysOf(value: unknown): string[] {
  return typeof value === "object" && value !== null ? Object.keys(value) : [];
}

function entry(value: unknown, key: string): unknown {
  return typeof value === "object" && value !== null ? Reflect.get(value, key) : undefined;
}

/** How long nothing else gets a turn. */
class Lag {
  tooLong = false;
  #last = performance.now();
  #cpu = process.cpuUsage();
  readonly #timer = setInterval(() => {
    const now = performance.now();
    const { user, system } = process.cpuUsage(this.#cpu);
    if (now - this.#last > TURN_MILLIS || (user + system) / 1000 > TURN_CPU_MILLIS) this.tooLong = true;
    this.#last = now;
    this.#cpu = process.cpuUsage();
  }, 5);

  stop(): void {
    clearInterval(this.#timer);
  }
}

// [steps] [seed] [other runs] [timed]
if (process.argv[1] && import.meta.url === pathToFileURL(process.argv[1]).href) {
  const [steps = 10_000, seed = Date.now() & 0xffffff, runs = 0] = process.argv.slice(2, 5).map(Number);
  const timed = process.argv[5] === "timed";
  console.log(`${steps} steps, seed ${seed}, ${runs} other runs${timed ? ", timed" : ""}`);
  const millis: number[] = [];
  for (let done = 0; done < steps; done += 500) {
    const some = Math.min(500, steps - done);
    millis.push(...(await fuzzFileSystem({ steps: some, seed: seed + done, runs, timed })));
    process.stdout.write(`\r${done + some}`);
  }
  millis.sort((a, b) => a - b);
  const at = (share: number) => `${millis[Math.floor(millis.length * share)]?.toFixed(1)} ms`;
  console.log(
    `\r${millis.length} changes; right after ${at(0.5)}, 95th percentile ${at(0.95)}, 99th ${at(0.99)}`,
  );
}
