/** Answers that are one blob, named by its key. */
import type { Response } from "express";
import { badRequest, notFound } from "../http/errors.ts";
import { parseBlobKey } from "./blob-key.ts";
import type { DataProvider } from "./data-provider.ts";

/**
 * @param typeOf content type of the bytes
 * @throws HttpError 400 when the key is none, 404 when there is nothing (any more) that it stands for
 */
export async function sendBlob(
  response: Response,
  data: DataProvider,
  key: string,
  typeOf: (bytes: Uint8Array) => string,
): Promise<void> {
  const address = parseBlobKey(key);
  if (!address) throw badRequest("the blob key is not one that this server gave out");
  const bytes = await data.blob(address);
  if (!bytes)
    throw notFound(
      `no blob ${address.index} at step ${address.step} of tag "${address.tag}" in run "${address.run}"`,
    );
  response.type(typeOf(bytes)).send(Buffer.from(bytes.buffer, bytes.byteOffset, bytes.length));
}
