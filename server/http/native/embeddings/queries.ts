/** Fields of the queries on embeddings. */
import type { EmbeddingQuery, EmbeddingsQuery, VectorsQuery } from "../../../api/types.ts";
import { type Fields, flag, number, required, text } from "../fields.ts";

export const embeddingsFields: Fields<EmbeddingsQuery> = {
  first: flag("Only the first run that has some: enough to know whether there are any."),
};

export const embeddingFields: Fields<EmbeddingQuery> = {
  run: required(text("Name of the run.")),
  name: required(text("Name of the embedding, step and all.")),
};

export const vectorsFields: Fields<VectorsQuery> = {
  ...embeddingFields,
  from: number("The first row that is wanted; default 0.", { least: 0, whole: true }),
  rows: number("How many rows at most; default all.", { least: 1, whole: true }),
};
