/** Images: one or several pictures per step. */
import { notFound } from "../http/errors.ts";
import { sendJson } from "../http/json.ts";
import { required, wholeNumber } from "../http/parameters.ts";
import { DataClass } from "../ingest/series-metadata.ts";
import { sendBlob } from "./blob-answer.ts";
import { blobKey } from "./blob-key.ts";
import { IMAGE_OFFSET } from "./event-value.ts";
import { imageType } from "./image-type.ts";
import { customElement, type Plugin } from "./plugin.ts";
import { displayOf, tagIndex } from "./tag-index.ts";

export const images: Plugin = {
  name: "images",
  tabName: "images",
  loading: customElement("tf-image-dashboard"),
  routes(router, data) {
    router.get("/tags", async (_request, response) => {
      const index = await tagIndex(data, "images", DataClass.DATA_CLASS_BLOB_SEQUENCE, (listed) => ({
        ...displayOf(listed),
        samples: data.maxBlobs(listed) - IMAGE_OFFSET,
      }));
      sendJson(response, index);
    });

    router.get("/images", (request, response) => {
      const run = required(request, "run");
      const tag = required(request, "tag");
      const index = wholeNumber(request, "sample", 0) + IMAGE_OFFSET;
      const series = data.blobCounts("images", run, tag);
      if (!series) throw notFound(`no images of tag "${tag}" in run "${run}"`);
      const rows = series
        .filter(({ value }) => value > index)
        .map(({ wallTime, step }) => ({
          wall_time: wallTime,
          step,
          query: `blob_key=${blobKey({ plugin: "images", run, tag, step, index })}`,
        }));
      sendJson(response, rows);
    });

    router.get("/individualImage", (request, response) =>
      sendBlob(response, data, required(request, "blob_key"), imageType),
    );
  },
};
