/** Which dashboards there are: stock's listing of them, and the page in which it frames one that brings its own code. */
import { createHash } from "node:crypto";
import { setTimeout as after } from "node:timers/promises";
import type { Response } from "express";
import type { DataProvider } from "../plugins/data-provider.ts";
import type { Plugin } from "../plugins/plugin.ts";
import { badRequest, notFound } from "./errors.ts";
import { siteRoot } from "./experiment-path.ts";

/** How long a plugin is waited for that has to look into files: asked once a page, and "no" hides its dashboard. */
const PATIENCE_MILLIS = 3000;

/**
 * Every plugin, and whether any run has data for it.
 *
 * @param present plugins of which any run has data
 * @param response whose request the listing answers: module paths are absolute
 */
export async function pluginsListing(
  plugins: readonly Plugin[],
  present: ReadonlySet<string>,
  data: DataProvider,
  response: Response,
): Promise<object> {
  const root = siteRoot(response);
  const listings = plugins.map(async (plugin) => {
    const enabled = await isEnabled(plugin, present, data);
    return [plugin.name, listing(plugin, enabled, root)] as const;
  });
  return Object.fromEntries(await Promise.all(listings));
}

async function isEnabled(
  { name, dataPlugins, active }: Plugin,
  present: ReadonlySet<string>,
  data: DataProvider,
): Promise<boolean> {
  if (active) return Promise.race([active(data), after(PATIENCE_MILLIS, false, { ref: false })]);
  return (dataPlugins ?? [name]).some((plugin) => present.has(plugin));
}

function listing({ tabName, loading, disableReload }: Plugin, enabled: boolean, root: string): object {
  return {
    disable_reload: disableReload ?? false,
    enabled,
    remove_dom: false,
    tab_name: tabName,
    loading_mechanism:
      loading.type === "IFRAME" ? { ...loading, module_path: root + loading.module_path } : loading,
  };
}

/** What a framed dashboard may do on stock's server, but for running text as code: styles of its own, and a frame. */
const FRAMED_POLICY = [
  "default-src 'self'",
  "img-src 'self' data: blob:",
  "object-src 'none'",
  "style-src 'self' data: 'unsafe-inline'",
  "base-uri 'self'",
];

/**
 * Answers with the page of a plugin that is framed: it loads the plugin's module and has it draw.
 *
 * @param ancestors who may frame it, as the page itself
 * @throws HttpError 404 when there is no such plugin, 400 when it is not framed
 */
export function sendPluginEntry(
  plugins: readonly Plugin[],
  name: string | undefined,
  ancestors: readonly string[],
  response: Response,
): void {
  const plugin = plugins.find((one) => one.name === name);
  if (!plugin) throw notFound(`no plugin "${name ?? ""}"`);
  if (plugin.loading.type !== "IFRAME") throw badRequest(`plugin "${plugin.name}" is not loaded as a module`);
  const folder = `/data/plugin/${plugin.name}/`;
  const module = JSON.stringify(`./${plugin.loading.module_path.slice(folder.length)}`);
  const script = `import(${module}).then((m) => void m.render());`;
  const hash = createHash("sha256").update(script).digest("base64");
  response.setHeader(
    "Content-Security-Policy",
    [...FRAMED_POLICY, `frame-ancestors ${ancestors.join(" ")}`, `script-src 'self' 'sha256-${hash}'`].join(
      ";",
    ),
  );
  response
    .type("text/html")
    .send(
      `<!DOCTYPE html>\n<head><base href="plugin/${plugin.name}/" /></head>\n` +
        `<body><script type="module">${script}</script></body>\n`,
    );
}
