/** The compatible face: what stock TensorBoard answers under `/data`, so that its front end and scripts work here. */
import { setTimeout as after } from "node:timers/promises";
import { Router } from "express";
import { DataProvider } from "../plugins/data-provider.ts";
import { plugins } from "../plugins/index.ts";
import type { Plugin } from "../plugins/plugin.ts";
import { version } from "../version.ts";
import type { ServerContext } from "./context.ts";
import { sendJson } from "./json.ts";

/** How long a request waits for what was there at the start to be read: then it answers with what is known. */
const PATIENCE_MILLIS = 300;
/** The same for whether a plugin has something to show: asked once a page, and a dashboard is hidden if it is "no". */
const PLUGIN_PATIENCE_MILLIS = 3000;

export function compatRouter(context: ServerContext): Router {
  const { store, loader, options } = context;
  const data = new DataProvider(context);
  const router = Router();
  const patience = new Promise<void>((resolve) => setTimeout(resolve, PATIENCE_MILLIS).unref());

  router.use(async (_request, response, next) => {
    await Promise.race([loader.firstLoad, patience]);
    response.set("Cache-Control", "no-cache, must-revalidate");
    next();
  });

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
  router.get("/runs", (_request, response) =>
    sendJson(
      response,
      store.runs().map((run) => run.name),
    ),
  );
  router.get("/experiments", (_request, response) => sendJson(response, []));
  router.get("/plugins_listing", async (_request, response) =>
    sendJson(response, await pluginsListing(context, data)),
  );

  for (const plugin of plugins) {
    const routes = Router();
    plugin.routes?.(routes, data);
    router.use(`/plugin/${plugin.name}`, routes);
  }
  return router;
}

async function pluginsListing({ store }: ServerContext, data: DataProvider): Promise<object> {
  const present = new Set<string>();
  for (const { plugin } of store.tags()) present.add(plugin);
  const listings = plugins.map(async (plugin) => {
    const enabled = await isEnabled(plugin, present, data);
    return [plugin.name, listing(plugin, enabled)] as const;
  });
  return Object.fromEntries(await Promise.all(listings));
}

async function isEnabled(
  { name, dataPlugins, active }: Plugin,
  present: ReadonlySet<string>,
  data: DataProvider,
): Promise<boolean> {
  if (active) return Promise.race([active(data), after(PLUGIN_PATIENCE_MILLIS, false, { ref: false })]);
  return (dataPlugins ?? [name]).some((plugin) => present.has(plugin));
}

function listing({ tabName, loading, disableReload }: Plugin, enabled: boolean): object {
  return {
    disable_reload: disableReload ?? false,
    enabled,
    remove_dom: false,
    tab_name: tabName,
    loading_mechanism: loading,
  };
}
