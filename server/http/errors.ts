/** Errors that a route answers with a status and a sentence. */
import type { ErrorRequestHandler } from "express";

export class HttpError extends Error {
  readonly status: number;

  constructor(status: number, message: string) {
    super(message);
    this.status = status;
  }
}

/** What a log holds is not what it should be: the request is not to blame. */
export const brokenData = (message: string): HttpError => new HttpError(500, message);
export const badRequest = (message: string): HttpError => new HttpError(400, message);
export const notFound = (message: string): HttpError => new HttpError(404, message);

/** The last handler: known errors in words, others as 500 and in the log as well. */
export const answerError: ErrorRequestHandler = (error: unknown, request, response, _next) => {
  // Whoever asked has gone, perhaps while a body was on its way: there is nobody to tell, and nothing to mend.
  if (response.headersSent || response.closed || request.socket.destroyed) {
    response.destroy();
    return;
  }
  const status = statusOf(error);
  const message = error instanceof Error ? error.message : String(error);
  // What is told in words needs no trace: it is the log that is damaged, not the program.
  const trace = error instanceof HttpError ? [] : [error];
  if (status >= 500) console.error(`${request.method} ${request.originalUrl}: ${message}`, ...trace);
  response.status(status).type("text/plain").send(`${message}\n`);
};

/** Express's own errors (a malformed escape in the path, say) carry a status as well. */
function statusOf(error: unknown): number {
  if (typeof error !== "object" || error === null || !("status" in error)) return 500;
  return typeof error.status === "number" && error.status >= 400 && error.status < 600 ? error.status : 500;
}
