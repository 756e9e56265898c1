/** Where what is exported goes: a file that has its name only once it is whole, or standard output. */
import { closeSync, openSync, realpathSync, renameSync, rmSync, statSync, writeSync } from "node:fs";

/** Takes bytes in order, and waits until they are written. */
export interface Output {
  /** Bytes taken so far. */
  readonly bytes: number;
  write(bytes: Uint8Array): void;
  /** Everything was written. */
  commit(): void;
  /** Something went wrong: nothing of it is to be kept. */
  abort(): void;
}

/** Many small pieces are written as one. */
const BUFFER_BYTES = 1 << 18;

/**
 * Writes beside the file first: one that was there stays as it was until the new one is whole. What is no ordinary file,
 * such as a pipe, is written to as it is.
 *
 * @throws Error of the system when it cannot be opened
 */
export function fileOutput(file: string): Output {
  const there = statSync(file, { throwIfNoEntry: false });
  if (there && !there.isFile())
    return new DescriptorOutput(
      openSync(file, "w"),
      () => {},
      () => {},
    );
  // A link stays, and what it leads to is written anew.
  const target = there ? realpathSync(file) : file;
  const part = `${target}.part`;
  return new DescriptorOutput(
    openSync(part, "w"),
    () => renameSync(part, target),
    () => rmSync(part, { force: true }),
  );
}

export function standardOutput(): Output {
  return new DescriptorOutput(
    1,
    () => {},
    () => {},
  );
}

class DescriptorOutput implements Output {
  bytes = 0;
  readonly #fd: number;
  readonly #keep: () => void;
  readonly #discard: () => void;
  readonly #buffer = new Uint8Array(BUFFER_BYTES);
  #held = 0;

  constructor(fd: number, keep: () => void, discard: () => void) {
    this.#fd = fd;
    this.#keep = keep;
    this.#discard = discard;
  }

  write(bytes: Uint8Array): void {
    this.bytes += bytes.length;
    if (this.#held + bytes.length > BUFFER_BYTES) this.#flush();
    if (bytes.length > BUFFER_BYTES) writeAll(this.#fd, bytes);
    else {
      this.#buffer.set(bytes, this.#held);
      this.#held += bytes.length;
    }
  }

  #flush(): void {
    writeAll(this.#fd, this.#buffer.subarray(0, this.#held));
    this.#held = 0;
  }

  commit(): void {
    this.#flush();
    this.#close();
    this.#keep();
  }

  abort(): void {
    this.#close();
    this.#discard();
  }

  #close(): void {
    if (this.#fd > 2) closeSync(this.#fd);
  }
}

/** How long to wait for a reader of a pipe that takes nothing more at the moment. */
const FULL_PIPE_MILLIS = 2;
const never = new Int32Array(new SharedArrayBuffer(4));

function writeAll(fd: number, bytes: Uint8Array): void {
  for (let done = 0; done < bytes.length; )
    try {
      done += writeSync(fd, bytes, done, bytes.length - done);
    } catch (error) {
      if (!(error instanceof Error && "code" in error && error.code === "EAGAIN")) throw error;
      Atomics.wait(never, 0, 0, FULL_PIPE_MILLIS);
    }
}
