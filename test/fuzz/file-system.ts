/**
 * Everything that can happen to files under a running server: they are made, continued, cut, replaced, written anew, renamed,
 * deleted, closed, linked, and other things come in their place; so with run folders and the log directory itself. After
 * each step the server lives, and shows within moments what one that starts now shows.
 * `npx tsx --conditions=tsboard-source test/fuzz/file-system.ts [steps] [seed] [runs]` takes 10,000 steps by default, beside
 * so many other runs that stay as they are (default none); the tests take some.
 */
import { execFileSync } from "node:child_process";
import {
  chmodSync,
  closeSync,
  constants,
  existsSync,
  lstatSync,
  mkdirSync,
  mkdtempSync,
  openSync,
  readdirSync,
  realpathSync,
  renameSync,
  rmSync,
  symlinkSync,
  truncateSync,
  writeFileSync,
  writeSync,
} from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { pathToFileURL } from "node:url";
import { inspect, isDeepStrictEqual } from "node:util";
import { Loader } from "../../server/ingest/loader.ts";
import { Store } from "../../server/store/store.ts";
import { generator, oneOf, type Random } from "../tools/random.ts";
import { type EventProperties, eventFile, scalarEvent, versionEvent } from "../tools/records.ts";
import { contentsOf } from "../tools/store-contents.ts";

const { O_APPEND, O_CREAT, O_NONBLOCK, O_TRUNC, O_WRONLY } = constants;

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

/** Nothing changes for so long, milliseconds: the server is taken to be done. */
const QUIET_MILLIS = 150;
/** Steps that take longer are named. */
const SLOW_MILLIS = 200;

const RUNS = [".", "a", "b", "c", "c/d", "e/f/g"];
const FILES = ["events.out.tfevents.1.host", "events.out.tfevents.2.host", "events.out.tfevents.3.host"];
const TAGS = ["loss", "acc", "note"];
/**
 * Longest that it may take until what is shown is right, and that nothing else gets a turn, milliseconds. What is usual is
 * measured, not tested: other programs may take the machine's time. Of the processor's time a turn takes no more than a
 * second.
 */
const SETTLE_MILLIS = 30_000;
const TURN_MILLIS = 20_000;
const TURN_CPU_MILLIS = 1000;

/** A log directory in which anything may happen. */
class Playground {
  readonly base: string;
  /** The log directory of the server, and the part of it that is played in. */
  readonly logdir: string;
  readonly play: string;
  readonly elsewhere: string;
  readonly #random: Random;
  #wall = 1e9;

  constructor(random: Random, runs: number) {
    this.#random = random;
    this.base = realpathSync(mkdtempSync(path.join(tmpdir(), "tsboard-fuzz-")));
    this.logdir = path.join(this.base, "logs");
    this.play = runs > 0 ? path.join(this.logdir, "play") : this.logdir;
    this.elsewhere = path.join(this.base, "elsewhere");
    mkdirSync(this.play, { recursive: true });
    mkdirSync(this.elsewhere);
    writeFileSync(path.join(this.elsewhere, FILES[0]!), this.file(3));
    for (let i = 0; i < runs; i++) {
      const folder = path.join(this.logdir, `still/${i}`);
      mkdirSync(folder, { recursive: true });
      writeFileSync(path.join(folder, FILES[0]!), this.file(3));
    }
  }

