/** Schemas of the native API's answers, by the names of their types. */
import type {
  AggregateHead,
  AggregateJson,
  BlobHead,
  BlobProblem,
  BlobsHead,
  Catalog,
  DataClassName,
  EmbeddingJson,
  EmbeddingsJson,
  IngestAnswer,
  LastJson,
  LiveEvents,
  Loading,
  PointColumnJson,
  PointJson,
  PointMetadataJson,
  Problem,
  RecordColumnsJson,
  RecordsJson,
  RenderedText,
  RunEmbeddingsJson,
  RunInfo,
  SeriesColumnsJson,
  SeriesJson,
  Status,
  TagInfo,
  TensorJson,
} from "../../../api/types.ts";
import {
  type FieldsOf,
  flag,
  list,
  named,
  number,
  object,
  oneOf,
  optional,
  orNull,
  pair,
  real,
  type SchemaOf,
  text,
  whole,
} from "./describe.ts";

export { components } from "./describe.ts";

const loading = named(
  "Loading",
  object<Loading>("Progress of reading what is on disk.", {
    loading: flag("False once every byte present has been read."),
    files: whole(),
    files_read: whole(),
    bytes: whole(),
    bytes_read: whole(),
    points: whole("Points and other values read so far."),
  }),
);

export const renderedText = named(
  "RenderedText",
  object<RenderedText>("A text as people see it.", {
    html: text("Sanitised HTML: no script, style or frame."),
  }),
);

const problem = named(
  "Problem",
  object<Problem>("Something wrong with an input, in words.", {
    file: text(),
    offset: orNull(whole("Byte offset in the file, where one applies.")),
    message: text("What is wrong, and what was kept."),
  }),
);

export const status = named(
  "Status",
  object<Status>("What the server reads and how far it has come.", {
    version: text("Of the server."),
    instance: text("Changes when the server process does: ids and keys are stable within one instance only."),
    logdir: text("The log directory as given on the command line."),
    window_title: text(),
    logdir_readable: flag("False while the log directory does not exist or cannot be read."),
    logdir_problem: orNull(text("Why it cannot be read.")),
    loading,
    problems: list(problem),
  }),
);

const dataClass: SchemaOf<DataClassName> = oneOf(
  ["scalar", "tensor", "blob_sequence", "unknown"],
  "What the values are: scalars are asked for with `series`, all else with `records`.",
);

const run = named(
  "RunInfo",
  object<RunInfo>("A run.", {
    id: whole("Stable within the instance."),
    name: text("Directory relative to the log directory, `/`-separated; `.` for the root."),
    aliases: list(
      text("Further name by which a link inside the log directory leads to it; its values are shown once."),
    ),
    start_time: orNull(number("Wall time of the earliest event, seconds since the epoch.")),
  }),
);

const tag = named(
  "TagInfo",
  object<TagInfo>("A tag of one plugin, over all runs that have it.", {
    id: whole("Stable within the instance."),
    tag: text(),
    plugin: text("`scalars`, `histograms`, `images` and so on."),
    display_name: text(),
    data_class: dataClass,
    description: text("Sanitised HTML; empty when there is none."),
    runs: list(whole(), "Ids of the runs that have the tag, in the catalog's order."),
  }),
);

export const catalog = named(
  "Catalog",
  object<Catalog>("Runs and tags.", {
    instance: text(),
    version: whole("Grows with every change."),
    runs: list(run, "By the time of their first event."),
    tags: list(tag),
  }),
);

const steps = list(whole(), "Steps; beyond 2^53 digit by digit.");
const wallTimes = list(number(), "Seconds since the epoch.");

const seriesColumns = named(
  "SeriesColumnsJson",
  object<SeriesColumnsJson>("A run's points of the tag.", {
    run: text(),
    branch: optional(whole("With `overtaken` only: which of the run's branches, from 0.")),
    total: whole("Points in the whole series."),
    in_range: whole("Points in the range, before reduction."),
    origin: number("Wall time of the series' first point: the origin of the relative axis."),
    step: steps,
    wall_time: wallTimes,
    value: list(real()),
    smoothed: optional(list(real(), "With `smoothing` only.")),
  }),
);

export const series = named(
  "SeriesJson",
  object<SeriesJson>("Points of a tag over runs.", { tag: text(), series: list(seriesColumns) }),
);

const aggregateHead: FieldsOf<AggregateHead> = {
  tag: text(),
  axis: oneOf(["step", "wall_time", "relative"]),
  match: oneOf(["steps", "buckets"]),
  runs: list(text(), "Runs that have the tag, in the order asked for."),
  total: whole("Rows before reduction."),
};

const shareColumn = object<AggregateJson["quantiles"][number]>("A quantile.", {
  share: number("0.5 is the median."),
  value: list(real()),
});

export const aggregate = named(
  "AggregateJson",
  object<AggregateJson>("What the runs' values come to, column by column.", {
    ...aggregateHead,
    x: list(number(), "The step, or the middle of the bucket."),
    count: list(whole(), "Runs that have a number there."),
    nans: list(whole(), "Runs that have NaN there, and nothing else."),
    mean: list(real()),
    std: list(real(), "Of the sample; NaN for fewer than two runs."),
    min: list(real()),
    max: list(real()),
    quantiles: list(shareColumn),
  }),
);

