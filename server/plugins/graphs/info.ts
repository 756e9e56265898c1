/** Which graphs and profiles there are, by run and tag. */

import {
  KERAS_MODEL,
  RUN_GRAPH,
  RUN_METADATA,
  RUN_METADATA_GRAPH,
  TAGGED_RUN_METADATA,
} from "../../graphs/plugins.ts";
import { DataClass, RUN_GRAPH_TAG, type SeriesMetadata } from "../../ingest/series-metadata.ts";
import { getOrInsert } from "../../util/get-or-insert.ts";
import type { DataProvider } from "../data-provider.ts";

interface TagInfo {
  readonly tag: string;
  conceptual_graph: boolean;
  /** A graph of the operations that a traced function ran. */
  op_graph: boolean;
  /** Times and memory of nodes. */
  profile: boolean;
}

interface RunInfo {
  readonly run: string;
  readonly tags: Map<string, TagInfo>;
  /** The graph of the whole run. */
  run_graph: boolean;
}

type Has = (tag: TagInfo) => void;

/** What a tag has by its plugin, in the order in which stock lists them. */
const KINDS: readonly [plugin: string, has: Has][] = [
  [RUN_METADATA_GRAPH, (tag) => (tag.op_graph = true)],
  [
    RUN_METADATA,
    (tag) => {
      tag.op_graph = true;
      tag.profile = true;
    },
  ],
  [KERAS_MODEL, (tag) => (tag.conceptual_graph = true)],
];

/** `{run: {run, tags: {tag: …}, run_graph}}` */
export function graphsInfo(data: DataProvider): Map<string, RunInfo> {
  const runs = new Map<string, RunInfo>();
  const runInfo = (run: string) =>
    getOrInsert(runs, run, () => ({ run, tags: new Map(), run_graph: false }) satisfies RunInfo);
  const tagInfo = (run: string, tag: string) =>
    getOrInsert(
      runInfo(run).tags,
      tag,
      () => ({ tag, conceptual_graph: false, op_graph: false, profile: false }) satisfies TagInfo,
    );

  for (const [plugin, has] of KINDS)
    for (const { run, tag, metadata } of data.list(plugin, DataClass.DATA_CLASS_BLOB_SEQUENCE))
      if (isVersion1(metadata)) has(tagInfo(run.name, tag));
  for (const { run, tag } of data.list(RUN_GRAPH, DataClass.DATA_CLASS_BLOB_SEQUENCE))
    if (tag === RUN_GRAPH_TAG) runInfo(run.name).run_graph = true;
  for (const { run, tag } of data.list(TAGGED_RUN_METADATA, DataClass.DATA_CLASS_BLOB_SEQUENCE))
    tagInfo(run.name, tag).profile = true;
  return runs;
}

/** The content of these plugins' metadata is the text of a version. */
function isVersion1({ content }: SeriesMetadata): boolean {
  return content.length === 1 && content[0] === "1".charCodeAt(0);
}
