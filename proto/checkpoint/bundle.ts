/**
 * Version 2 of TensorFlow's checkpoints, the tensor bundle: a table of what there is (`….index`), and the tensors' bytes
 * in one or several shards (`….data-00000-of-00001`).
 * Facts: tensorflow/core/util/tensor_bundle/tensor_bundle.cc.
 */

import { pb } from "../codec.ts";
import { toNumber } from "../int64.ts";
import { unmaskCrc } from "../masked-crc.ts";
import { decodeShape } from "../tensor.ts";
import {
  BytesCheckpoint,
  type Checkpoint,
  elementCount,
  firstBytes,
  firstRows,
  numberBytes,
  type Variable,
  type VariableBytes,
} from "./checkpoint.ts";
import { CheckpointError, reasonOf } from "./error.ts";
import { sliceKey } from "./slice-key.ts";
import { type ByteSource, checkPart, readWithCrc } from "./source.ts";
import { Table } from "./table.ts";
import { decodeSlice, placeSlice, sliceShape, type TensorSlice } from "./tensor-slice.ts";

/**
 * The files of a bundle.
 *
 * @example
 * const downloads = new Map([
 *   ["model.index", Uint8Array.of(1)],
 *   ["model.data-00000-of-00001", Uint8Array.of(2, 3)],
 * ]);
 * function source(name: string): ByteSource {
 *   const bytes = downloads.get(name);
 *   if (!bytes) throw new CheckpointError(name, null, "was not downloaded");
 *   const part = (offset: number, length: number) => bytes.subarray(offset, offset + length);
 *   return { name, size: bytes.length, read: async (offset, target) => target.set(part(offset, target.length)) };
 * }
 * const files: BundleFiles = {
 *   index: source("model.index"),
 *   shard: async (ending) => source(`model${ending}`),
 * };
 * console.log((await files.shard(".data-00000-of-00001")).size); // 2
 */
export interface BundleFiles {
  /** The file that ends in `.index`. */
  readonly index: ByteSource;
  /**
   * Called for every variable that is read, once for each of its parts; what it rejects with, the read rejects with.
   *
   * @param ending of the file's name, such as `.data-00000-of-00002`
   */
  readonly shard: (ending: string) => Promise<ByteSource>;
}

interface Entry extends Variable {
  readonly shard: number;
  readonly offset: number;
  readonly size: number;
  readonly crc: number;
  /** What it was saved in; empty: a whole. */
  readonly slices: readonly TensorSlice[];
}

/** Newest version of the format that is read here. */
const READER_VERSION = 1;

/**
 * Opens a checkpoint of version 2, a bundle, as `tf.train.Checkpoint` and `tf.compat.v1.train.Saver` write it. The index
 * is read at once, as a whole; shards when values are asked for.
 *
 * @throws CheckpointError when the index is none, or damaged, or of another kind than is read here
 * @example
 * import { writeFileSync } from "node:fs";
 * import { open, stat } from "node:fs/promises";
 *
 * async function fileSource(name: string): Promise<ByteSource> {
 *   const { size } = await stat(name);
 *   const read = async (offset: number, target: Uint8Array) => {
 *     const file = await open(name);
 *     await file.read(target, 0, target.length, offset).finally(() => file.close());
 *   };
 *   return { name, size, read };
 * }
 * async function openModel(prefix: string): Promise<Checkpoint> {
 *   const index = await fileSource(`${prefix}.index`);
 *   return openBundle({ index, shard: (ending) => fileSource(`${prefix}${ending}`) });
 * }
 * writeFileSync("model.index", "damaged");
 * await openModel("model").catch((error) => console.log(error.file, error.offset)); // model.index 0
 */
export async function openBundle(files: BundleFiles): Promise<Checkpoint> {
  const table = await Table.open(files.index);
  const raw = new Map<string, Uint8Array>();
  for await (const { key, value } of table.entries()) raw.set(keyText(key), value);
  const shards = readHeader(table.name, raw.get(""));
  raw.delete("");
  const entries = new Map([...raw].map(([key, value]) => [key, decodeEntry(table.name, key, value)]));
  return new Bundle(files, shards, entries);
}

class Bundle extends BytesCheckpoint {
  readonly version = 2;
  readonly variables: ReadonlyMap<string, Variable>;
  readonly #files: BundleFiles;
  readonly #shards: number;
  /** By key, parts of variables among them. */
  readonly #entries: ReadonlyMap<string, Entry>;

  constructor(files: BundleFiles, shards: number, entries: ReadonlyMap<string, Entry>) {
    super();
    this.#files = files;
    this.#shards = shards;
    this.#entries = entries;
    const parts = new Set<string>();
    for (const [key, { slices }] of entries) for (const slice of slices) parts.add(partKey(key, slice));
    const wholes = [...entries].filter(([key]) => !parts.has(key));
    this.variables = new Map(wholes.map(([key, { dtype, shape }]) => [nameOf(key), { dtype, shape }]));
  }

