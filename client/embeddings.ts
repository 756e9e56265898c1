/** Embeddings, as the server tells of them: which there are, their vectors, and what is known of their points. */
import type {
  EmbeddingJson,
  EmbeddingsJson,
  PointMetadataHead,
  RunEmbeddingsJson,
} from "../server/api/types.ts";
import { columnOf, decodeTable, metadataOf } from "./arrow-columns.ts";
import { type Decoder, flag, list, nullable, number, record, text } from "./decoder.ts";

/**
 * What a run has for the projector.
 *
 * @example
 * const names = ({ tensors }: RunEmbeddings) => tensors.map(({ name }) => name);
 * console.log((await client.embeddings()).flatMap(names).length); // 1
 */
export type RunEmbeddings = RunEmbeddingsJson;

/**
 * An embedding: a matrix, one row a point.
 *
 * @example
 * const size = ({ shape }: Embedding) => shape?.join(" x ") ?? "unknown";
 * const [run] = await client.embeddings();
 * console.log(run?.tensors.map(size)); // 3 x 2
 */
export type Embedding = EmbeddingJson;

/**
 * Vectors of an embedding, as many as were asked for.
 *
 * @example
 * const { rows, columns, data }: Vectors = await client.vectors({ run: "rate-0.1", name: "words" });
 * console.log(rows, columns, data); // 3 2 0,1,1,0,1,1
 */
export interface Vectors {
  readonly rows: number;
  readonly columns: number;
  /** Row by row. */
  readonly data: Float32Array;
  /** Rows that there are in all. */
  readonly totalRows: number;
  /** What is wrong with the file, line by line. Rows that do not fit are there, and NaN. */
  readonly problems: readonly string[];
}

/**
 * What is known of the points, column by column.
 *
 * @example
 * const { columns }: PointMetadata = await client.pointMetadata({ run: "rate-0.1", name: "words" });
 * console.log(columns.map(({ name, values }) => `${name}: ${values}`)); // label: tea,cat,dog
 */
export interface PointMetadata {
  readonly columns: readonly PointColumn[];
  readonly rows: number;
  /** What is wrong with the file, line by line. */
  readonly problems: readonly string[];
}

/**
 * A column of it: text of each row, many of which may be the same.
 *
 * @example
 * const textOf = ({ values, indices }: PointColumn, row: number) => values[indices[row] ?? 0];
 * const { columns } = await client.pointMetadata({ run: "rate-0.1", name: "words" });
 * console.log(columns[0] && textOf(columns[0], 1)); // cat
 */
export interface PointColumn {
  readonly name: string;
  /** Each text once. */
  readonly values: readonly string[];
  /** Of each row, which of the texts it is. */
  readonly indices: Int32Array;
}

const embedding = record<EmbeddingJson>({
  name: text,
  tensor: text,
  step: nullable(number),
  shape: nullable(list(number)),
  has_metadata: flag,
  has_bookmarks: flag,
  sprite: nullable(list(number)),
});

const embeddings = record<EmbeddingsJson>({
  runs: list(
    record<RunEmbeddingsJson>({
      run: text,
      config: text,
      checkpoint: text,
      checkpoint_problem: nullable(text),
      tensors: list(embedding),
    }),
  ),
});

export function decodeEmbeddings(value: unknown): readonly RunEmbeddings[] {
  return embeddings(value, "embeddings").runs;
}

/** Shape, rows in all and problems out of an answer's headers. */
export function decodeVectorsHead({ headers }: Response): Omit<Vectors, "data"> {
  const [rows = Number.NaN, columns = Number.NaN] = (headers.get("Tensor-Shape") ?? "")
    .split(",")
    .map(Number);
  if (!Number.isInteger(rows) || !Number.isInteger(columns))
    throw new TypeError("the server's answer has no Tensor-Shape");
  const problems: unknown = JSON.parse(decodeURIComponent(headers.get("Problems") ?? "[]"));
  return {
    rows,
    columns,
    totalRows: Number(headers.get("Total-Rows") ?? rows),
    problems: list(text)(problems, "Problems"),
  };
}

const metadataHead: Decoder<PointMetadataHead> = record<PointMetadataHead>({
  rows: number,
  problems: list(text),
});

export function decodePointMetadata(bytes: Uint8Array): PointMetadata {
  const table = decodeTable(bytes);
  const columns = table.names.map((name) => toPointColumn(String(name), columnOf(table, String(name))));
  return { columns, ...metadataHead(metadataOf(table), "metadata") };
}

function toPointColumn(name: string, column: Iterable<unknown> & { readonly length: number }): PointColumn {
  const places = new Map<string, number>();
  const indices = new Int32Array(column.length);
  let row = 0;
  for (const value of column) {
    const text = String(value);
    const place = places.get(text) ?? places.size;
    if (place === places.size) places.set(text, place);
    indices[row++] = place;
  }
  return { name, values: [...places.keys()], indices };
}
