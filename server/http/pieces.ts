/**
 * Answers of any length: short ones are sent whole, long ones piece by piece, no faster than the asker takes them, with
 * the thread for others in between, and no further once the asker has gone.
 */
import type { Response } from "express";
import { Breather } from "../util/breather.ts";
import { answerError, HttpError } from "./errors.ts";

/** Longest answer that is sent whole, with a length and an ETag, in characters. */
const WHOLE_CHARACTERS = 1 << 20;
/** Characters that are written at a time. */
const WRITE_CHARACTERS = 1 << 16;

/** Sends text that comes in pieces, as UTF-8. Headers are set before. What goes wrong is answered, or ends the answer. */
export function sendPieces(response: Response, pieces: Iterator<string, void, undefined>): void {
  let text = "";
  // Errors here are the caller's: nothing was sent.
  while (text.length <= WHOLE_CHARACTERS) {
    const { done, value } = pieces.next();
    if (done) {
      response.send(Buffer.from(text));
      return;
    }
    text += value;
  }
  stream(response, text, pieces).catch((error: unknown) =>
    answerError(error, response.req, response, () => {}),
  );
}

async function stream(
  response: Response,
  start: string,
  rest: Iterator<string, void, undefined>,
): Promise<void> {
  const outlet = new Outlet(response);
  const breather = new Breather();
  for (let text = start; ; ) {
    await breather.pause();
    const { done, value } = rest.next();
    if (done) {
      response.end(text);
      return;
    }
    text += value;
    if (text.length < WRITE_CHARACTERS) continue;
    if (!(await outlet.write(text))) return;
    text = "";
  }
}

/** Where an answer goes: takes as much as the asker does. */
class Outlet {
  readonly #response: Response;
  #wake: () => void = () => {};

  constructor(response: Response) {
    this.#response = response;
    // Once for all waits: what compresses hands listeners on and cannot take them back.
    response.on("drain", () => this.#wake());
    response.on("close", () => this.#wake());
  }

  /** Resolves when there is room for more; false: the asker has gone. */
  async write(text: string): Promise<boolean> {
    if (hasGone(this.#response)) return false;
    if (!this.#response.write(text))
      await new Promise<void>((resolve) => {
        this.#wake = resolve;
      });
    return !hasGone(this.#response);
  }
}

/** Whether nobody waits for the answer any more. */
function hasGone(response: Response): boolean {
  return response.closed || response.destroyed;
}

/**
 * For long work, now and then: ends it when nobody waits for the answer any more.
 *
 * @throws HttpError 499, by which proxies know it, though nobody will read it
 */
export function checkAsker(response: Response): void {
  if (hasGone(response)) throw new HttpError(499, "the asker has gone");
}
