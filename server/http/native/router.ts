/** The native API, `/api/v1`; its shapes are described in `server/api/types.ts`. */
import { type Request, type Response, Router } from "express";
import type { ServerContext } from "../context.ts";
import { allowOnly } from "../methods.ts";
import { catalogOf, statusOf } from "./catalog.ts";
import { type StatusSignal, serveEvents } from "./events.ts";
import { answerQuery, readQuery } from "./series-query.ts";

export function nativeRouter(context: ServerContext, signal: StatusSignal): Router {
  const router = Router();
  router.use((_request, response, next) => {
    response.set("Cache-Control", "no-cache");
    next();
  });

  router.get("/status", (_request, response) => {
    response.json(statusOf(context));
  });

  router.get("/catalog", (request, response) => {
    const { instance, version } = context.store;
    const tag = `"${instance}-${version}"`;
    response.set("ETag", tag);
    // Express's own check gives way to the no-cache that fetch() adds to such requests.
    if (request.headers["if-none-match"]?.includes(tag)) response.status(304).end();
    else response.json(catalogOf(context));
  });

  const series = async (request: Request, response: Response): Promise<void> => {
    const query = await readQuery(request);
    const answer = answerQuery(context.store, query);
    // Loaded with the first series: the server is up sooner without the Arrow library.
    const { ARROW_TYPE, toArrow, toSeriesCsv, toSeriesJson } = await import("./series-formats.ts");
    const form = request.accepts(["application/json", ARROW_TYPE, "text/csv"]);
    response.vary("Accept");
    if (form === ARROW_TYPE) response.type(ARROW_TYPE).send(Buffer.from(toArrow(query.tag, answer)));
    else if (form === "text/csv") response.type("text/csv").send(toSeriesCsv(answer));
    else response.type("application/json").send(toSeriesJson(query.tag, answer));
  };
  router.get("/series", series);
  router.post("/series", series);
  allowOnly(router, "/series", "GET", "POST");

  router.get("/events", (request, response) => serveEvents(context, signal, request, response));
  return router;
}
