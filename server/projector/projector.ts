/** The projector's side of a log directory: which runs have embeddings, and what belongs to each. */
import { readdir } from "node:fs/promises";
import path from "node:path";
import { CONFIG_FILE, canonicalTensorName } from "../../proto/projector-config.ts";
import { messageOf } from "../logdir/discover.ts";
import { joined } from "../logdir/folders.ts";
import { expandHome } from "../logdir/source.ts";
import { getOrInsert } from "../util/get-or-insert.ts";
import { Checkpoints } from "./checkpoints.ts";
import type { Embedding } from "./embedding.ts";
import type { ProjectorLogs } from "./logs.ts";
import { ConfigError, type Names } from "./run-config.ts";
import { type RunSetup, readSetup } from "./run-setup.ts";
import { VectorFiles } from "./vector-files.ts";

/** Runs that are looked at at once, so that one slow folder does not hold up the others. */
const AT_ONCE = 16;
/** Whether there is anything is looked for again after this many times as long as it took. */
const REST = 20;
/** The log directory itself, where it is no run. */
const ROOT = ".";

/** Why there is nothing to show of a run, in words. */
export class NothingToShow extends Error {}

export class Projector {
  readonly vectors = new VectorFiles();
  readonly #logs: ProjectorLogs;
  readonly #checkpoints: Checkpoints;
  #active = false;
  #looking: Promise<boolean> | undefined;
  #lookAgain = 0;

  constructor(logs: ProjectorLogs) {
    this.#logs = logs;
    this.#checkpoints = new Checkpoints(logs.folders);
  }

  /** Whether any run has embeddings. Once one had, no more is looked for, as TensorBoard has it. */
  async isActive(): Promise<boolean> {
    if (this.#active || performance.now() < this.#lookAgain) return this.#active;
    this.#looking ??= this.#look().finally(() => {
      this.#looking = undefined;
    });
    return this.#looking;
  }

  async #look(): Promise<boolean> {
    const start = performance.now();
    for await (const _found of this.setups()) {
      this.#active = true;
      break;
    }
    const end = performance.now();
    this.#lookAgain = end + REST * (end - start);
    return this.#active;
  }

  /** Runs with embeddings, in TensorBoard's order: those that have only assets, and the log directory itself, at the end. */
  async runs(): Promise<string[]> {
    const found: { run: string; last: number }[] = [];
    for await (const { run, setup } of this.setups())
      found.push({ run, last: run === ROOT && !this.#logs.hasRun(ROOT) ? 2 : setup.inAssetsOnly ? 1 : 0 });
    return found.sort((a, b) => a.last - b.last).map(({ run }) => run);
  }

  /**
   * What a run has.
   *
   * @throws NothingToShow when there is no such run, or it has no embeddings
   * @throws ConfigError when its config cannot be read
   */
  async setup(run: string): Promise<RunSetup> {
    const problems: string[] = [];
    const setup = await this.#find(run, namesIn, problems);
    if (setup) return setup;
    const known = run === ROOT || this.#logs.hasRun(run);
    throw new NothingToShow(
      [known ? `no embeddings in run "${run}"` : `no run "${run}"`, ...problems].join("; "),
    );
  }

  async #find(run: string, names: Names, problems: string[]): Promise<RunSetup | null> {
    const { folders } = this.#logs;
    const places = this.#logs.hasRun(run) ? folders.of(run) : run === ROOT ? folders.roots : [];
    for (const folder of places) {
      const setup = await this.#setupIn(folder, names, problems);
      if (setup) return setup;
    }
    return null;
  }

  async #setupIn(folder: string, names: Names, problems: string[]): Promise<RunSetup | null> {
    const { folders } = this.#logs;
    const found: string[] = [];
    const note = (problem: string) => found.push(problem);
    try {
      const reader = { folders, names, note };
      return await readSetup(reader, this.#checkpoints, folder, !folders.isRoot(folder));
    } catch (error) {
      note(messageOf(error));
      throw error;
    } finally {
      this.#logs.report(joined(folder, CONFIG_FILE), found.join("; ") || null);
      for (const problem of found) problems.push(problem);
    }
  }

  /** The embeddings of a set-up with the shapes that their files have, where the config does not say. */
  async withShapes(setup: RunSetup): Promise<Embedding[]> {
    return Promise.all(
      setup.embeddings.map(async (embedding) => {
        if (embedding.tensorPath === "" || embedding.shape.length > 0) return embedding;
        const file = await this.locate(setup, embedding.tensorPath).catch(() => undefined);
        const shape = file === undefined ? null : await this.vectors.shape(file).catch(() => null);
        return shape ? { ...embedding, shape } : embedding;
      }),
    );
  }

  /** Where a file that a config names is, free of links; undefined when there is none. @throws OutsideError */
  locate({ file }: RunSetup, given: string): Promise<string | undefined> {
    return this.#logs.folders.locate(joined(path.dirname(file), expandHome(given)));
  }

  /** Every run with embeddings, as the store lists them. */
  async *setups(): AsyncGenerator<{ run: string; setup: RunSetup }> {
    const runs = [...this.#logs.runs()];
    // Runs that stand side by side have one folder above them.
    const listed = new Map<string, Promise<readonly string[]>>();
    const names = (folder: string) => getOrInsert(listed, path.resolve(folder), () => namesIn(folder));
    if (!runs.includes(ROOT)) runs.push(ROOT);
    for (let at = 0; at < runs.length; at += AT_ONCE) {
      const some = runs.slice(at, at + AT_ONCE);
      const setups = await Promise.all(some.map((run) => this.#find(run, names, []).catch(leftOut)));
      for (const [i, setup] of setups.entries()) if (setup) yield { run: some[i]!, setup };
    }
  }
}

/** A run whose config cannot be read holds up no other; it is among the problems. */
function leftOut(error: unknown): null {
  if (error instanceof ConfigError) return null;
  throw error;
}

async function namesIn(folder: string): Promise<readonly string[]> {
  return readdir(folder).catch(() => []);
}

/** The embedding of a name; undefined when there is none. */
export function embeddingNamed({ embeddings }: RunSetup, name: string): Embedding | undefined {
  const canonical = canonicalTensorName(name);
  return embeddings.find((embedding) => canonicalTensorName(embedding.name) === canonical);
}
