/**
 * Everything that can happen to files under a running server: they are made, continued, cut, replaced, written anew, renamed,
 * deleted, closed, linked, and other things come in their place; so with run folders and the log directory itself.
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
import { oneOf, type Random } from "../tools/random.ts";
import { type EventProperties, eventFile, scalarEvent, versionEvent } from "../tools/records.ts";

const { O_APPEND, O_CREAT, O_NONBLOCK, O_TRUNC, O_WRONLY } = constants;

const RUNS = [".", "a", "b", "c", "c/d", "e/f/g"];
const FILES = ["events.out.tfevents.1.host", "events.out.tfevents.2.host", "events.out.tfevents.3.host"];
const TAGS = ["loss", "acc", "note"];

/** A log directory in which anything may happen. */
export class Playground {
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

  remove(): void {
    remove(this.base);
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

export const STEPS: Readonly<Record<string, Step>> = {
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
export function isRefusal(error: unknown): boolean {
  const codes = ["ENOENT", "ENOTDIR", "EISDIR", "ELOOP", "EEXIST", "ENOTEMPTY", "EINVAL", "EACCES", "ENXIO"];
  return error instanceof Error && "code" in error && codes.includes(String(error.code));
}
