/** Queries of `/api/v1/embeddings` and below: what there is, metadata, sprites, bookmarks. */
import type { Request, Response } from "express";
import type { EmbeddingJson, EmbeddingsJson, PointMetadataJson } from "../../../api/types.ts";
import { fileOf } from "../../../projector/ask.ts";
import type { Embedding } from "../../../projector/embedding.ts";
import { sendFile, sendImage } from "../../../projector/file-answer.ts";
import { projectorOf } from "../../../projector/logs.ts";
import { MetadataError, readMetadata } from "../../../projector/metadata-table.ts";
import type { Projector } from "../../../projector/projector.ts";
import type { RunSetup } from "../../../projector/run-setup.ts";
import type { ServerContext } from "../../context.ts";
import { HttpError } from "../../errors.ts";
import { toJson } from "../../json.ts";
import { encodeTable, repeatedTextColumn } from "../arrow.ts";
import { readQuery } from "../fields.ts";
import { sendForm } from "../forms.ts";
import { embeddingFields, embeddingsFields } from "./queries.ts";

export async function answerEmbeddings(
  context: ServerContext,
  request: Request,
  response: Response,
): Promise<void> {
  const { first = false } = await readQuery(request, embeddingsFields);
  const answer = await embeddingsOf(await projectorOf(context), first);
  sendForm(request, response, { json: () => toJson(answer) });
}

async function embeddingsOf(ours: Projector, first: boolean): Promise<EmbeddingsJson> {
  if (first && !(await ours.isActive())) return { runs: [] };
  const runs: EmbeddingsJson["runs"][number][] = [];
  for await (const { run, setup } of ours.setups()) {
    runs.push(await runOf(ours, run, setup));
    if (first) break;
  }
  return { runs };
}

async function runOf(ours: Projector, run: string, setup: RunSetup): Promise<EmbeddingsJson["runs"][number]> {
  const embeddings = await ours.withShapes(setup);
  return {
    run,
    config: setup.file,
    checkpoint: setup.checkpointPath,
    checkpoint_problem: setup.checkpointProblem,
    tensors: embeddings.map(toEmbeddingJson),
  };
}

function toEmbeddingJson({ name, shape, metadataPath, bookmarksPath, sprite }: Embedding): EmbeddingJson {
  // As tensorboardX and we name steps. `x:0` is TensorFlow's name of an output.
  const [, tensor = name, step] = /^(.+):(\d{5,15})$/s.exec(name) ?? [];
  const [width = 0, height = 0] = sprite?.singleImageDim ?? [];
  return {
    name,
    tensor,
    step: step === undefined ? null : Number(step),
    shape: shape.length === 2 ? shape : null,
    has_metadata: metadataPath !== "",
    has_bookmarks: bookmarksPath !== "",
    sprite: sprite && sprite.imagePath !== "" ? [width, height] : null,
  };
}

export async function answerPointMetadata(
  context: ServerContext,
  request: Request,
  response: Response,
): Promise<void> {
  const { run, name } = await readQuery(request, embeddingFields);
  const file = await fileOf(await projectorOf(context), run, name, "metadata");
  const { columns, ...head } = await readMetadata(file).catch((error: unknown) => {
    throw error instanceof MetadataError ? new HttpError(500, error.message) : error;
  });
  const answer: PointMetadataJson = { ...head, columns };
  sendForm(request, response, {
    json: () => toJson(answer),
    arrow: () => encodeTable(uniquelyNamed(columns), head),
  });
}

/** Arrow's tables have a column of a name once; a table of people's may have several. */
function uniquelyNamed(columns: PointMetadataJson["columns"]) {
  const taken = new Set<string>();
  return columns.map(({ name, values }) => {
    let own = name;
    for (let i = 2; taken.has(own); i++) own = `${name} (${i})`;
    taken.add(own);
    return [own, repeatedTextColumn(values)] as const;
  });
}

export async function answerSprite(
  context: ServerContext,
  request: Request,
  response: Response,
): Promise<void> {
  const { run, name } = await readQuery(request, embeddingFields);
  // Whoever opens the address itself gets no page of ours.
  response.set("Content-Security-Policy", "default-src 'none'; sandbox");
  await sendImage(response, await fileOf(await projectorOf(context), run, name, "sprite image"));
}

export async function answerBookmarks(
  context: ServerContext,
  request: Request,
  response: Response,
): Promise<void> {
  const { run, name } = await readQuery(request, embeddingFields);
  const file = await fileOf(await projectorOf(context), run, name, "bookmarks");
  await sendFile(response.type("application/json"), file);
}
