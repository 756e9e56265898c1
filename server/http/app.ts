/** The HTTP application: both faces and the page, under the path prefix, behind the checks of `security.ts`. */
import { existsSync } from "node:fs";
import type { ServerResponse } from "node:http";
import path from "node:path";
import { fileURLToPath } from "node:url";
import compression, { type CompressionFilter } from "compression";
import express, { type Express, type RequestHandler, Router, static as serveStatic } from "express";
import type { StatusSignal } from "../status-signal.ts";
import type { ServerContext } from "./context.ts";
import { decodedPath } from "./decoded-path.ts";
import { answerError } from "./errors.ts";
import { experimentPath } from "./experiment-path.ts";
import { frameAncestors } from "./frame-policy.ts";
import { ingestRouter } from "./native/ingest.ts";
import { nativeRouter } from "./native/router.ts";
import { checkHost, checkSite, securityHeaders } from "./security.ts";

export function createApp(context: ServerContext, signal: StatusSignal): Express {
  const { options } = context;
  const app = express();
  app.disable("x-powered-by");
  app.set("query parser", "simple");
  app.enable("case sensitive routing");
  app.use(checkHost(options.host, options.allowedHosts));
  app.use(securityHeaders(frameAncestors(options.frameAncestors)));

  const site = Router({ caseSensitive: true });
  site.use(decodedPath, experimentPath(options.pathPrefix));
  // Which pages may write is a question of its own.
  site.use("/api/v1/ingest", ingestRouter(context));
  site.use(checkSite(options.allowedHosts));
  site.use(
    "/data",
    compression({ filter: isText, threshold: 0 }),
    lazily(async () => (await import("./compat.ts")).compatRouter(context)),
  );
  site.use(compression({ filter: isWorthIt }));
  site.use("/api/v1", nativeRouter(context, signal));
  site.use(page());
  app.use(options.pathPrefix || "/", site);
  app.use((request, response) => {
    response.status(404).type("text/plain").send(`nothing at ${request.path}\n`);
  });
  app.use(answerError);
  return app;
}

/** Loads what answers with the first request: whoever looks at our own page never needs stock's API. */
function lazily(load: () => Promise<RequestHandler>): RequestHandler {
  let loaded: Promise<RequestHandler> | undefined;
  return async (request, response, next) => {
    loaded ??= load();
    (await loaded)(request, response, next);
  };
}

/**
 * All that is worth it. Events must go out at once, and numbers as their bytes become hardly smaller: of 80 MB of vectors
 * a twelfth went, in ten seconds of a core.
 */
const isWorthIt: CompressionFilter = (request, response) =>
  !/^(text\/event-stream|application\/octet-stream)/.test(typeOf(response)) &&
  compression.filter(request, response);

/** What stock compresses, of every length (`_TEXTUAL_MIMETYPES` in `http_util.py`): no pictures, no vectors. */
const isText: CompressionFilter = (_request, response) =>
  /^(text\/|application\/(json|javascript)|image\/svg\+xml)/.test(typeOf(response));

const typeOf = (response: ServerResponse): string => String(response.getHeader("Content-Type"));

/** The built page. */
function page(): Router {
  const router = Router();
  const directory = pageDirectory();
  if (directory === null) {
    router.get("/", (_request, response) => {
      response.status(503).type("text/plain").send("The page is not built: run `npm run build`.\n");
    });
    return router;
  }
  // Names of assets carry a hash of what is in them.
  router.use("/assets", serveStatic(path.join(directory, "assets"), { immutable: true, maxAge: "1y" }));
  router.use(
    serveStatic(directory, {
      cacheControl: false,
      setHeaders: (r) => r.setHeader("Cache-Control", "no-cache"),
    }),
  );
  return router;
}

/** Beside the built server, or in dist/ when run from the sources. */
function pageDirectory(): string | null {
  const candidates = ["../../ui", "../../dist/ui"].map((relative) =>
    fileURLToPath(new URL(relative, import.meta.url)),
  );
  return candidates.find((directory) => existsSync(path.join(directory, "assets"))) ?? null;
}