  async readBytes(name: string, rows = Number.POSITIVE_INFINITY): Promise<VariableBytes> {
    const key = keyText(new TextEncoder().encode(name));
    const entry = this.#entries.get(key);
    if (!entry) throw this.#error(`there is no variable "${name}"`);
    const { dtype, shape } = entry;
    const each = numberBytes(this.#files.index.name, name, dtype);
    const wanted = firstRows(shape, rows);
    const length = elementCount(wanted) * each;
    const bytes =
      entry.slices.length === 0
        ? await this.#readWhole(name, entry, each, length)
        : firstBytes(await this.#readParts(key, entry, each), length);
    return { dtype, shape: wanted, bytes };
  }

  /** The first `wanted` bytes; all are checked. */
  async #readWhole(name: string, entry: Entry, each: number, wanted: number): Promise<ArrayBuffer> {
    const { offset, size, shape } = entry;
    if (size !== elementCount(shape) * each)
      throw this.#error(
        `"${name}" of shape [${shape.join(", ")}] takes ${elementCount(shape) * each} bytes, but ${size} are there`,
      );
    const shard = await this.#files.shard(this.#shardName(name, entry.shard));
    const what = `the values of "${name}"`;
    checkPart(shard, offset, size, what);
    const bytes = new Uint8Array(wanted);
    const crc = await readWithCrc(shard, offset, size, bytes);
    if (crc !== entry.crc)
      throw new CheckpointError(shard.name, offset, `${what} do not match their CRC: they are damaged`);
    return bytes.buffer;
  }

  async #readParts(key: string, { shape, slices }: Entry, each: number): Promise<ArrayBuffer> {
    const name = nameOf(key);
    const parts: { slice: TensorSlice; bytes: ArrayBuffer }[] = [];
    let covered = 0;
    for (const slice of slices) {
      const entry = this.#entries.get(partKey(key, slice));
      if (!entry) throw this.#error(`a part of "${name}" is missing`);
      const elements = elementCount(this.#sliceShape(name, slice, shape));
      if (elementCount(entry.shape) !== elements) throw this.#error(`a part of "${name}" is of another size`);
      parts.push({ slice, bytes: await this.#readWhole(name, entry, each, elements * each) });
      covered += elements;
    }
    if (covered !== elementCount(shape))
      throw this.#error(`the parts of "${name}" hold ${covered} of its ${elementCount(shape)} values`);
    const whole = new Uint8Array(covered * each);
    for (const { slice, bytes } of parts) placeSlice(whole, shape, slice, new Uint8Array(bytes), each);
    return whole.buffer;
  }

  #sliceShape(name: string, slice: TensorSlice, shape: readonly number[]): number[] {
    try {
      return sliceShape(slice, shape);
    } catch (error) {
      throw this.#error(`a part of "${name}": ${reasonOf(error)}`);
    }
  }

  #shardName(name: string, shard: number): string {
    if (shard < 0 || shard >= this.#shards)
      throw this.#error(`"${name}" is said to be in shard ${shard} of ${this.#shards}`);
    const five = (n: number) => String(n).padStart(5, "0");
    return `.data-${five(shard)}-of-${five(this.#shards)}`;
  }

  #error(what: string): CheckpointError {
    return new CheckpointError(this.#files.index.name, null, what);
  }
}

/** How many shards there are. */
function readHeader(file: string, value: Uint8Array | undefined): number {
  if (!value) throw new CheckpointError(file, null, "a table, but not of a checkpoint: it has no header");
  const { numShards, endianness, version } = decode(file, "the header", () =>
    pb.BundleHeaderProto.decode(value),
  );
  if (endianness === pb.BundleHeaderProto.Endianness.BIG)
    throw new CheckpointError(
      file,
      null,
      "written on a big-endian machine; only little-endian ones are read here",
    );
  const needed = version?.minConsumer ?? 0;
  if (needed > READER_VERSION)
    throw new CheckpointError(
      file,
      null,
      `made for readers of version ${needed}, this one is ${READER_VERSION}`,
    );
  return numShards;
}

function decodeEntry(file: string, key: string, value: Uint8Array): Entry {
  return decode(file, `the entry of "${nameOf(key)}"`, () => {
    const entry = pb.BundleEntryProto.decode(value);
    const [offset, size] = [toNumber(entry.offset), toNumber(entry.size)];
    if (offset < 0 || size < 0) throw new RangeError(`${size} bytes at offset ${offset}`);
    return {
      dtype: entry.dtype,
      shape: decodeShape(entry.shape),
      shard: entry.shardId,
      offset,
      size,
      crc: unmaskCrc(entry.crc32c),
      slices: entry.slices.map(decodeSlice),
    };
  });
}

function decode<T>(file: string, what: string, work: () => T): T {
  try {
    return work();
  } catch (error) {
    throw new CheckpointError(file, null, `${what} cannot be read: ${reasonOf(error)}`);
  }
}

/** Keys are bytes, and not always text: each as a character, to look them up by. */
function keyText(key: Uint8Array): string {
  let text = "";
  for (const byte of key) text += String.fromCharCode(byte);
  return text;
}

function nameOf(key: string): string {
  return new TextDecoder().decode(Uint8Array.from(key, (c) => c.charCodeAt(0)));
}

function partKey(key: string, slice: TensorSlice): string {
  return keyText(sliceKey(nameOf(key), slice));
}