const point = named(
  "PointJson",
  object<PointJson>("A point.", { step: whole(), wall_time: number(), value: real() }),
);

export const last = named(
  "LastJson",
  object<LastJson>("Newest and best values, an entry a tag and run.", {
    series: list(
      object<LastJson["series"][number]>("Where a series stands.", {
        tag: text(),
        run: text(),
        points: whole("Points in the series, or in the range."),
        last: point,
        min: orNull(point),
        max: orNull(point),
        first: point,
      }),
    ),
  }),
);

const tensor = named(
  "TensorJson",
  object<TensorJson>("A tensor.", {
    dtype: text("TensorFlow's name of the type. Half, bfloat16 and 8-bit floats are widened to float32."),
    shape: list(whole()),
    data: list(textOrNumber(), "Row-major and flat; NaN and infinities are strings, truth values 0 and 1."),
  }),
);

function textOrNumber(): SchemaOf<number | string> {
  return { anyOf: [{ type: "number" }, { type: "string" }] };
}

const recordColumns = named(
  "RecordColumnsJson",
  object<RecordColumnsJson>("A run's values of the tag.", {
    run: text(),
    plugin: text(),
    data_class: dataClass,
    plugin_content: text("SummaryMetadata.plugin_data.content in Base64."),
    total: whole("Values in the whole series."),
    in_range: whole("Values in the range, before `limit`."),
    step: steps,
    wall_time: wallTimes,
    bytes: list(whole(), "Of the record in the event file."),
    blobs: list(whole(), "Blobs of each value; 0 of a tensor."),
    key: list(text(), "For `/blob/{key}/{index}`."),
    tensor: optional(list(orNull(tensor), "With `values` only, and not of blob sequences.")),
  }),
);

export const records = named(
  "RecordsJson",
  object<RecordsJson>("Values of a tag over runs.", { tag: text(), series: list(recordColumns) }),
);

const blobHead = object<BlobHead>("Bytes that are given.", {
  type: text("Their content type."),
  bytes: whole("How many there are."),
  dtype: optional(
    text("Of a numeric tensor: its type; the bytes are its numbers, little-endian and row-major."),
  ),
  shape: optional(list(whole(), "Of a numeric tensor: its dimensions.")),
});

const blobProblem = object<BlobProblem>("Bytes that are not given.", {
  problem: text("Why, in words."),
  status: whole(
    "404: they are not there (any more). 413: the answer has no room for them; `/blob/{key}/{index}` gives them.",
  ),
});

const blobsHead: SchemaOf<BlobsHead> = list(
  { anyOf: [blobHead, blobProblem] } as SchemaOf<BlobHead | BlobProblem>,
  "What stands before the bytes in an answer of `/blobs`, an entry for each that was asked for.",
);
named("BlobsHead", blobsHead);

const embedding = named(
  "EmbeddingJson",
  object<EmbeddingJson>("A matrix, a row a point.", {
    name: text("For `name` of the other queries."),
    tensor: text("The name without the step."),
    step: orNull(whole("Where the name ends with one of five digits or more.")),
    shape: orNull(list(whole(), "Rows and columns; null when only reading all of it tells.")),
    has_metadata: flag("Whether there is a table of what is known of each point."),
    has_bookmarks: flag("Whether there are saved views."),
    sprite: orNull(list(whole(), "Width and height of each point's image; null when there are none.")),
  }),
);

const runEmbeddings = named(
  "RunEmbeddingsJson",
  object<RunEmbeddingsJson>("What a run has for the projector.", {
    run: text(),
    config: text("The config, or where it would be."),
    checkpoint: text("As the config or state file names it; empty when there is none."),
    checkpoint_problem: orNull(text("Why its variables are missing.")),
    tensors: list(embedding),
  }),
);

export const embeddings = named(
  "EmbeddingsJson",
  object<EmbeddingsJson>("Runs with embeddings.", { runs: list(runEmbeddings) }),
);

const pointColumn = named(
  "PointColumnJson",
  object<PointColumnJson>("A column of the table.", { name: text(), values: list(text()) }),
);

export const pointMetadata = named(
  "PointMetadataJson",
  object<PointMetadataJson>("What is known of the points.", {
    rows: whole(),
    problems: list(text(), "What is wrong with the file, line by line."),
    columns: list(pointColumn),
  }),
);

export const ingestAnswer = named(
  "IngestAnswer",
  object<IngestAnswer>("How far the writer's file has come.", {
    offset: whole("Bytes of the writer's file that are there now."),
    problem: optional(text("With status 409: what is wrong. To be sent again from `offset` on.")),
  }),
);

named(
  "LiveEvents",
  object<LiveEvents>("Data of server-sent events, by the event's name.", {
    hello: object<LiveEvents["hello"]>("First on every connection.", {
      instance: text(),
      catalog_version: whole(),
    }),
    catalog: object<LiveEvents["catalog"]>("Runs or tags were added or removed.", { version: whole() }),
    points: object<LiveEvents["points"]>("Series that changed.", {
      changed: list(pair(whole("Id of the run."), list(whole(), "Ids of its tags."))),
    }),
    status,
  }),
);
