/**
 * Traces that profilers write beside event files: PyTorch's `*.pt.trace.json`, and TensorFlow's below `plugins/profile/`,
 * gzipped or not. Each is a step of its run, under the file's path in the run's folder.
 */
import { readdir } from "node:fs/promises";
import path from "node:path";
import type { GraphStep } from "../../graph/views.ts";
import type { ServerContext } from "../http/context.ts";
import { badRequest } from "../http/errors.ts";
import { joined, LogFolders } from "../logdir/folders.ts";
import { openHandle } from "../logdir/open-file.ts";
import type { Logged } from "./logged.ts";

const TRACE = /\.trace\.json(\.gz)?$/;
/** TensorFlow's own form of a profile: it is told of where there is no trace beside it, and not read. */
const XSPACE = /\.xplane\.pb$/;
const PYTORCH = /\.pt\.trace\.json(\.gz)?$/;
/** Where TensorFlow's profiler writes, a folder a run of it. */
const PROFILES = "plugins/profile";
/** More of a run are not listed. */
const MOST = 1_000;
/** Larger ones are not read. */
const MOST_BYTES = 512e6;
/** Folders that are looked into at once. */
const AT_ONCE = 16;
/** They are looked for again after this many times as long as it took, and not sooner than after this. */
const REST = 20;
const LEAST_REST_MILLIS = 2_000;

export interface Profile {
  /** The file's path in the run's folder. */
  readonly tag: string;
  readonly file: string;
  readonly wallTime: number;
}

/** What profilers wrote of a run. */
export interface RunProfiles {
  readonly traces: readonly Profile[];
  /** Paths of profiles that are not read, in the run's folder. */
  readonly unread: readonly string[];
}

/** Finds them; what was found a moment ago is not looked for again. */
export class Profiles {
  readonly #folders: LogFolders;
  #found: Promise<ReadonlyMap<string, RunProfiles>> | undefined;
  #lookAgain = 0;

  constructor({ options }: ServerContext) {
    this.#folders = new LogFolders(options);
  }

  /** Of all runs that have any. */
  async of(runs: readonly string[]): Promise<ReadonlyMap<string, RunProfiles>> {
    if (this.#found && performance.now() < this.#lookAgain) return this.#found;
    this.#lookAgain = Number.POSITIVE_INFINITY;
    const start = performance.now();
    this.#found = this.#look(runs).finally(() => {
      const now = performance.now();
      this.#lookAgain = now + Math.max(LEAST_REST_MILLIS, REST * (now - start));
    });
    return this.#found;
  }

  async #look(runs: readonly string[]): Promise<Map<string, RunProfiles>> {
    const found = new Map<string, RunProfiles>();
    for (let i = 0; i < runs.length; i += AT_ONCE)
      await Promise.all(
        runs.slice(i, i + AT_ONCE).map(async (run) => {
          const profiles = await this.#ofRun(run);
          if (profiles.traces.length + profiles.unread.length > 0) found.set(run, profiles);
        }),
      );
    return found;
  }

  async #ofRun(run: string): Promise<RunProfiles> {
    const traces: Profile[] = [];
    const unread: string[] = [];
    for (const folder of this.#folders.of(run)) {
      const tags = (await namesIn(folder)).filter((name) => PYTORCH.test(name));
      for (const session of await namesIn(joined(folder, PROFILES))) {
        const names = await namesIn(joined(folder, `${PROFILES}/${session}`));
        const readable = names.filter((name) => TRACE.test(name));
        const shown = readable.length > 0 ? tags : unread;
        for (const name of readable.length > 0 ? readable : names.filter((one) => XSPACE.test(one)))
          shown.push(`${PROFILES}/${session}/${name}`);
      }
      for (const tag of tags.sort().slice(0, MOST)) {
        const profile = await this.#profile(folder, tag);
        if (profile) traces.push(profile);
      }
    }
    return { traces, unread: unread.sort().slice(0, MOST) };
  }

  /** Undefined where it leads out of the log directories, or is no file. */
  async #profile(folder: string, tag: string): Promise<Profile | undefined> {
    try {
      const file = await this.#folders.locate(joined(folder, tag));
      if (file === undefined) return undefined;
      const handle = await openHandle(file, path.dirname(file));
      const { mtimeMs } = await handle.stat().finally(() => handle.close());
      return { tag, file, wallTime: mtimeMs / 1000 };
    } catch {
      return undefined;
    }
  }

  /** A run's trace of that tag, to be read; undefined where there is none. */
  async find(run: string, tag: string): Promise<Logged | undefined> {
    if (!TRACE.test(tag)) return undefined;
    const profile = (await this.#ofRun(run)).traces.find((one) => one.tag === tag);
    if (!profile) return undefined;
    const { file } = profile;
    const handle = await openHandle(file, path.dirname(file));
    const { ino, size, mtimeMs } = await handle.stat().finally(() => handle.close());
    return { key: `profile ${file} ${ino}:${size}:${mtimeMs}`, read: () => bytesOf(file, tag) };
  }
}

async function bytesOf(file: string, tag: string): Promise<Uint8Array> {
  const handle = await openHandle(file, path.dirname(file));
  try {
    const { size } = await handle.stat();
    if (size > MOST_BYTES)
      throw badRequest(`"${tag}" has ${size} bytes: traces of more than ${MOST_BYTES} are not read`);
    return new Uint8Array(await handle.readFile());
  } finally {
    await handle.close();
  }
}

async function namesIn(folder: string): Promise<string[]> {
  // Most runs have no such folder; what cannot be read has nothing to show.
  return readdir(folder).catch(() => []);
}

export function stepOfProfile({ tag, wallTime }: Profile): GraphStep {
  return { tag, step: 0, wall_time: wallTime };
}

const kept = new WeakMap<ServerContext, Profiles>();

/** Those of a server. */
export function profilesOf(context: ServerContext): Profiles {
  const profiles = kept.get(context) ?? new Profiles(context);
  kept.set(context, profiles);
  return profiles;
}
