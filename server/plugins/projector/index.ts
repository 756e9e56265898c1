/** The embedding projector: matrices of runs, with labels, sprites and bookmarks, from files that stand beside the events. */
import type { Plugin } from "../plugin.ts";

const ROUTES = ["runs", "info", "tensor", "metadata", "bookmarks", "sprite_image"] as const;
export type Route = (typeof ROUTES)[number];

export const projector: Plugin = {
  name: "projector",
  tabName: "projector",
  loading: { type: "IFRAME", module_path: "/data/plugin/projector/index.js" },
  disableReload: true,
  active: async (data) => (await data.projector()).isActive(),
  routes(router, data) {
    for (const route of ROUTES)
      router.get(`/${route}`, async (request, response) => {
        const { answers } = await import("./answers.ts");
        await answers[route](await data.projector(), request, response);
      });
  },
};
