/** Embeddings of the log folder, asked of the server: the list, and one of them with its metadata. */
import { checked } from "../../../../client/api-error.ts";
import {
  decodeEmbeddings,
  decodePointMetadata,
  decodeVectorsHead,
  type Embedding,
  type PointMetadata,
  type RunEmbeddings,
} from "../../../../client/embeddings.ts";
import { queryRequest } from "../../../../client/forms.ts";
import { describeError } from "../../../app/api.ts";
import { count } from "../../../app/format.ts";
import { BASE, fetchApi } from "../../../early/asked.ts";
import type { Vectors } from "../../../projection/types.ts";
import { type Column, columnOf } from "./columns.ts";
import type { DataSet } from "./data-set.ts";

/** Every run with embeddings. */
export async function fetchEmbeddings(signal?: AbortSignal): Promise<readonly RunEmbeddings[]> {
  const response = await checked(await fetchApi("embeddings", queryRequest({}, "json", signal)));
  return decodeEmbeddings(await response.json());
}

/** Told how far loading is, bytes. */
export type OnBytes = (done: number, of: number) => void;

export interface LoadedData {
  readonly data: DataSet;
  readonly vectors: Vectors;
}

/** Vectors, and beside them what is known of the points. A table that cannot be read leaves the points without one. */
export async function loadFromLog(
  run: string,
  embedding: Embedding,
  onBytes: OnBytes,
  signal: AbortSignal,
): Promise<LoadedData> {
  const { name, tensor, step, sprite } = embedding;
  const query = { run, name };
  const metadata = embedding.has_metadata ? fetchMetadata(query, signal) : null;
  // Whoever waits for the vectors first must not leave its failure without anybody.
  metadata?.catch(() => {});
  const { vectors, problems } = await fetchVectors(query, onBytes, signal);
  const table = await metadata?.catch((error: unknown) => {
    signal.throwIfAborted();
    problems.push(`The metadata cannot be shown: ${describeError(error)}`);
    return null;
  });
  const columns = table ? fitColumns(table, vectors.rows, problems) : [];
  const [width = 0, height = 0] = sprite ?? [];
  return {
    vectors,
    data: {
      origin: { kind: "log", run, name, tensor, step },
      title: run === "." ? name : `${run}: ${name}`,
      rows: vectors.rows,
      dims: vectors.dims,
      columns,
      sprite: sprite
        ? { address: `${BASE}embeddings/sprite?${new URLSearchParams(query)}`, width, height }
        : null,
      hasBookmarks: embedding.has_bookmarks,
      problems,
    },
  };
}

async function fetchMetadata(query: object, signal: AbortSignal): Promise<PointMetadata> {
  const response = await checked(await fetchApi("embeddings/metadata", queryRequest(query, "arrow", signal)));
  return decodePointMetadata(new Uint8Array(await response.arrayBuffer()));
}

/** The table's columns for as many rows as there are points. */
function fitColumns(table: PointMetadata, rows: number, problems: string[]): Column[] {
  problems.push(...table.problems.map((problem) => `Metadata, ${problem}`));
  if (table.rows < rows)
    problems.push(
      `The metadata have ${count(table.rows, "row")} for ${count(rows, "point")}: the last have none`,
    );
  if (table.rows > rows)
    problems.push(
      `The metadata have ${count(table.rows, "row")} for ${count(rows, "point")}: those beyond are left out`,
    );
  return table.columns.map(({ name, values, indices }) => {
    const fitted = new Int32Array(rows).fill(-1);
    fitted.set(indices.subarray(0, rows));
    return columnOf(name, values, fitted);
  });
}

/** Straight into one array, as it comes. */
async function fetchVectors(
  query: object,
  onBytes: OnBytes,
  signal: AbortSignal,
): Promise<{ vectors: Vectors; problems: string[] }> {
  const response = await checked(await fetchApi("embeddings/vectors", queryRequest(query, "json", signal)));
  const { rows, columns, problems } = decodeVectorsHead(response);
  const bytes = new Uint8Array(rows * columns * 4);
  let at = 0;
  let told = 0;
  for await (const piece of piecesOf(response)) {
    if (at + piece.length > bytes.length) throw new TypeError("the server sent more vectors than it said");
    bytes.set(piece, at);
    at += piece.length;
    if (at - told > 1 << 20) {
      told = at;
      onBytes(at, bytes.length);
    }
  }
  if (at !== bytes.length) throw new TypeError("the vectors ended early: the connection was lost");
  return {
    vectors: { data: new Float32Array(bytes.buffer), rows, dims: columns },
    problems: problems.map((problem) => `Vectors, ${problem}`),
  };
}

/** Bytes of a piece. */
const PIECE = 1 << 20;

/** A body piece by piece, each good until the next: all in the same memory, where bodies are streams of bytes. */
async function* piecesOf({ body }: Response): AsyncGenerator<Uint8Array> {
  if (!body) return;
  const bytes = byteReader(body);
  const chunks = bytes ? null : body.getReader();
  let room = new ArrayBuffer(PIECE);
  for (;;) {
    const { done, value } = (await bytes?.read(new Uint8Array(room))) ?? (await chunks!.read());
    if (done || !value) return;
    yield value;
    if (bytes) room = value.buffer;
  }
}

/** Null where bodies are no streams of bytes. */
function byteReader(body: ReadableStream<Uint8Array>): ReadableStreamBYOBReader | null {
  try {
    return body.getReader({ mode: "byob" });
  } catch {
    return null;
  }
}

/** The saved views of an embedding, as the file has them. */
export async function fetchBookmarks(run: string, name: string): Promise<unknown> {
  return (await checked(await fetchApi(`embeddings/bookmarks?${new URLSearchParams({ run, name })}`))).json();
}
