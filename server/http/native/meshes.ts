/** `/api/v1/meshes`: which series make a mesh. What they are of stands in their metadata, not in their names. */
import type { Request, Response } from "express";
import { pb } from "../../../proto/index.ts";
import type { MeshesJson, MeshInfo } from "../../api/types.ts";
import { DataClass } from "../../ingest/series-metadata.ts";
import { renderMarkdown } from "../../markdown/index.ts";
import { DataProvider } from "../../plugins/data-provider.ts";
import { partData } from "../../plugins/mesh.ts";
import { isKnownVersion } from "../../plugins/tag-index.ts";
import type { ServerContext } from "../context.ts";

const { ContentType } = pb.MeshPluginData;

/** Parts that are no vertices, faces or colours are of versions to come. */
const PARTS: ReadonlyMap<number, "vertices" | "faces" | "colors"> = new Map([
  [ContentType.VERTEX, "vertices"],
  [ContentType.FACE, "faces"],
  [ContentType.COLOR, "colors"],
]);

export async function answerMeshes(
  context: ServerContext,
  _request: Request,
  response: Response,
): Promise<void> {
  const found = new Map<string, MeshInfo>();
  for (const { run, tag, metadata } of new DataProvider(context).list("mesh", DataClass.DATA_CLASS_TENSOR)) {
    const data = isKnownVersion(metadata) ? partData(metadata) : null;
    const part = data && PARTS.get(data.contentType);
    if (!part) continue;
    const key = JSON.stringify([run.name, data.name]);
    const known = found.get(key);
    const { displayName, description } = metadata;
    found.set(key, {
      run: run.name,
      name: data.name,
      display_name: known?.display_name || displayName,
      description: known?.description || renderMarkdown(description),
      samples: Math.max(known?.samples ?? 0, Number(data.shape[0] ?? 1)),
      config: known?.config || data.jsonConfig,
      vertices: known?.vertices ?? null,
      faces: known?.faces ?? null,
      colors: known?.colors ?? null,
      [part]: tag,
    });
  }
  const answer: MeshesJson = { meshes: [...found.values()] };
  response.json(answer);
}
