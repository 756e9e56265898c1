/** Embeddings of a file writer: they follow its step, its condition and its way with errors. */
import { getStep } from "../default-writer.ts";
import { EventFileError, WriterClosedError } from "../errors.ts";
import type { WriterOptions } from "../options.ts";
import { makeEmbedding, type ProjectorOptions } from "../projector/embedding.ts";
import type { Vectors } from "../projector/vectors.ts";
import { recordsNow } from "../record-if.ts";
import type { SummaryWriter } from "../writer.ts";
import { reporterOf } from "../writer-core.ts";
import { writeEmbedding } from "./projector.ts";

export interface WriterProjector {
  projector(
    writer: SummaryWriter,
    name: string,
    vectors: Vectors,
    options: ProjectorOptions,
  ): Promise<boolean>;
  /** Resolves when all embeddings so far are written, or have failed. */
  settled(): Promise<void>;
}

export function writerProjector(logdir: string, options: WriterOptions): WriterProjector {
  const report = reporterOf(options);
  const underWay = new Set<Promise<boolean>>();

  async function write(...[name, vectors, given]: Parameters<typeof makeEmbedding>): Promise<boolean> {
    const embedding = makeEmbedding(name, vectors, given);
    try {
      await writeEmbedding(logdir, embedding);
      return true;
    } catch (error) {
      if (!(error instanceof EventFileError)) throw error;
      report(error);
      if (options.throwOnError) throw error;
      return false;
    }
  }

  return {
    async projector(writer, name, vectors, given) {
      if (!recordsNow(writer.recordIf)) return false;
      if (writer.closed) throw new WriterClosedError(writer.path);
      const written = write(name, vectors, { ...given, step: given.step ?? writer.step ?? getStep() });
      underWay.add(written);
      return written.finally(() => underWay.delete(written));
    },
    async settled() {
      await Promise.allSettled(underWay);
    },
  };
}
