/**
 * Files of vectors that configs name: tab-separated text, or float32 as bytes. As in TensorBoard the ending says nothing:
 * what is no matrix as text is bytes, and then the config must say the shape.
 */
import { openHandle, readWhole } from "../logdir/open-file.ts";
import { type Stamp, stampOf } from "./stamp.ts";
import { decodeText } from "./text-file.ts";
import { type Matrix, TsvError, TsvParser } from "./tsv-parser.ts";
import { TsvShape } from "./tsv-shape.ts";

/** A file of vectors that cannot be used, in words. */
export class VectorFileError extends Error {}

/** What a file holds: numbers, or the part of the file that is them. */
export type Vectors =
  | { readonly kind: "numbers"; readonly data: Float32Array }
  | { readonly kind: "bytes"; readonly file: string; readonly length: number };

/** A matrix in a file, as far as it can be read: rows that do not fit are there, without values. */
export interface WholeVectors {
  readonly rows: number;
  readonly columns: number;
  readonly vectors: Vectors;
  /** What is wrong, line by line. */
  readonly problems: readonly string[];
}

/** Text that is not UTF-8 with plain line ends is held in memory to be read. */
const MAX_ODD_TEXT_BYTES = 1 << 29;
/** Problems of a file that are told one by one. */
const MAX_PROBLEMS = 20;

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
  /** The last file that was read in spite of its faults. */
  readonly #odd = new Map<string, { readonly stamp: string; readonly vectors: WholeVectors }>();
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

  /**
   * All vectors of a file, with what is wrong with it. What TensorBoard refuses is read as far as it goes: uneven rows,
   * words among the numbers, other encodings and line ends, bytes that end early.
   *
   * @param file free of links
   * @param shape as the config has it; empty when it does not
   * @throws VectorFileError when there is nothing to be had from it
   */
  async readAll(file: string, shape: readonly number[]): Promise<WholeVectors> {
    const stamp = await existing(file);
    try {
      const { rows, columns, data } = await this.#matrix(file, stamp, Number.POSITIVE_INFINITY);
      if (rows === 0) throw new VectorFileError(`"${file}" has no vectors`);
      return { rows, columns, vectors: { kind: "numbers", data }, problems: [] };
    } catch (error) {
      if (!(error instanceof TsvError)) throw error;
      const [count = 0, columns = 0] = shape;
      if (shape.length === 2 && Math.floor(stamp.size / 4) === count * columns && columns > 0)
        return {
          rows: count,
          columns,
          vectors: { kind: "bytes", file, length: 4 * count * columns },
          problems: [],
        };
      return this.#readOdd(file, stamp, shape, error);
    }
  }

  async #readOdd(
    file: string,
    { text: stamp, size }: Stamp,
    shape: readonly number[],
    why: TsvError,
  ): Promise<WholeVectors> {
    const known = this.#odd.get(file);
    if (known?.stamp === stamp) return known.vectors;
    const text = size <= MAX_ODD_TEXT_BYTES ? decodeText(await readWhole(file, file)) : null;
    const vectors = text === null ? shortBytes(file, size, shape, why) : oddText(file, text);
    this.#odd.clear();
    this.#odd.set(file, { stamp, vectors });
    return vectors;
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
  const handle = await openHandle(file, file);
  yield* handle.createReadStream({ highWaterMark: PIECE_BYTES });
}

function oddText(file: string, text: string): WholeVectors {
  const problems: string[] = [];
  let more = 0;
  const parser = new TsvParser(Number.POSITIVE_INFINITY, (problem) => {
    if (problems.length < MAX_PROBLEMS) problems.push(problem);
    else more++;
  });
  const { rows, columns, data } = parsed(file, parser, text);
  if (rows === 0) throw new VectorFileError(`"${file}" has no vectors`);
  if (more > 0) problems.push(`and ${more} more`);
  return { rows, columns, vectors: { kind: "numbers", data }, problems };
}

function parsed(file: string, parser: TsvParser, text: string): Matrix {
  try {
    parser.push(Buffer.from(text));
    return parser.finish();
  } catch (error) {
    throw error instanceof TsvError ? new VectorFileError(`"${file}": ${error.message}`) : error;
  }
}

/** Bytes that are not as many as the config says: the rows that are there. */
function shortBytes(file: string, size: number, shape: readonly number[], why: TsvError): WholeVectors {
  const [count = 0, columns = 0] = shape;
  const there = columns > 0 && shape.length === 2 ? Math.floor(size / 4 / columns) : 0;
  if (there === 0) {
    rawLength(file, size, shape, Number.POSITIVE_INFINITY, why);
    throw new VectorFileError(`"${file}" has no vectors`);
  }
  const rows = Math.min(there, count);
  return {
    rows,
    columns,
    vectors: { kind: "bytes", file, length: 4 * rows * columns },
    problems: [
      `the file has ${size} bytes, but float32 of shape [${count}, ${columns}] take ${4 * count * columns}: ${rows} rows are shown`,
    ],
  };
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
