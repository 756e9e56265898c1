/** A sink that keeps the event file's bytes in memory: for tests, and for pages that offer a download. */
import type { Sink } from "./sink.ts";

/**
 * Keeps an event file's bytes in memory.
 *
 * @example
 * const sink = new MemorySink();
 * const inMemory = createWriter(sink);
 * inMemory.scalar("loss", 0.5, { step: 0 });
 * await inMemory.close();
 * console.log(sink.bytes().length > 0); // true
 */
export class MemorySink implements Sink {
  readonly name: string;
  private readonly chunks: Uint8Array[] = [];

  constructor(name = "memory") {
    this.name = name;
  }

  async write(records: Uint8Array): Promise<void> {
    this.writeSync(records);
  }

  writeSync(records: Uint8Array): void {
    this.chunks.push(records.slice());
  }

  async close(): Promise<void> {}

  /** The same as a Blob: for `URL.createObjectURL` and a link that downloads it. */
  blob(): Blob {
    return new Blob([this.bytes()], { type: "application/octet-stream" });
  }

  /** Everything written so far, as one event file. */
  bytes(): Uint8Array<ArrayBuffer> {
    const all = new Uint8Array(this.chunks.reduce((sum, chunk) => sum + chunk.length, 0));
    let offset = 0;
    for (const chunk of this.chunks) {
      all.set(chunk, offset);
      offset += chunk.length;
    }
    return all;
  }
}