  /** Events of random tags; steps mostly go on, and sometimes start again. */
  events(count: number): EventProperties[] {
    const random = this.#random;
    const from = random(30);
    return Array.from({ length: count }, (_, i): EventProperties => {
      const tag = oneOf(random, TAGS);
      this.#wall += 1;
      if (tag !== "note") return scalarEvent(tag, from + i, random(1000), this.#wall);
      const text = { dtype: 7, tensorShape: {}, stringVal: [Buffer.from(`note ${random(1000)}`)] };
      const metadata = {
        pluginData: { pluginName: "text" },
        summaryDescription: oneOf(random, ["", "x", "y"]),
      };
      return { wallTime: this.#wall, step: from + i, summary: { value: [{ tag, tensor: text, metadata }] } };
    });
  }

  file(count: number): Buffer {
    this.#wall += 1;
    return eventFile({ ...versionEvent, wallTime: this.#wall }, ...this.events(count));
  }

  path(): string {
    return path.join(this.play, oneOf(this.#random, RUNS), oneOf(this.#random, FILES));
  }

  run(): string {
    return path.join(this.play, oneOf(this.#random, RUNS.slice(1)));
  }

  /** Anything that is there, the folder that is played in aside; that itself where there is nothing. */
  anything(): string {
    // With their types: names alone would be looked for behind links, too, which may lead in circles.
    const entries = existsSync(this.play)
      ? readdirSync(this.play, { recursive: true, withFileTypes: true })
      : [];
    const names = entries.map(({ parentPath, name }) => path.join(parentPath, name)).sort();
    return names.length > 0 ? oneOf(this.#random, names) : this.play;
  }

  /** An event file that is there; or where one could be. */
  existing(): string {
    const all = RUNS.flatMap((run) => FILES.map((file) => path.join(this.play, run, file)));
    const there = all.filter((file) => lstatSync(file, { throwIfNoEntry: false })?.isFile());
    return there.length > 0 ? oneOf(this.#random, there) : this.path();
  }
}

type Step = (ground: Playground, random: Random) => void;

/** Makes the folders above a path, where nothing is in the way. */
function makeRoom(file: string): void {
  mkdirSync(path.dirname(file), { recursive: true });
}

/** Writes a file; to a pipe, which would hold up the test until somebody reads it, the system refuses it then. */
function write(file: string, bytes: Uint8Array | string): void {
  put(file, bytes, O_TRUNC);
}

function append(file: string, bytes: Uint8Array): void {
  put(file, bytes, O_APPEND);
}

function put(file: string, bytes: Uint8Array | string, flag: number): void {
  const fd = openSync(file, O_WRONLY | O_CREAT | O_NONBLOCK | flag);
  try {
    writeFileSync(fd, bytes);
  } finally {
    closeSync(fd);
  }
}

function remove(file: string): void {
  rmSync(file, { recursive: true, force: true });
}

const STEPS: Readonly<Record<string, Step>> = {
  create(ground, random) {
    const file = ground.path();
    makeRoom(file);
    write(file, ground.file(random(6)));
  },
  createAgain: (ground, random) => STEPS.create!(ground, random),
  append(ground, random) {
    append(ground.existing(), eventFile(...ground.events(1 + random(4))));
  },
  appendAgain: (ground, random) => STEPS.append!(ground, random),
  appendTwice(ground, random) {
    STEPS.append!(ground, random);
    STEPS.append!(ground, random);
  },
  appendInPieces(ground, random) {
    const file = ground.existing();
    const bytes = eventFile(...ground.events(2));
    const cut = random(bytes.length);
    append(file, bytes.subarray(0, cut));
    if (random(2) === 0) append(file, bytes.subarray(cut));
  },
  damage: (ground, random) => append(ground.existing(), Buffer.alloc(random(40), random(256))),
  truncate(ground, random) {
    const file = ground.existing();
    truncateSync(file, random(lstatSync(file).size + 1));
  },
  empty: (ground) => truncateSync(ground.existing(), 0),
  replace(ground, random) {
    const file = ground.path();
    makeRoom(file);
    const other = path.join(ground.elsewhere, "new");
    write(other, ground.file(random(6)));
    renameSync(other, file);
  },
  writeOver(ground) {
    // As long as it was, and with the same beginning.
    const file = ground.existing();
    const { size } = lstatSync(file);
    const bytes = Buffer.concat([ground.file(3), Buffer.alloc(size)]).subarray(0, size);
    const fd = openSync(file, "r+");
    writeSync(fd, bytes);
    closeSync(fd);
  },
  touch(ground) {
    const file = ground.existing();
    const { mode } = lstatSync(file);
    chmodSync(file, mode);
  },
  rename(ground) {
    const target = ground.path();
    makeRoom(target);
    renameSync(ground.existing(), target);
  },
  renameAnything(ground) {
    const target = ground.run();
    makeRoom(target);
    renameSync(ground.anything(), target);
  },
  remove: (ground) => remove(ground.existing()),
  removeRun: (ground) => remove(ground.run()),
  makeAnew(ground, random) {
    const run = ground.run();
    remove(run);
    mkdirSync(run, { recursive: true });
    write(path.join(run, oneOf(random, FILES)), ground.file(1 + random(5)));
  },
  folderForFile(ground, random) {
    const file = ground.path();
    remove(file);
    mkdirSync(file, { recursive: true });
    if (random(2) === 0) write(path.join(file, oneOf(random, FILES)), ground.file(2));
  },
  fileForFolder(ground) {
    const run = ground.run();
    remove(run);
    makeRoom(run);
    write(run, "no folder");
  },
  pipe(ground) {
    const file = ground.path();
    remove(file);
    makeRoom(file);
    execFileSync("mkfifo", [file]);
  },
  link(ground, random) {
    const link = random(2) === 0 ? ground.path() : ground.run();
    const target = oneOf(random, [
      () => ground.anything(),
      () => ground.existing(),
      () => ground.run(),
      () => link,
      () => ground.play,
      () => ground.elsewhere,
      () => path.join(ground.elsewhere, FILES[0]!),
      () => path.join(ground.elsewhere, "nothing"),
    ])();
    remove(link);
    makeRoom(link);
    symlinkSync(target, link);
  },
  growElsewhere: (ground) => append(path.join(ground.elsewhere, FILES[0]!), eventFile(...ground.events(1))),
  logdirGoesAndComes(ground) {
    const away = path.join(ground.base, "away");
    renameSync(ground.play, away);
    renameSync(away, ground.play);
  },
  logdirAnew(ground, random) {
    if (random(4) > 0) return;
    remove(ground.play);
    if (random(2) === 0) return;
    STEPS.create!(ground, random);
  },
};

/** Whether a step was impossible as things stand, which is no failure. */
function isRefusal(error: unknown): boolean {
  const codes = ["ENOENT", "ENOTDIR", "EISDIR", "ELOOP", "EEXIST", "ENOTEMPTY", "EINVAL", "EACCES", "ENXIO"];
  return error instanceof Error && "code" in error && codes.includes(String(error.code));
}

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
  const server = new Server(ground.logdir, "", followLinks, 2);
  try {
    await server.loader.start();
    await server.loader.firstLoad;
    if (timed) await server.loader.watching;
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
    remove(ground.base);
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
