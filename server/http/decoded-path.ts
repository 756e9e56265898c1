/** Paths as stock sees them: with the characters that an escape stands for, as a client may write any of them. */
import type { RequestHandler } from "express";

const ESCAPE = /%[0-9a-f]{2}/gi;
/** What needs no escape in a path, and its slashes. */
const PLAIN = /^[\w\-.~!$&'()*+,;=:@/]$/;

export const decodedPath: RequestHandler = (request, _response, next) => {
  const [path = "", ...query] = request.url.split("?");
  if (path.includes("%")) request.url = [path.replace(ESCAPE, decoded), ...query].join("?");
  next();
};

function decoded(escaped: string): string {
  const character = String.fromCharCode(Number.parseInt(escaped.slice(1), 16));
  return PLAIN.test(character) ? character : escaped;
}
