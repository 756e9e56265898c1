/** Audio: one or several clips per step. */
import { pb } from "../../proto/index.ts";
import { badRequest, notFound } from "../http/errors.ts";
import { sendJson } from "../http/json.ts";
import { required, wholeNumber } from "../http/parameters.ts";
import { DataClass } from "../ingest/series-metadata.ts";
import { sendBlob } from "./blob-answer.ts";
import { blobKey } from "./blob-key.ts";
import { customElement, type Plugin } from "./plugin.ts";
import { displayOf, tagIndex } from "./tag-index.ts";

const WAV = "audio/wav";
const UNKNOWN = "application/octet-stream";

export const audio: Plugin = {
  name: "audio",
  tabName: "audio",
  loading: customElement("tf-audio-dashboard"),
  routes(router, data) {
    router.get("/tags", async (_request, response) => {
      const index = await tagIndex(data, "audio", DataClass.DATA_CLASS_BLOB_SEQUENCE, (listed) => ({
        ...displayOf(listed),
        samples: data.maxBlobs(listed),
      }));
      sendJson(response, index);
    });

    router.get("/audio", (request, response) => {
      const run = required(request, "run");
      const tag = required(request, "tag");
      const index = wholeNumber(request, "sample", 0);
      const series = data.blobCounts("audio", run, tag);
      const metadata = data.find("audio", DataClass.DATA_CLASS_BLOB_SEQUENCE, run, tag)?.metadata;
      if (!series || !metadata) throw notFound(`no audio of tag "${tag}" in run "${run}"`);
      const contentType = contentTypeOf(metadata.content);
      const rows = series
        // Stock fails for the whole series where one step has exactly `sample` clips; such a step is left out here.
        .filter(({ value }) => value > index)
        .map(({ wallTime, step }) => {
          const key = blobKey({ plugin: "audio", run, tag, step, index });
          return {
            wall_time: wallTime,
            label: "",
            step,
            contentType,
            query: `blob_key=${key}&content_type=${encodeURIComponent(contentType)}`,
          };
        });
      sendJson(response, rows);
    });

    router.get("/individualAudio", async (request, response) => {
      const contentType = required(request, "content_type");
      if (contentType !== WAV && contentType !== UNKNOWN)
        throw badRequest(`"${contentType}" is not a content type of audio here`);
      await sendBlob(response, data, required(request, "blob_key"), () => contentType);
    });
  },
};

/** Content type of the clips that a plugin's metadata stands for. */
function contentTypeOf(content: Uint8Array): string {
  try {
    const { encoding } = pb.AudioPluginData.decode(content);
    return encoding === pb.AudioPluginData.Encoding.WAV ? WAV : UNKNOWN;
  } catch {
    return UNKNOWN;
  }
}
