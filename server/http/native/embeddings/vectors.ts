/** Queries of `/api/v1/embeddings/vectors`: float32, as many rows as there are, streamed. */
import type { Request, Response } from "express";
import type { VectorsQuery } from "../../../api/types.ts";
import { setupOf } from "../../../projector/ask.ts";
import { sendFile, sendNumbers } from "../../../projector/file-answer.ts";
import { float32Pieces } from "../../../projector/float32.ts";
import { located } from "../../../projector/located.ts";
import { projectorOf } from "../../../projector/logs.ts";
import { embeddingNamed, type Projector } from "../../../projector/projector.ts";
import { readVariable } from "../../../projector/tensor-answer.ts";
import { VectorFileError } from "../../../projector/vector-files.ts";
import type { ServerContext } from "../../context.ts";
import { badRequest, HttpError } from "../../errors.ts";
import { readQuery } from "../fields.ts";
import { vectorsFields } from "./queries.ts";

/** A matrix, and how rows of it are sent. */
interface Found {
  readonly rows: number;
  readonly columns: number;
  readonly problems: readonly string[];
  send(response: Response, from: number, to: number): Promise<void>;
}

export async function answerVectors(
  context: ServerContext,
  request: Request,
  response: Response,
): Promise<void> {
  const query = await readQuery(request, vectorsFields);
  const { from = 0, rows = Number.POSITIVE_INFINITY } = query;
  const found = await find(await projectorOf(context), query);
  const first = Math.min(from, found.rows);
  const end = Math.min(first + rows, found.rows);
  response.set({
    "Tensor-Shape": `${end - first},${found.columns}`,
    "Total-Rows": String(found.rows),
    // Headers hold no characters but Latin-1.
    Problems: encodeURIComponent(JSON.stringify(found.problems)),
  });
  await found.send(response.type("application/octet-stream"), first, end);
}

/** @throws HttpError 400 when there is no such embedding, 500 when nothing can be had from its file */
async function find(ours: Projector, { run, name }: VectorsQuery): Promise<Found> {
  const setup = await setupOf(ours, run);
  const embedding = embeddingNamed(setup, name);
  if (!embedding?.tensorPath) return findVariable(setup, name);
  const file = await located(ours, setup, embedding.tensorPath);
  const { vectors, ...whole } = await ours.vectors.readAll(file, embedding.shape).catch((error: unknown) => {
    throw error instanceof VectorFileError ? new HttpError(500, error.message) : error;
  });
  const { columns } = whole;
  return {
    ...whole,
    send: (response, from, to) =>
      vectors.kind === "numbers"
        ? sendNumbers(response, (to - from) * columns, [vectors.data.subarray(from * columns, to * columns)])
        : sendFile(response, vectors.file, {
            start: 4 * from * columns,
            length: 4 * (to - from) * columns,
          }),
  };
}

async function findVariable(setup: Awaited<ReturnType<typeof setupOf>>, name: string): Promise<Found> {
  const shape = setup.checkpoint?.variables.get(name)?.shape;
  if (shape && shape.length !== 2)
    throw badRequest(`"${name}" has the shape [${shape.join(", ")}], and is no matrix`);
  const [rows = 0, columns = 0] = shape ?? [];
  // Says what is wrong where there is no such variable.
  if (!shape) await readVariable(setup, name, 1);
  return {
    rows,
    columns,
    problems: [],
    send: async (response, from, to) => {
      const pieces = float32Pieces(await readVariable(setup, name, to));
      await sendNumbers(response, (to - from) * columns, without(pieces, from * columns));
    },
  };
}

/** The numbers without the first `count`. */
function* without(pieces: Iterable<Float32Array>, count: number): Generator<Float32Array> {
  let left = count;
  for (const piece of pieces) {
    if (left < piece.length) yield left > 0 ? piece.subarray(left) : piece;
    left = Math.max(0, left - piece.length);
  }
}
