/** The compatible face: what stock TensorBoard answers under `/data`, so that its front end and scripts work here. */
import { type RequestHandler, Router } from "express";
import { DataProvider } from "../plugins/data-provider.ts";
import { plugins } from "../plugins/index.ts";
import { version } from "../version.ts";
import type { ServerContext } from "./context.ts";
import { frameAncestors } from "./frame-policy.ts";
import { sendJson } from "./json.ts";
import { optional } from "./parameters.ts";
import { pluginsListing, sendPluginEntry } from "./plugins-listing.ts";

/** How long a request waits for what was there at the start to be read: then it answers with what is known. */
const PATIENCE_MILLIS = 300;

export function compatRouter(context: ServerContext): Router {
  const routes = answers(context);
  const router = Router({ caseSensitive: true });
  router.use(wait(context), routes, asGet(routes));
  return router;
}

/** Waits for the first load, and sets the headers of all answers. */
function wait({ loader }: ServerContext): RequestHandler {
  const patience = new Promise<void>((resolve) => setTimeout(resolve, PATIENCE_MILLIS).unref());
  return async (_request, response, next) => {
    await Promise.race([loader.firstLoad, patience]);
    response.set({ "Cache-Control": "no-cache, must-revalidate", Expires: "0" });
    next();
  };
}

/** Stock answers all methods alike, but for routes that say which they take: those were asked before. */
function asGet(routes: Router): RequestHandler {
  return (request, response, next) => {
    if (request.method === "GET" || request.method === "HEAD") return next();
    request.method = "GET";
    routes(request, response, next);
  };
}

function answers(context: ServerContext): Router {
  const { store, options } = context;
  const data = new DataProvider(context);
  const router = Router({ caseSensitive: true });

  router.get("/environment", (_request, response) => {
    sendJson(response, {
      version,
      data_location: options.logdir,
      window_title: options.windowTitle,
      experiment_name: "",
      experiment_description: "",
      creation_time: 0,
    });
  });
  router.get("/logdir", (_request, response) => sendJson(response, { logdir: options.logdir }));
  router.get("/window_properties", (_request, response) =>
    sendJson(response, { window_title: options.windowTitle }),
  );
  router.get("/runs", (_request, response) => {
    const names = store.runs().map((run) => run.name);
    sendJson(response, names);
  });
  router.get("/experiments", (_request, response) => sendJson(response, []));
  router.get("/experiment_runs", (_request, response) => sendJson(response, []));
  // Where stock has news of its own releases.
  router.get("/notifications", (_request, response) => sendJson(response, { notifications: [] }));

  router.get("/plugins_listing", async (_request, response) => {
    const present = new Set([...store.tags()].map(({ plugin }) => plugin));
    sendJson(response, await pluginsListing(plugins, present, data, response));
  });
  router.get("/plugin_entry.html", (request, response) =>
    sendPluginEntry(plugins, optional(request, "name"), frameAncestors(options.frameAncestors), response),
  );

  for (const plugin of plugins) {
    const routes = Router({ caseSensitive: true });
    plugin.routes?.(routes, data);
    router.use(`/plugin/${plugin.name}`, routes);
  }
  return router;
}
