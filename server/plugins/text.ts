/** Text: Markdown per step, or tables of it. */
import { sendJson } from "../http/json.ts";
import { optional, required } from "../http/parameters.ts";
import { checkAsker } from "../http/pieces.ts";
import { DataClass } from "../ingest/series-metadata.ts";
import { tensorHtml } from "../markdown/tensor-html.ts";
import { customElement, type Plugin } from "./plugin.ts";
import { tagIndex } from "./tag-index.ts";

export const text: Plugin = {
  name: "text",
  tabName: "text",
  loading: customElement("tf-text-dashboard"),
  routes(router, data) {
    router.get("/tags", async (_request, response) => {
      const index = await tagIndex(data, "text", DataClass.DATA_CLASS_TENSOR, ({ tag }) => tag);
      sendJson(response, new Map([...index].map(([run, tags]) => [run, [...tags.keys()]])));
    });

    router.get("/text", async (request, response) => {
      const run = required(request, "run");
      const tag = required(request, "tag");
      const markdown = optional(request, "markdown") !== "false";
      const series = (await data.tensors("text", run, tag)) ?? [];
      const rows: unknown[] = [];
      for (const { wallTime, step, value } of series) {
        checkAsker(response);
        rows.push({ wall_time: wallTime, step, text: await tensorHtml(value, markdown) });
      }
      sendJson(response, rows);
    });
  },
};
