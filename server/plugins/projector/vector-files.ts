/**
 * Files of vectors that configs name: tab-separated text, or float32 as bytes. As in TensorBoard the ending says nothing:
 * what is no matrix as text is bytes, and then the config must say the shape.
 */
import { createReadStream } from "node:fs";
import { type Stamp, stampOf } from "./stamp.ts";
import { type Matrix, TsvError, TsvParser } from "./tsv-parser.ts";
import { TsvShape } from "./tsv-shape.ts";

/** A file of vectors that cannot be used, in words. */
export class VectorFileError extends Error {}

/** What a file holds: numbers, or the part of the file that is them. */
export type Vectors =
  | { readonly kind: "numbers"; readonly data: Float32Array }
  | { readonly kind: "bytes"; readonly file: string; readonly length: number };

/** Read at a time: the server answers others in between. */
const PIECE_BYTES = 256 << 10;
/** Parsed matrices that are kept, bytes. */
const KEPT_BYTES = 256 << 20;

interface Kept {
  readonly stamp: string;
  /** Whether these are all rows of the file. */
  readonly whole: boolean;
  readonly matrix: Matrix;
}

export class VectorFiles {
  /** By path, the last used at the end. */
  readonly #kept = new Map<string, Kept>();
  readonly #shapes = new Map<string, { readonly stamp: string; readonly shape: [number, number] | null }>();

  /**
   * Rows and columns of a file of text; null when it is not of text, or empty, and only its config can tell.
   *
   * @param file free of links
   */
  async shape(file: string): Promise<[number, number] | null> {
    const stamp = await existing(file);
    const known = this.#shapes.get(file);
    if (known?.stamp === stamp.text) return known.shape;
    const counted = new TsvShape();
    for await (const chunk of pieces(file)) if (!counted.push(chunk)) break;
    const shape = counted.finish();
    this.#shapes.set(file, { stamp: stamp.text, shape });
    return shape;
  }

  /**
   * The vectors of a file.
   *
   * @param file free of links
   * @param shape as the config has it; empty when it does not
   * @param rows how many to give at most
   * @throws VectorFileError when it is neither a matrix as text nor bytes of that shape
   */
  async read(file: string, shape: readonly number[], rows = Number.POSITIVE_INFINITY): Promise<Vectors> {
    const stamp = await existing(file);
    try {
      const { columns, data } = await this.#matrix(file, stamp, rows);
      return { kind: "numbers", data: data.subarray(0, columns * rows) };
    } catch (error) {
      if (!(error instanceof TsvError)) throw error;
      return { kind: "bytes", file, length: rawLength(file, stamp.size, shape, rows, error) };
    }
  }

  async #matrix(file: string, { text: stamp }: Stamp, rows: number): Promise<Matrix> {
    const known = this.#kept.get(file);
    if (known?.stamp === stamp && (known.whole || known.matrix.rows >= rows)) {
      this.#kept.delete(file);
      this.#kept.set(file, known);
      return known.matrix;
    }
    const { matrix, whole } = await parse(file, rows);
    this.#keep(file, { stamp, whole, matrix });
    return matrix;
  }

  #keep(file: string, kept: Kept): void {
    this.#kept.delete(file);
    this.#kept.set(file, kept);
    let bytes = 0;
    for (const { matrix } of this.#kept.values()) bytes += matrix.data.byteLength;
    for (const [oldest, { matrix }] of this.#kept) {
      if (bytes <= KEPT_BYTES) break;
      bytes -= matrix.data.byteLength;
      this.#kept.delete(oldest);
    }
  }
}

async function existing(file: string): Promise<Stamp> {
  const stamp = await stampOf(file);
  if (!stamp) throw new VectorFileError(`"${file}" is not there, or not a file`);
  return stamp;
}

async function parse(file: string, rows: number): Promise<{ matrix: Matrix; whole: boolean }> {
  const parser = new TsvParser(rows);
  for await (const chunk of pieces(file)) {
    parser.push(chunk);
    if (parser.full) break;
  }
  const matrix = parser.finish();
  return { matrix, whole: !parser.full };
}

async function* pieces(file: string): AsyncGenerator<Buffer> {
  for await (const chunk of createReadStream(file, { highWaterMark: PIECE_BYTES })) yield chunk;
}

/** Bytes of the first rows of a file of float32. */
function rawLength(
  file: string,
  size: number,
  shape: readonly number[],
  rows: number,
  text: TsvError,
): number {
  const [count, columns] = shape;
  const neither = `"${file}" is no matrix as text (${text.message})`;
  if (count === undefined || columns === undefined || shape.length > 2)
    throw new VectorFileError(
      `${neither}; to be read as float32 bytes it needs a tensor_shape of two numbers, not [${shape.join(", ")}]`,
    );
  if (Math.floor(size / 4) !== count * columns)
    throw new VectorFileError(
      `${neither}, and has ${size} bytes where float32 of shape [${count}, ${columns}] take ${4 * count * columns}`,
    );
  return 4 * columns * Math.min(count, rows);
}
