/**
 * `/api/v1/ingest/…`: event files written over HTTP, for trainings that have no disk, such as those in web pages.
 * Only where it is asked for; to requests with the token, from this machine unless asked otherwise, and of pages of other
 * origins only to those that were named.
 */
import { type Request, type RequestHandler, type Response, Router } from "express";
import type { IngestAnswer } from "../../api/types.ts";
import { carriesToken, isLoopbackAddress, mayWrite, type ReceiveOptions } from "../../receive/access.ts";
import { OffsetError } from "../../receive/event-file.ts";
import { Receiver } from "../../receive/receiver.ts";
import { RunNameError } from "../../receive/run-directory.ts";
import { RecordsError } from "../../receive/whole-records.ts";
import type { ServerContext } from "../context.ts";
import { badRequest, HttpError } from "../errors.ts";
import { allowOnly } from "../methods.ts";
import { body, required, wholeNumber } from "../parameters.ts";

/** Most bytes of records in a request: writers send them in smaller parts. */
const MOST_BYTES = 16 << 20;

export function ingestRouter({ options }: ServerContext): Router {
  const router = Router();
  const { ingest } = options;
  if (ingest === undefined) {
    router.use((_request, response) => {
      response.status(404).type("text/plain").send("This server takes no events: start it with --ingest\n");
    });
    return router;
  }
  const receiver = new Receiver(options.sources);
  router.use(checkMachine(ingest), checkOrigin(ingest));
  router.post("/events", checkAuthorization(ingest), (request, response) =>
    append(receiver, request, response),
  );
  allowOnly(router, "/events", "POST");
  return router;
}

async function append(receiver: Receiver, request: Request, response: Response): Promise<void> {
  const name = {
    run: required(request, "run"),
    writer: required(request, "writer"),
    started: wholeNumber(request, "started", 0),
  };
  const offset = uploadOffset(request);
  const records = await body(request, MOST_BYTES);
  if (records.length === 0)
    throw badRequest("the request's body is empty: it is whole records of an event file");
  try {
    const answer: IngestAnswer = { offset: await receiver.append(name, offset, records) };
    response.json(answer);
  } catch (error) {
    if (error instanceof RunNameError || error instanceof RecordsError) throw badRequest(error.message);
    if (error instanceof OffsetError) {
      const answer: IngestAnswer = { offset: error.offset, problem: error.message };
      response.status(409).json(answer);
      return;
    }
    throw isFullDisk(error) ? new HttpError(507, messageOf(error)) : error;
  }
}

/** Bytes that the writer wrote before; the header's name is that of the IETF's resumable uploads. */
function uploadOffset(request: Request): number {
  const header = request.get("Upload-Offset") ?? "";
  if (!/^\d{1,15}$/.test(header))
    throw badRequest(
      "the header Upload-Offset is missing or no whole number: the bytes that were written before",
    );
  return Number(header);
}

function checkMachine({ remote = false }: ReceiveOptions): RequestHandler {
  return (request, _response, next) => {
    if (remote || isLoopbackAddress(request.socket.remoteAddress)) next();
    else
      next(
        new HttpError(403, "events are taken from this machine only; --ingest_remote takes them from others"),
      );
  };
}

/** Answers the questions that browsers ask before they let a page of another origin write. */
function checkOrigin(ingest: ReceiveOptions): RequestHandler {
  return (request, response, next) => {
    const { origin, host } = request.headers;
    response.vary("Origin");
    if (!mayWrite(origin, host, ingest)) {
      next(new HttpError(403, `pages of ${origin} may not write here; --ingest_origin ${origin} lets them`));
      return;
    }
    if (origin !== undefined) response.set("Access-Control-Allow-Origin", origin);
    if (request.method !== "OPTIONS") {
      next();
      return;
    }
    response
      .set("Access-Control-Allow-Methods", "POST")
      .set("Access-Control-Allow-Headers", "Authorization, Content-Type, Upload-Offset")
      // The longest that Chromium keeps it; a page that is closing cannot ask again.
      .set("Access-Control-Max-Age", "7200")
      // Asked by pages that do not come from this machine (wicg.github.io/private-network-access).
      .set("Access-Control-Allow-Private-Network", "true")
      .status(204)
      .end();
  };
}

function checkAuthorization({ token }: ReceiveOptions): RequestHandler {
  return (request, response, next) => {
    if (carriesToken(request.headers.authorization, token)) {
      next();
      return;
    }
    response.set("WWW-Authenticate", "Bearer");
    next(new HttpError(401, "the token is missing or wrong: send the one that the server was started with"));
  };
}

function isFullDisk(error: unknown): boolean {
  return error instanceof Error && "code" in error && (error.code === "ENOSPC" || error.code === "EDQUOT");
}

function messageOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}
