/** Questions to the server that may have been asked before the code that wants the answers was there. */

/** Relative to the page, so that any path prefix works. */
export const BASE = "api/v1/";

/** Older answers are asked for anew. */
const KEPT_MS = 5000;

interface Asked {
  readonly response: Promise<Response>;
  readonly at: number;
}

/** By path and body. The early script and the page's own code have no module in common: they meet here. */
const page = globalThis as { tsboardAsked?: Map<string, Asked> };
page.tsboardAsked ??= new Map();
const asked = page.tsboardAsked;

const keyOf = (path: string, { body }: RequestInit): string =>
  typeof body === "string" ? `${path} ${body}` : path;

/** Asks, for whoever asks the same with `fetchApi` soon: once, and not if it was forgotten before. */
export function askEarly(path: string, request: RequestInit = {}): void {
  const response = fetch(BASE + path, request);
  // Whoever takes it hears of it; it may be nobody.
  response.catch(() => {});
  asked.set(keyOf(path, request), { response, at: performance.now() });
}

/** Nothing that was asked early is of use any more: the logs have changed since. */
export function forgetEarly(): void {
  asked.clear();
}

let open = 0;

/** How many questions have no answer yet: whoever has no hurry waits until there are none. */
export function openQuestions(): number {
  return open;
}

/**
 * Asks the server's own API: a path below `api/v1/`.
 *
 * @throws TypeError when the server cannot be reached, and what `request.signal` was aborted with
 */
export async function fetchApi(path: string, request: RequestInit = {}): Promise<Response> {
  open++;
  try {
    return await answer(path, request);
  } finally {
    open--;
  }
}

async function answer(path: string, request: RequestInit): Promise<Response> {
  if (asked.size === 0) return fetch(BASE + path, request);
  const key = keyOf(path, request);
  const early = asked.get(key);
  asked.delete(key);
  if (!early || performance.now() - early.at > KEPT_MS) return fetch(BASE + path, request);
  const response = await early.response;
  request.signal?.throwIfAborted();
  return response;
}
