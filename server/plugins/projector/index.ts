/** The embedding projector: matrices of runs, with labels, sprites and bookmarks, from files that stand beside the events. */
import { getOrInsert } from "../../util/get-or-insert.ts";
import type { DataProvider } from "../data-provider.ts";
import type { Plugin } from "../plugin.ts";
import type { Projector } from "./projector.ts";

const ROUTES = ["runs", "info", "tensor", "metadata", "bookmarks", "sprite_image"] as const;
export type Route = (typeof ROUTES)[number];

/** One a server: what was read is kept. */
const projectors = new WeakMap<DataProvider, Promise<Projector>>();

/** Loaded when it is first asked: the server starts sooner without. */
const projectorOf = (data: DataProvider): Promise<Projector> =>
  getOrInsert(projectors, data, async () => new (await import("./projector.ts")).Projector(data));

export const projector: Plugin = {
  name: "projector",
  tabName: "projector",
  loading: { type: "IFRAME", module_path: "/data/plugin/projector/index.js" },
  disableReload: true,
  active: async (data) => (await projectorOf(data)).isActive(),
  routes(router, data) {
    for (const route of ROUTES)
      router.get(`/${route}`, async (request, response) => {
        const { answers } = await import("./answers.ts");
        await answers[route](await projectorOf(data), request, response);
      });
  },
};
