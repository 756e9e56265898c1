/** Embeddings, which stand in files beside the events: what there is, and what is known of their points. */

/**
 * Which runs have embeddings: `GET /api/v1/embeddings`.
 *
 * @example
 * const query: EmbeddingsQuery = { first: true };
 * console.log((await client.embeddings(query)).length); // 1
 */
export interface EmbeddingsQuery {
  /** Only the first run that has some: enough to know whether there are any. */
  readonly first?: boolean;
}

/** What a run has for the projector. */
export interface RunEmbeddingsJson {
  readonly run: string;
  /** The config; where it would be, when embeddings come from a checkpoint alone. */
  readonly config: string;
  /** The checkpoint as the config or state file names it; empty when there is none. */
  readonly checkpoint: string;
  /** Why its variables are missing; null when they are not. */
  readonly checkpoint_problem: string | null;
  readonly tensors: readonly EmbeddingJson[];
}

export interface EmbeddingJson {
  /** What `vectors`, `metadata` and the others take as `name`. */
  readonly name: string;
  /** The name without the step; equal to `name` where there is none. */
  readonly tensor: string;
  /** The step, where the name ends with one of five digits or more, as writers put it. */
  readonly step: number | null;
  /** Rows and columns; null when only reading all of it tells. */
  readonly shape: readonly number[] | null;
  readonly has_metadata: boolean;
  readonly has_bookmarks: boolean;
  /** Width and height of each point's image in the sprite; null when there is none. */
  readonly sprite: readonly number[] | null;
}

/** The form of the answer in JSON. */
export interface EmbeddingsJson {
  readonly runs: readonly RunEmbeddingsJson[];
}

/**
 * Vectors of an embedding: `GET /api/v1/embeddings/vectors`. The answer is float32, little-endian, row by row; headers say
 * its shape (`Tensor-Shape`), how many rows there are in all (`Total-Rows`), and what is wrong with the file (`Problems`).
 *
 * @example
 * const query: VectorsQuery = { run: "rate-0.1", name: "words", from: 1 };
 * console.log((await client.vectors(query)).rows); // 2
 */
export interface VectorsQuery {
  readonly run: string;
  readonly name: string;
  /** The first row that is wanted; default 0. */
  readonly from?: number;
  /** How many rows at most; default all. */
  readonly rows?: number;
}

/**
 * A file of an embedding: `GET /api/v1/embeddings/metadata`, `sprite` and `bookmarks`.
 *
 * @example
 * const query: EmbeddingQuery = { run: "rate-0.1", name: "words" };
 * console.log((await client.pointMetadata(query)).rows); // 3
 */
export interface EmbeddingQuery {
  readonly run: string;
  readonly name: string;
}

/** What is known of the points, column by column. */
export interface PointMetadataJson extends PointMetadataHead {
  readonly columns: readonly PointColumnJson[];
}

export interface PointColumnJson {
  readonly name: string;
  readonly values: readonly string[];
}

/** In the Arrow answer, whose columns are those of the table, this is the schema's metadata `tsboard`. */
export interface PointMetadataHead {
  readonly rows: number;
  /** What is wrong with the file, line by line. */
  readonly problems: readonly string[];
}
