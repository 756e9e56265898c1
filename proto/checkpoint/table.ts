/**
 * Tables: sorted keys with their values in blocks, an index of the blocks, and a footer that says where it is. LevelDB's
 * format, in which TensorFlow writes what its checkpoints hold.
 * Format: https://github.com/google/leveldb/blob/main/doc/table_format.md
 */
import { type BlockHandle, readBlock, readHandle, type TableEntry } from "./block.ts";
import { CheckpointError, reasonOf } from "./error.ts";
import { type ByteSource, readPart } from "./source.ts";
import { VarintReader } from "./varint.ts";

/** Two handles, padded, and the magic number. */
const FOOTER_BYTES = 48;
const MAGIC = 0xdb4775248b80fb57n;

export class Table {
  readonly #source: ByteSource;
  /** The blocks in order, each with a key that is not smaller than any in it. */
  readonly #index: readonly { readonly last: Uint8Array; readonly handle: BlockHandle }[];

  private constructor(source: ByteSource, index: readonly TableEntry[]) {
    this.#source = source;
    this.#index = index.map(({ key, value }) => ({ last: key, handle: readHandle(new VarintReader(value)) }));
  }

  /** @throws CheckpointError when the file is no table, or is damaged where its index is */
  static async open(source: ByteSource): Promise<Table> {
    const index = await readBlock(source, await readFooter(source), "the table's index");
    try {
      return new Table(source, index);
    } catch (error) {
      throw damaged(source, error);
    }
  }

  get name(): string {
    return this.#source.name;
  }

  /** All entries, in order of their keys. */
  async *entries(): AsyncGenerator<TableEntry> {
    for (const { handle } of this.#index) yield* await this.#block(handle);
  }

  /** The value of a key; undefined when it has none. Reads one block. */
  async get(key: Uint8Array): Promise<Uint8Array | undefined> {
    const at = this.#index.find(({ last }) => compareBytes(last, key) >= 0);
    if (!at) return undefined;
    const entries = await this.#block(at.handle);
    return entries.find((entry) => compareBytes(entry.key, key) === 0)?.value;
  }

  #block(handle: BlockHandle): Promise<TableEntry[]> {
    return readBlock(this.#source, handle, "a block of the table");
  }
}

async function readFooter(source: ByteSource): Promise<BlockHandle> {
  const { name, size } = source;
  if (size < FOOTER_BYTES)
    throw new CheckpointError(name, 0, `too short for a checkpoint (${size} bytes); is it cut off?`);
  const start = size - FOOTER_BYTES;
  const footer = await readPart(source, start, FOOTER_BYTES, "the table's footer");
  if (new DataView(footer.buffer, footer.byteOffset).getBigUint64(FOOTER_BYTES - 8, true) !== MAGIC)
    throw new CheckpointError(name, start, "not the end of a checkpoint's table; is it cut off?");
  try {
    const reader = new VarintReader(footer);
    readHandle(reader); // of further information, which TensorFlow does not write
    return readHandle(reader);
  } catch (error) {
    throw damaged(source, error);
  }
}

function damaged({ name }: ByteSource, error: unknown): CheckpointError {
  return new CheckpointError(name, null, `the table is damaged: ${reasonOf(error)}`);
}

function compareBytes(a: Uint8Array, b: Uint8Array): number {
  const length = Math.min(a.length, b.length);
  for (let i = 0; i < length; i++) if (a[i] !== b[i]) return a[i]! - b[i]!;
  return a.length - b.length;
}
