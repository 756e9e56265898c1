/** Embeddings: their vectors, tables of what is known of the points, sprites, bookmarks; several of them. */
import type { ProjectorOptions } from "../../../summary/index.ts";
import { type Case, type InteropKind, lastScalar } from "../case.ts";
import { base64, bytes, numbers } from "../data.ts";
import { type Answers, get, pixels, type Route, withoutTimes } from "../routes.ts";

/** One embedding, as oracle/projector.py and as ours takes it. */
export interface EmbeddingCase {
  readonly name: string;
  /** As stock lists it. */
  readonly listed: string;
  readonly vectors: Float32Array;
  readonly shape: readonly [number, number];
  readonly options: ProjectorOptions;
  /** The metadata file that TensorFlow's side writes. */
  readonly metadata?: string;
}

const labels = Array.from({ length: 10 }, (_, i) => `π${i}`);
const bookmarks = [{ label: "from above", cameraDef: { zoom: 2 } }];
const sprites = { data: Uint8Array.from(bytes(10 * 6 * 6)), shape: [10, 6, 6] };

export const embeddings: readonly EmbeddingCase[] = [
  {
    name: "words",
    listed: "words",
    vectors: Float32Array.from(numbers(40)),
    shape: [10, 4],
    options: { metadata: { word: labels, count: labels.map((_, i) => i) }, images: sprites, bookmarks },
    metadata: ["word\tcount", ...labels.map((label, i) => `${label}\t${i}`), ""].join("\n"),
  },
  {
    name: "words",
    listed: "words:00007",
    vectors: Float32Array.from(numbers(40)),
    shape: [10, 4],
    options: { step: 7, metadata: labels },
    metadata: `${labels.join("\n")}\n`,
  },
  // Bytes that stock takes for text, were they written as they are.
  { name: "zeros", listed: "zeros", vectors: new Float32Array(6), shape: [3, 2], options: {} },
  { name: "twos", listed: "twos", vectors: new Float32Array(6).fill(2), shape: [3, 2], options: {} },
  {
    name: "line of text first",
    listed: "line of text first",
    vectors: new Float32Array(Uint8Array.of(65, 65, 65, 10, 0, 0, 192, 191).buffer),
    shape: [1, 2],
    options: {},
  },
];

export const projector: InteropKind = {
  name: "projector",
  ours: "`projector`",
  theirs: "`tensorboard.plugins.projector.visualize_embeddings`, text of NumPy, sprites of Pillow",
  cases: [
    ...embeddings.map(
      ({ name, vectors, shape, options }): Case => ({
        kind: "projector",
        tag: name,
        options: { step: 0 },
        log: (writer) => writer.projector(name, vectors, { ...options, shape }),
      }),
    ),
    lastScalar,
  ],
  routes: [
    route("projector/runs", "runs with embeddings", [""]),
    route("projector/info", "names, shapes, sprite sizes", ["run=projector"], ({ status, body }) => ({
      status,
      info: JSON.parse(body.toString(), (key, value) => (/Path$/.test(key) ? "a path" : value)),
    })),
    route("projector/tensor", "vectors, byte for byte", each()),
    route("projector/metadata", "tables, byte for byte", each("metadata")),
    route("projector/bookmarks", "bookmarks", each("bookmarks")),
    route("projector/sprite_image", "pixels", each("images"), pixels),
  ],
};

/** Of every embedding, or of those that have the option. */
function each(option?: keyof ProjectorOptions): string[] {
  return embeddings
    .filter(({ options }) => option === undefined || options[option] !== undefined)
    .map(({ listed }) => `run=projector&name=${encodeURIComponent(listed)}`);
}

/** One after the other: stock keeps a single tensor, and its threads race for it. */
function route(
  path: string,
  compared: string,
  queries: readonly string[],
  compare: (answer: Awaited<ReturnType<typeof get>>) => unknown = withoutTimes,
): Route {
  const answers = async (server: string): Promise<Answers> => {
    const all: Record<string, unknown> = {};
    for (const query of queries) all[query] = compare(await get(server, { url: `${path}?${query}` }));
    return all;
  };
  return { path, compared, answers };
}

/** What oracle/projector.py takes. */
export function forOracle({ listed, vectors, shape, options, metadata }: EmbeddingCase): object {
  return {
    name: listed,
    vectors: base64(new Uint8Array(vectors.buffer)),
    shape,
    metadata,
    bookmarks: options.bookmarks && JSON.stringify(options.bookmarks),
    images: options.images && { data: Array.from(sprites.data), shape: sprites.shape },
  };
}
