/**
 * `/api/v1/blob`: the bytes of one value, as an image, a clip, or bytes that are nothing to a browser. By key, where they
 * never change; or by run, tag and step, where a restart may bring others.
 */
import type { Request, Response } from "express";
import type { RenderedText } from "../../api/types.ts";
import { readValues } from "../../ingest/read-record.ts";
import { tensorHtml } from "../../markdown/tensor-html.ts";
import type { Store } from "../../store/store.ts";
import type { ServerContext } from "../context.ts";
import { badRequest, notFound } from "../errors.ts";
import { fromPath, optional, required, wholeNumber } from "../parameters.ts";
import { bytesIn, NO_VALUE, noBlob, type TypedBytes } from "./blob-bytes.ts";
import { dtypeName } from "./dtype.ts";
import { findByKey, type KeyedRecord, keyOf } from "./record-key.ts";
import { hasBlobs, readTensors } from "./record-values.ts";

/** `blob/KEY/INDEX`. @throws HttpError 404 when it is not there (any more) */
export async function answerBlobByKey(
  context: ServerContext,
  request: Request,
  response: Response,
): Promise<void> {
  const index = fromPath(request, "index");
  if (!/^\d{1,9}$/.test(index)) throw badRequest("the number of a blob is a whole number from 0");
  const found = recordOf(context, request);
  const blob = await readBlob(context, found, Number(index));
  response.set(KEPT_FOR_GOOD);
  send(response, blob);
}

/** `rendered/KEY`: a text, its Markdown as HTML that is safe to show. @throws HttpError 404 when there is none */
export async function answerRendered(
  context: ServerContext,
  request: Request,
  response: Response,
): Promise<void> {
  const { series, ref } = recordOf(context, request);
  const [tensor = null] = await readTensors(context, [ref]);
  if (!tensor || hasBlobs(series)) throw notFound(`no text at step ${ref.step} of tag "${series.tag}"`);
  const answer: RenderedText = { html: await tensorHtml(tensor, true) };
  response.set(KEPT_FOR_GOOD);
  response.json(answer);
}

/** What a key stands for never changes. */
const KEPT_FOR_GOOD = { "Cache-Control": "private, max-age=31536000, immutable" };

function recordOf({ store }: ServerContext, request: Request): KeyedRecord {
  const found = findByKey(store, fromPath(request, "key"));
  if (found) return found;
  throw notFound(NO_VALUE);
}

/** `blob?run=…&tag=…&step=…&index=…`. @throws HttpError 404 when there is no such value */
export async function answerBlob(
  context: ServerContext,
  request: Request,
  response: Response,
): Promise<void> {
  const index = wholeNumber(request, "index", 0);
  const { key, ...found } = findByStep(context.store, request);
  const etag = `"${key}-${index}"`;
  response.set("ETag", etag);
  if (request.headers["if-none-match"]?.includes(etag)) {
    response.status(304).end();
    return;
  }
  send(response, await readBlob(context, found, index));
}

function findByStep(store: Store, request: Request): KeyedRecord & { readonly key: string } {
  const name = required(request, "run");
  const tag = required(request, "tag");
  const run = store.run(name);
  const series = run?.series.get(tag);
  if (!run || series?.kind !== "records" || series.data.length === 0)
    throw notFound(`no values of tag "${tag}" in run "${name}" but scalars, if any`);
  const { data } = series;
  const text = optional(request, "step");
  const step = text === undefined ? data.at(data.length - 1).step : toStep(text);
  const [row, end] = data.range(step, step);
  if (row === end) throw notFound(`no value at step ${step} of tag "${tag}" in run "${name}"`);
  const ref = data.at(row);
  return { series, ref, key: keyOf(store, run, series, ref) };
}

function toStep(text: string): number | bigint {
  if (!/^-?\d{1,19}$/.test(text)) throw badRequest('parameter "step" is no whole number');
  const number = Number(text);
  return Number.isSafeInteger(number) ? number : BigInt(text);
}

async function readBlob({ loader }: ServerContext, found: KeyedRecord, index: number): Promise<TypedBytes> {
  const [blob] = await readValues(
    [found.ref],
    (file) => loader.fileOf(file),
    (event) => bytesIn(event, found)(index) ?? null,
  );
  if (!blob) throw notFound(noBlob(found, index));
  return blob;
}

function send(response: Response, { bytes, type, tensor }: TypedBytes): void {
  // Whoever opens the address itself gets no page of ours.
  response.set("Content-Security-Policy", "default-src 'none'; sandbox");
  if (tensor)
    response.set({ "Tensor-Dtype": dtypeName(tensor.dtype), "Tensor-Shape": tensor.shape.join(",") });
  response.type(type).send(Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength));
}
