/** Opened checkpoints: their files by path, the latest used kept open for as long as they stay as they are. */
import {
  type ByteSource,
  type Checkpoint,
  CheckpointError,
  openBundle,
  openSavedSlices,
} from "../../proto/index.ts";
import type { LogFolders } from "../logdir/folders.ts";
import { openHandle } from "../logdir/open-file.ts";
import type { CheckpointFiles } from "./checkpoint-path.ts";
import { stampOf } from "./stamp.ts";

/** What is kept of a checkpoint is its index: some hundred bytes a variable. */
const MAX_KEPT = 64;

interface Kept {
  readonly stamp: string;
  readonly checkpoint: Checkpoint;
}

export class Checkpoints {
  readonly #folders: LogFolders;
  /** By the names of their files, the last used at the end. */
  readonly #kept = new Map<string, Kept>();

  constructor(folders: LogFolders) {
    this.#folders = folders;
  }

  /**
   * @throws CheckpointError when it is damaged, or no checkpoint
   * @throws OutsideError when a file of it is a link out of the log directories
   */
  async open(files: CheckpointFiles): Promise<Checkpoint> {
    const names = files.version === 2 ? [`${files.prefix}.index`] : files.files;
    const sources = await Promise.all(names.map((name) => this.#source(name)));
    const key = names.join("\0");
    const stamp = sources.map((source) => source.stamp).join();
    const known = this.#kept.get(key);
    this.#kept.delete(key);
    const kept = known?.stamp === stamp ? known : { stamp, checkpoint: await this.#openNew(files, sources) };
    this.#kept.set(key, kept);
    for (const oldest of this.#kept.keys()) {
      if (this.#kept.size <= MAX_KEPT) break;
      this.#kept.delete(oldest);
    }
    return kept.checkpoint;
  }

  #openNew(files: CheckpointFiles, sources: readonly FileSource[]): Promise<Checkpoint> {
    const [index] = sources;
    if (files.version === 1 || !index) return openSavedSlices(sources);
    return openBundle({ index, shard: (ending) => this.#source(`${files.prefix}${ending}`) });
  }

  async #source(name: string): Promise<FileSource> {
    const file = await this.#folders.locate(name);
    const stamp = file === undefined ? undefined : await stampOf(file);
    if (file === undefined || !stamp) throw new CheckpointError(name, null, "is not there, or not a file");
    return new FileSource(name, file, stamp.size, stamp.text);
  }
}

/** A file on disk, opened for each part: checkpoints come and go while they are looked at. */
class FileSource implements ByteSource {
  readonly name: string;
  readonly size: number;
  readonly stamp: string;
  readonly #file: string;

  constructor(name: string, file: string, size: number, stamp: string) {
    this.name = name;
    this.size = size;
    this.stamp = stamp;
    this.#file = file;
  }

  async read(offset: number, target: Uint8Array): Promise<void> {
    const handle = await openHandle(this.#file, this.#file);
    try {
      for (let done = 0; done < target.length; ) {
        const { bytesRead } = await handle.read(target, done, target.length - done, offset + done);
        if (bytesRead === 0)
          throw new CheckpointError(this.name, offset + done, "the file became shorter while it was read");
        done += bytesRead;
      }
    } finally {
      await handle.close();
    }
  }
}
