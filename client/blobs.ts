/** Decodes answers of `/api/v1/blobs`: a head that says what there is, and the bytes one after the other. */
import type { BlobHead, BlobPlace, BlobProblem, BlobsQuery } from "../server/api/types.ts";
import { type Decoder, list, number, optional, record, text } from "./decoder.ts";
import { MEDIA_TYPES } from "./forms.ts";

/**
 * Bytes of a value.
 *
 * @example
 * const sizeOf = ({ type, bytes }: FoundBlob) => `${bytes.length} bytes, ${type}`;
 * const [note] = await client.records({ tag: "note" });
 * const [found] = await client.blobs([{ key: note!.keys[0]! }]);
 * console.log(found && "bytes" in found && sizeOf(found)); // 11 bytes, application/octet-stream
 */
export interface FoundBlob {
  /** Their content type. */
  readonly type: string;
  readonly bytes: Uint8Array<ArrayBuffer>;
  /** Of a numeric tensor: TensorFlow's name of its type. The bytes are its numbers, little-endian and row-major. */
  readonly dtype?: string;
  readonly shape?: readonly number[];
}

/**
 * Bytes that were not given.
 *
 * @example
 * const sentence = ({ problem, status }: MissingBlob) => `${status}: ${problem}`;
 * const [missing] = await client.blobs([{ key: "x" }]);
 * console.log(missing && "problem" in missing && sentence(missing).slice(0, 35)); // 404: what this key stood for is not
 */
export type MissingBlob = BlobProblem;

export function blobsRequest(places: readonly BlobPlace[], signal?: AbortSignal): RequestInit {
  // Callers may have more in their objects, which the server would refuse.
  const blobs = places.map(({ key, index = 0 }) => ({ key, index }));
  const query: BlobsQuery = { blobs };
  return {
    method: "POST",
    headers: { "Content-Type": MEDIA_TYPES.json },
    body: JSON.stringify(query),
    signal: signal ?? null,
  };
}

const head = record<BlobHead>({
  type: text,
  bytes: number,
  dtype: optional(text),
  shape: optional(list(number)),
});
const problem = record<BlobProblem>({ problem: text, status: number });

const entry: Decoder<BlobHead | BlobProblem> = (value, path) =>
  typeof value === "object" && value !== null && "problem" in value
    ? problem(value, path)
    : head(value, path);
const entries = list(entry);

/** The bytes are views of the answer. @throws TypeError when it is none, or breaks off */
export function decodeBlobs(answer: ArrayBuffer): (FoundBlob | MissingBlob)[] {
  const short = (): TypeError => new TypeError("the server's answer breaks off");
  if (answer.byteLength < 4) throw short();
  let at = 4 + new DataView(answer).getUint32(0, true);
  if (at > answer.byteLength) throw short();
  const json: unknown = JSON.parse(new TextDecoder().decode(new Uint8Array(answer, 4, at - 4)));
  return entries(json, "blobs").map((one) => {
    if ("problem" in one) return one;
    if (at + one.bytes > answer.byteLength) throw short();
    const bytes = new Uint8Array(answer, at, one.bytes);
    at += one.bytes;
    return { ...one, bytes };
  });
}
