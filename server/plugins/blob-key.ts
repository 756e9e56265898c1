/** Opaque keys of blobs (images, audio clips), as they stand in answers and come back in requests. */

/** Which blob of which value. */
export interface BlobAddress {
  readonly plugin: string;
  readonly run: string;
  readonly tag: string;
  readonly step: number | bigint;
  /** Place in the value's blob sequence. */
  readonly index: number;
}

export function blobKey({ plugin, run, tag, step, index }: BlobAddress): string {
  return Buffer.from(JSON.stringify([plugin, run, tag, String(step), index])).toString("base64url");
}

/** Null when the text is not one of our keys. */
export function parseBlobKey(key: string): BlobAddress | null {
  try {
    const parts: unknown = JSON.parse(Buffer.from(key, "base64url").toString("utf8"));
    if (!Array.isArray(parts)) return null;
    const [plugin, run, tag, step, index]: unknown[] = parts;
    if (typeof plugin !== "string" || typeof run !== "string" || typeof tag !== "string") return null;
    if (typeof step !== "string" || typeof index !== "number") return null;
    const number = Number(step);
    return { plugin, run, tag, step: Number.isSafeInteger(number) ? number : BigInt(step), index };
  } catch {
    return null;
  }
}
