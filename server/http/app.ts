/** The HTTP application: both faces and the page, under the path prefix, behind the checks of `security.ts`. */
import { existsSync } from "node:fs";
import path from "node:path";
import { fileURLToPath } from "node:url";
import compression from "compression";
import express, { type Express, Router, static as serveStatic } from "express";
import { compatRouter } from "./compat.ts";
import type { ServerContext } from "./context.ts";
import { answerError } from "./errors.ts";
import { experimentPath } from "./experiment-path.ts";
import type { StatusSignal } from "./native/events.ts";
import { ingestRouter } from "./native/ingest.ts";
import { nativeRouter } from "./native/router.ts";
import { checkHost, securityHeaders } from "./security.ts";

/** Events must go out at once; vectors are numbers that hardly become smaller, and take seconds to find that out. */
const UNCOMPRESSED = ["text/event-stream", "application/octet-stream"];

export function createApp(context: ServerContext, signal: StatusSignal): Express {
  const { options } = context;
  const app = express();
  app.disable("x-powered-by");
  app.set("query parser", "simple");
  app.enable("case sensitive routing");
  app.use(checkHost(options.host, options.allowedHosts));
  app.use(securityHeaders());

  const site = Router({ caseSensitive: true });
  site.use(experimentPath(options.pathPrefix));
  // Stock compresses answers of every length.
  site.use("/data", compression({ threshold: 0 }), compatRouter(context));
  site.use(
    compression({
      filter: (request, response) =>
        !UNCOMPRESSED.includes(String(response.getHeader("Content-Type"))) &&
        compression.filter(request, response),
    }),
  );
  site.use("/api/v1/ingest", ingestRouter(context));
  site.use("/api/v1", nativeRouter(context, signal));
  site.use(page());
  app.use(options.pathPrefix || "/", site);
  app.use((request, response) => {
    response.status(404).type("text/plain").send(`nothing at ${request.path}\n`);
  });
  app.use(answerError);
  return app;
}

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
