/** What Time Series lists: tags by run, images' runs by tag, and one description a tag. */

import { DataClass } from "../ingest/series-metadata.ts";
import { renderMarkdown } from "../markdown/index.ts";
import { Breather } from "../util/breather.ts";
import { getOrInsert } from "../util/get-or-insert.ts";
import type { DataProvider, Listed } from "./data-provider.ts";
import { IMAGE_OFFSET } from "./event-value.ts";
import { tagIndex } from "./tag-index.ts";

type Index = ReadonlyMap<string, ReadonlyMap<string, Listed>>;

export async function timeseriesTags(data: DataProvider): Promise<object> {
  const index = (plugin: string, dataClass: DataClass) =>
    tagIndex(data, plugin, dataClass, (listed) => listed);
  return {
    scalars: await basicIndex(await index("scalars", DataClass.DATA_CLASS_SCALAR)),
    histograms: await basicIndex(await index("histograms", DataClass.DATA_CLASS_TENSOR)),
    images: await imageIndex(data, await index("images", DataClass.DATA_CLASS_BLOB_SEQUENCE)),
  };
}

async function basicIndex(index: Index): Promise<object> {
  const runTagInfo = new Map([...index].map(([run, tags]) => [run, [...tags.keys()].sort()]));
  return { runTagInfo, tagDescriptions: await descriptions(index) };
}

async function imageIndex(data: DataProvider, index: Index): Promise<object> {
  const tagRunSampledInfo = new Map<string, Map<string, unknown>>();
  for (const [run, tags] of index)
    for (const [tag, listed] of tags) {
      const maxSamplesPerStep = data.maxBlobs(listed) - IMAGE_OFFSET;
      getOrInsert(tagRunSampledInfo, tag, () => new Map<string, unknown>()).set(run, { maxSamplesPerStep });
    }
  return { tagDescriptions: await descriptions(index), tagRunSampledInfo };
}

/**
 * Descriptions by tag; where runs differ in theirs, all of them under headings. As with stock, a heading names the
 * runs that have the description on whichever tag.
 */
async function descriptions(index: Index): Promise<Map<string, string>> {
  const byTag = new Map<string, Set<string>>();
  const runsOf = new Map<string, Set<string>>();
  for (const [run, tags] of index)
    for (const [tag, { metadata }] of tags) {
      if (metadata.description === "") continue;
      getOrInsert(byTag, tag, () => new Set<string>()).add(metadata.description);
      getOrInsert(runsOf, metadata.description, () => new Set<string>()).add(run);
    }
  const breather = new Breather();
  const described = new Map<string, string>();
  for (const [tag, texts] of byTag) {
    described.set(tag, renderMarkdown(combined([...texts].sort(), runsOf)));
    await breather.pause();
  }
  return described;
}

function combined(texts: readonly string[], runsOf: ReadonlyMap<string, ReadonlySet<string>>): string {
  const [only] = texts;
  if (only !== undefined && texts.length === 1) return only;
  const parts = texts.map((text) => {
    const runs = [...(runsOf.get(text) ?? [])].sort();
    return `## For ${runs.length > 1 ? "runs" : "run"}: ${runs.join(", ")}\n${text}`;
  });
  return `# Multiple descriptions\n${parts.join("\n")}`;
}
