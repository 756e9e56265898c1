/** Meshes: point clouds, or surfaces with faces and colours, per step. */
import { DataType, pb, type TensorValue } from "../../proto/index.ts";
import { badRequest } from "../http/errors.ts";
import { sendJson } from "../http/json.ts";
import { optional, required, wholeNumber } from "../http/parameters.ts";
import { DataClass, type SeriesMetadata } from "../ingest/series-metadata.ts";
import { getOrInsert } from "../util/get-or-insert.ts";
import type { DataProvider, Datum } from "./data-provider.ts";
import { customElement, type Plugin } from "./plugin.ts";
import { isKnownVersion } from "./tag-index.ts";

const { ContentType } = pb.MeshPluginData;
type ContentType = pb.MeshPluginData.ContentType;

/** One part of a mesh (its vertices, faces or colours): each is a series of its own. */
interface Part {
  readonly tag: string;
  readonly data: pb.MeshPluginData;
}

/** Bits of all parts, for logs from before `components` was written. */
const ALL_COMPONENTS = (1 << ContentType.VERTEX) | (1 << ContentType.FACE) | (1 << ContentType.COLOR);

export const mesh: Plugin = {
  name: "mesh",
  tabName: "mesh",
  loading: customElement("mesh-dashboard"),
  routes(router, data) {
    router.get("/tags", (_request, response) => {
      const index = new Map<string, Map<string, { samples: number }>>();
      for (const { run, metadata } of data.list("mesh", DataClass.DATA_CLASS_TENSOR)) {
        const tags = getOrInsert(index, run.name, () => new Map());
        const part = isKnownVersion(metadata) ? partData(metadata) : null;
        // The batch size is the number of samples; stock fails on a shape without one.
        const samples = part?.shape[0];
        if (part && samples !== undefined) tags.set(part.name, { samples });
      }
      sendJson(response, index);
    });

    router.get("/meshes", async (request, response) => {
      const meshes = await partValues(data, required(request, "run"), required(request, "tag"));
      meshes.sort(([, a], [, b]) => (a.step < b.step ? -1 : a.step > b.step ? 1 : 0));
      const rows = meshes.map(([part, { wallTime, step }]) => ({
        wall_time: wallTime,
        step,
        content_type: part.contentType,
        components: part.components || ALL_COMPONENTS,
        config: part.jsonConfig,
        data_shape: part.shape,
      }));
      sendJson(response, rows);
    });

    router.get("/data", async (request, response) => {
      const run = required(request, "run");
      const tag = required(request, "tag");
      const step = Number(optional(request, "step") ?? 0);
      if (Number.isNaN(step)) throw badRequest('parameter "step" is not a number');
      const sample = wholeNumber(request, "sample", 0);
      const contentType = contentTypeOf(required(request, "content_type"));
      const found = (await partValues(data, run, tag)).filter(
        ([part, { step: at }]) => Number(at) === step && part.contentType === contentType,
      );
      const bytes = found.map(([, { value }]) => sampleBytes(value, sample, contentType));
      // Stock's own name for it, which is no registered type: browsers get bytes either way.
      response.setHeader("Content-Type", "arraybuffer");
      response.send(Buffer.concat(bytes));
    });
  },
};

function contentTypeOf(name: string): ContentType {
  switch (name) {
    case "VERTEX":
      return ContentType.VERTEX;
    case "FACE":
      return ContentType.FACE;
    case "COLOR":
      return ContentType.COLOR;
    default:
      throw badRequest('parameter "content_type" is none of VERTEX, FACE, COLOR');
  }
}

/** What a part says of itself; null where it says nothing that can be read. */
export function partData({ content }: SeriesMetadata): pb.MeshPluginData | null {
  try {
    return pb.MeshPluginData.decode(content);
  } catch {
    return null;
  }
}

/** The parts of a mesh: colours, faces, vertices, as stock's saved answers have them, though its order is a hash's. */
function partsOf(data: DataProvider, runName: string, name: string): Part[] {
  const parts: Part[] = [];
  for (const { run, tag, metadata } of data.list("mesh", DataClass.DATA_CLASS_TENSOR)) {
    const part = run.name === runName ? partData(metadata) : null;
    if (part?.name === name) parts.push({ tag, data: part });
  }
  return parts.sort((a, b) => b.data.contentType - a.data.contentType);
}

async function partValues(
  data: DataProvider,
  run: string,
  name: string,
): Promise<[pb.MeshPluginData, Datum<TensorValue>][]> {
  const values: [pb.MeshPluginData, Datum<TensorValue>][] = [];
  for (const part of partsOf(data, run, name))
    for (const datum of (await data.tensors("mesh", run, part.tag)) ?? []) values.push([part.data, datum]);
  return values;
}

/** One mesh of a batch, as the front end reads it: float32 vertices, int32 faces, uint8 colours; little-endian. */
function sampleBytes(
  { dtype, shape, data }: TensorValue,
  sample: number,
  contentType: ContentType,
): Uint8Array {
  const [batch = 0, ...inner] = shape;
  if (dtype === DataType.DT_STRING || sample >= batch)
    throw badRequest(`there is no sample ${sample} of ${batch}`);
  const each = inner.reduce((a, b) => a * b, 1);
  const numbers = Array.from({ length: each }, (_, i) => Number(data[sample * each + i]));
  if (contentType === ContentType.COLOR) return Uint8Array.from(numbers);
  const bytes = new DataView(new ArrayBuffer(each * 4));
  for (const [i, number] of numbers.entries())
    if (contentType === ContentType.VERTEX) bytes.setFloat32(i * 4, number, true);
    else bytes.setInt32(i * 4, number, true);
  return new Uint8Array(bytes.buffer);
}
