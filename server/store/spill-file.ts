/** A temporary file for data that does not fit in memory. It has no name where systems allow it, and ends with us. */
import { closeSync, ftruncateSync, mkdtempSync, openSync, readSync, rmSync, writeSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import type { SlabSource } from "./slab.ts";
import type { SpillPlace } from "./slab-memory.ts";

export class SpillFile implements SpillPlace {
  readonly #directory: string;
  #opened: { readonly fd: number; readonly folder: string } | null = null;
  #end = 0;

  /** @param directory where the file is made when the first data comes */
  constructor(directory = tmpdir()) {
    this.#directory = directory;
  }

  /** Bytes written so far. */
  get bytes(): number {
    return this.#end;
  }

  write(data: ArrayBuffer): SlabSource {
    const { fd } = this.#open();
    const start = this.#end;
    try {
      for (let done = 0; done < data.byteLength; )
        done += writeSync(fd, new Uint8Array(data, done), 0, data.byteLength - done, start + done);
    } catch (error) {
      ftruncateSync(fd, start);
      throw error;
    }
    this.#end += data.byteLength;
    return { read: () => this.#read(start, data.byteLength) };
  }

  #read(start: number, bytes: number): ArrayBuffer {
    if (!this.#opened) throw new Error("the file of what did not fit in memory is closed");
    return readBytes(this.#opened.fd, start, bytes);
  }

  #open(): { readonly fd: number; readonly folder: string } {
    if (this.#opened) return this.#opened;
    const folder = mkdtempSync(path.join(this.#directory, "tsboard-"));
    const fd = openSync(path.join(folder, "points"), "w+", 0o600);
    this.#opened = { fd, folder };
    // Gone by name at once, so that nothing is left behind however this process ends.
    if (process.platform !== "win32") rmSync(folder, { recursive: true, force: true });
    return this.#opened;
  }

  close(): void {
    if (!this.#opened) return;
    closeSync(this.#opened.fd);
    rmSync(this.#opened.folder, { recursive: true, force: true });
    this.#opened = null;
  }
}

/** Bytes of an open file. Throws when it does not have them. */
export function readBytes(fd: number, start: number, bytes: number): ArrayBuffer {
  const buffer = new ArrayBuffer(bytes);
  for (let done = 0; done < bytes; ) {
    const read = readSync(fd, new Uint8Array(buffer, done), 0, bytes - done, start + done);
    if (read === 0) throw new Error(`a file that held points ends at byte ${start + done}`);
    done += read;
  }
  return buffer;
}
