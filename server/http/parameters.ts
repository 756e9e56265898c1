/** Parameters of requests, checked at the edge: from the query string or from a form. */
import type { Request } from "express";
import { badRequest, HttpError } from "./errors.ts";

/** Longest form or JSON body: room for the names of many thousand runs, and read in a moment. */
const MAX_QUESTION_BYTES = 4 << 20;

/** What is read of a body that is too long, and dropped, so that whoever sends it is not cut off before the answer. */
const MAX_DROPPED_BYTES = 64 << 20;

/** The parameter's value, the first where it is repeated; undefined when absent. */
export function optional(request: Request, name: string): string | undefined {
  return all(request, name)[0];
}

/** @throws HttpError 400 when the parameter is absent */
export function required(request: Request, name: string): string {
  const value = optional(request, name);
  if (value === undefined) throw badRequest(`parameter "${name}" is missing`);
  return value;
}

/**
 * A parameter that counts from 0.
 *
 * @throws HttpError 400 when it is there and no whole number from 0
 */
export function wholeNumber(request: Request, name: string, absent: number): number {
  const value = optional(request, name);
  if (value === undefined) return absent;
  const number = Number(value);
  if (!/^\d+$/.test(value) || !Number.isSafeInteger(number))
    throw badRequest(`parameter "${name}" is no whole number from 0`);
  return number;
}

/** A part of the path that the route names. */
export function fromPath(request: Request, name: string): string {
  const part = request.params[name];
  if (typeof part !== "string") throw badRequest(`the path has no ${name}`);
  return part;
}

/** All values of a parameter, in order. */
export function all(request: Request, name: string): string[] {
  const value: unknown = request.query[name];
  if (typeof value === "string") return [value];
  return Array.isArray(value) ? value.filter((item) => typeof item === "string") : [];
}

/** The whole body. @throws HttpError 413 when it is too long */
export async function body(request: Request, most = MAX_QUESTION_BYTES): Promise<Buffer> {
  const parts: Buffer[] = [];
  let bytes = 0;
  // Left open when it is too long: else nobody would hear why.
  for await (const part of request.iterator({ destroyOnReturn: false })) {
    if (!Buffer.isBuffer(part)) continue;
    bytes += part.length;
    if (bytes <= most) {
      parts.push(part);
      continue;
    }
    parts.length = 0;
    if (bytes > most + MAX_DROPPED_BYTES) {
      request.resume(); // what is still to come goes nowhere, and nothing else comes on this connection
      request.res?.set("Connection", "close");
      break;
    }
  }
  if (bytes > most) throw new HttpError(413, `the request is longer than ${most} bytes`);
  return Buffer.concat(parts);
}

/** Fields of a form, url-encoded or multipart as browsers send them. @throws HttpError 400 when it is neither */
export async function form(request: Request): Promise<Map<string, string[]>> {
  const type = request.headers["content-type"] ?? "";
  const fields = new Map<string, string[]>();
  try {
    const data = await new Response(new Uint8Array(await body(request)), {
      headers: { "content-type": type },
    }).formData();
    for (const name of new Set(data.keys()))
      fields.set(
        name,
        data.getAll(name).filter((value) => typeof value === "string"),
      );
  } catch (error) {
    if (error instanceof HttpError) throw error;
    throw badRequest(`the request's body is not a form (content type "${type}")`);
  }
  return fields;
}

/** The body as JSON. @throws HttpError 400 when it is not */
export async function json(request: Request): Promise<unknown> {
  try {
    return JSON.parse((await body(request)).toString("utf8"));
  } catch (error) {
    if (error instanceof HttpError) throw error;
    throw badRequest(
      `the request's body is not JSON: ${error instanceof Error ? error.message : String(error)}`,
    );
  }
}
