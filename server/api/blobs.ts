/** Shapes of `/api/v1/blobs`: the bytes of several values in one answer. */

/** Query of `/api/v1/blobs`: which bytes, 256 at most. They come in the order in which they are named. */
export interface BlobsQuery {
  readonly blobs: readonly BlobPlace[];
}

/**
 * Where bytes are.
 *
 * @example
 * const places: BlobPlace[] = [{ key: "of-another-server" }];
 * const [answer] = await client.blobs(places);
 * console.log(answer !== undefined && "problem" in answer && answer.status); // 404
 */
export interface BlobPlace {
  /** As `records` gives it. */
  readonly key: string;
  /** Which of the value's blobs, from 0 (default); of a numeric tensor, 0 is all of it. */
  readonly index?: number;
}

/**
 * What stands before the bytes, as JSON in UTF-8; before it, how many bytes it has itself: a little-endian uint32. After
 * it come the bytes of all that are given, in the same order, with nothing between them.
 */
export type BlobsHead = readonly (BlobHead | BlobProblem)[];

export interface BlobHead {
  /** As the content type of `blob/KEY/INDEX` says it. */
  readonly type: string;
  /** How many of the answer's bytes are its. */
  readonly bytes: number;
  /** Of a numeric tensor: TensorFlow's name of its type. The bytes are its numbers, little-endian and row-major. */
  readonly dtype?: string;
  readonly shape?: readonly number[];
}

export interface BlobProblem {
  /** Why it is not given, in words. */
  readonly problem: string;
  /** 404: it is not there (any more). 413: this answer has no room for it; `blob/KEY/INDEX` gives it by itself. */
  readonly status: number;
}
