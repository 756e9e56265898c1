/** The native API, `/api/v1`; its shapes are described in `server/api/types.ts`, its routes in `openapi/`. */
import { type Request, type RequestHandler, type Response, Router } from "express";
import type { StatusSignal } from "../../status-signal.ts";
import type { ServerContext } from "../context.ts";
import { jsonPieces } from "../json.ts";
import { allowOnly } from "../methods.ts";
import { sendPieces } from "../pieces.ts";
import { catalogOf, statusOf } from "./catalog.ts";
import { serveEvents } from "./events.ts";

type Answer = (context: ServerContext, request: Request, response: Response) => Promise<void>;

const GRAPH_QUERIES = [
  ["scope", "answerScope"],
  ["node", "answerNode"],
  ["attribute", "answerAttribute"],
  ["search", "answerSearch"],
  ["trace", "answerTrace"],
  ["table", "answerTable"],
  ["timeline", "answerTimeline"],
  ["memory", "answerMemory"],
  ["diff", "answerDiff"],
  ["step_diff", "answerStepDiff"],
  ["definition", "answerDefinition"],
] as const;

export function nativeRouter(context: ServerContext, signal: StatusSignal): Router {
  const router = Router();
  router.use((_request, response, next) => {
    response.set("Cache-Control", "no-cache");
    next();
  });

  const get = (path: string, handler: RequestHandler): void => {
    router.get(path, handler);
    allowOnly(router, path, "GET");
  };
  const post = (path: string, handler: RequestHandler): void => {
    router.post(path, handler);
    allowOnly(router, path, "POST");
  };
  /** Queries come as parameters, or by POST where they are long. */
  const query = (path: string, handler: RequestHandler): void => {
    router.get(path, handler);
    router.post(path, handler);
    allowOnly(router, path, "GET", "POST");
  };
  /** Loaded when it is first asked for: the server is up sooner without, and without the Arrow library. */
  const later =
    (load: () => Promise<Answer>): RequestHandler =>
    async (request, response) => {
      const answer = await load();
      await answer(context, request, response);
    };

  get("/status", (_request, response) => {
    response.json(statusOf(context));
  });
  get("/catalog", async (request, response) => {
    const { instance, version } = context.store;
    const tag = `"${instance}-${version}"`;
    response.set("ETag", tag);
    // Express's own check gives way to the no-cache that fetch() adds to such requests.
    if (request.headers["if-none-match"]?.includes(tag)) response.status(304).end();
    else sendPieces(response.type("json"), jsonPieces(await catalogOf(context)));
  });
  get("/events", (request, response) => serveEvents(context, signal, request, response));
  query(
    "/series",
    later(async () => (await import("./series-query.ts")).answerSeries),
  );
  query(
    "/aggregate",
    later(async () => (await import("./aggregate-query.ts")).answerAggregate),
  );
  query(
    "/last",
    later(async () => (await import("./last-query.ts")).answerLast),
  );
  query(
    "/records",
    later(async () => (await import("./records-query.ts")).answerRecords),
  );
  query(
    "/embeddings",
    later(async () => (await import("./embeddings/answers.ts")).answerEmbeddings),
  );
  query(
    "/embeddings/vectors",
    later(async () => (await import("./embeddings/vectors.ts")).answerVectors),
  );
  query(
    "/embeddings/metadata",
    later(async () => (await import("./embeddings/answers.ts")).answerPointMetadata),
  );
  get(
    "/embeddings/sprite",
    later(async () => (await import("./embeddings/answers.ts")).answerSprite),
  );
  get(
    "/embeddings/bookmarks",
    later(async () => (await import("./embeddings/answers.ts")).answerBookmarks),
  );
  get(
    "/graph",
    later(async () => (await import("./graphs/answers.ts")).answerListing),
  );
  for (const [path, name] of GRAPH_QUERIES)
    query(
      `/graph/${path}`,
      later(async () => (await import("./graphs/answers.ts"))[name]),
    );
  get(
    "/blob",
    later(async () => (await import("./blob.ts")).answerBlob),
  );
  get(
    "/blob/:key/:index",
    later(async () => (await import("./blob.ts")).answerBlobByKey),
  );
  post(
    "/blobs",
    later(async () => (await import("./blobs.ts")).answerBlobs),
  );
  get(
    "/hparams",
    later(async () => (await import("./hparams.ts")).answerHParams),
  );
  get(
    "/meshes",
    later(async () => (await import("./meshes.ts")).answerMeshes),
  );
  get(
    "/layouts",
    later(async () => (await import("./layouts.ts")).answerLayouts),
  );
  post(
    "/layouts/file",
    later(async () => (await import("./layouts.ts")).answerLayoutFile),
  );
  get(
    "/rendered/:key",
    later(async () => (await import("./blob.ts")).answerRendered),
  );
  get(
    "/openapi.json",
    later(async () => (await import("./openapi/index.ts")).answerOpenApi),
  );
  return router;
}
