/**
 * `/experiment/<id>/` before any path: stock serves every experiment of a log directory alike, and so there is one
 * here, whatever it is called.
 */
import type { RequestHandler, Response } from "express";

const EXPERIMENT = /^\/experiment\/[^/?]*/;
const ROOT = "root";

/** Takes the experiment out of the path, and remembers the path that the site then stands under. */
export function experimentPath(pathPrefix: string): RequestHandler {
  return (request, response, next) => {
    const [experiment = ""] = EXPERIMENT.exec(request.url) ?? [];
    const rest = request.url.slice(experiment.length);
    if (experiment !== "" && !rest.startsWith("/")) {
      // The page's own links are relative.
      response.redirect(301, `${pathPrefix}${experiment}/${rest}`);
      return;
    }
    response.locals[ROOT] = pathPrefix + experiment;
    request.url = rest;
    next();
  };
}

/** The path that the site stands under for this request; no `/` at its end. */
export function siteRoot(response: Response): string {
  const root: unknown = response.locals[ROOT];
  return typeof root === "string" ? root : "";
}
