/** An output that keeps what is written. */
import type { Output } from "../../../../server/commands/export/output.ts";

export class MemoryOutput implements Output {
  readonly #parts: Buffer[] = [];

  get bytes(): number {
    return this.taken().length;
  }

  /** Takes a copy: what is given may be used again. */
  write(bytes: Uint8Array): void {
    this.#parts.push(Buffer.from(bytes));
  }

  commit(): void {}
  abort(): void {}

  taken(): Buffer {
    return Buffer.concat(this.#parts);
  }
}
