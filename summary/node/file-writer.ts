/** Writers of event files: what `createFileWriter` gives in Node. */
import { checkOptions, type OptionNames } from "../check-options.ts";
import type { WriterOptions } from "../options.ts";
import type { ProjectorOptions } from "../projector/embedding.ts";
import type { Vectors } from "../projector/vectors.ts";
import { setScopes } from "../scope.ts";
import { openWriter, type SummaryWriter } from "../writer.ts";
import { WRITER_OPTIONS } from "../writer-core.ts";
import { asyncScope } from "./async-scope.ts";
import { FileSink, thisProcess } from "./file-sink.ts";
import { toLogDirectory } from "./log-directory.ts";
import { unwatchProcess, watchProcess } from "./process-hooks.ts";
import { writerProjector } from "./writer-projector.ts";

/**
 * Options of an event file's writer.
 *
 * @example
 * const options: FileWriterOptions = { filenameSuffix: ".sweep", flushMillis: 500 };
 * const sweep = createFileWriter("runs/sweep", options);
 * console.log(sweep.path.endsWith(".sweep")); // true
 * await sweep.close();
 */
export interface FileWriterOptions extends WriterOptions {
  /** What the file's name ends with. Default `.v2`. */
  readonly filenameSuffix?: string | undefined;
  /** Machine named in the file's name. Default this one. */
  readonly host?: string | undefined;
  /** Process named in the file's name; null: none, as TensorFlow 1 names files. Default this one. */
  readonly pid?: number | null | undefined;
}

/**
 * Writes one run's event file, and the files that stand beside it.
 *
 * @example
 * const train: FileSummaryWriter = createFileWriter("runs/train");
 * train.scalar("loss", 0.5, { step: 0 });
 * await train.projector("points", [[0, 1], [1, 0]], { metadata: ["a", "b"] });
 * console.log(train.logdir); // runs/train
 * await train.close();
 */
export interface FileSummaryWriter extends SummaryWriter {
  /** The run's directory. */
  readonly logdir: string;
  /**
   * Writes an embedding for the projector dashboard; see {@link projector}. Its step is the writer's by default; a
   * disk that refuses is told to `onError`, and the training goes on.
   *
   * @returns whether it was written, once it is; `flush` and `close` wait for it
   * @throws as {@link projector}, by rejecting; EventFileError only with `throwOnError`
   */
  projector(name: string, vectors: Vectors, options?: ProjectorOptions): Promise<boolean>;
}

export const FILE_WRITER_OPTIONS: OptionNames<FileWriterOptions> = {
  ...WRITER_OPTIONS,
  filenameSuffix: true,
  host: true,
  pid: true,
};

setScopes(asyncScope);

/**
 * A writer of a new event file `events.out.tfevents.<seconds>.<host>.<pid>.<n>.v2` in a directory, which is made
 * if needed. One directory is one run; several files in it are read as one.
 *
 * Events are buffered and written while the training goes on: after 2 s or 1 MiB, with `flush` and `close`,
 * and when the process ends, by itself or by SIGINT, SIGTERM, SIGHUP or an uncaught exception. A file that
 * cannot be made or written is told to `onError` and tried again; the training goes on.
 *
 * @param directory a path (`~/` is the home directory), or a `file:` address
 * @throws ValueError when it is no folder of this machine, or an option is out of range or not known
 * @throws EventFileError with `throwOnError`, when the file cannot be made
 * @example
 * const train = createFileWriter("runs/train");
 * for (let step = 0; step < 100; step++) train.scalar("loss", 1 / (step + 1), { step });
 * await train.close();
 */
export function createFileWriter(
  directory: string | URL,
  options: FileWriterOptions = {},
): FileSummaryWriter {
  checkOptions(options, FILE_WRITER_OPTIONS, () => "createFileWriter");
  const logdir = toLogDirectory(directory);
  const { filenameSuffix: suffix = ".v2", clock = Date.now } = options;
  const { host = thisProcess().host, pid = thisProcess().pid } = options;
  const sink = new FileSink(logdir, { seconds: clock() / 1000, host, pid, suffix });
  const embeddings = writerProjector(logdir, options);
  const lifecycle = { opened: watchProcess, closed: unwatchProcess, settled: embeddings.settled };
  const core = openWriter(sink, options, lifecycle);
  const writer: FileSummaryWriter = Object.assign(core, {
    logdir,
    projector: (name: string, vectors: Vectors, given: ProjectorOptions = {}) =>
      embeddings.projector(writer, name, vectors, given),
  });
  try {
    // The run shows at once, and a directory that cannot be written is known before the training starts.
    writer.flushSync();
  } catch (error) {
    writer.close().catch(() => {});
    throw error;
  }
  return writer;
}
