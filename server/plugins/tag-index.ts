/** The `tags` routes that most plugins have: run, then tag, then what the plugin says of it. */

import { pb } from "../../proto/index.ts";
import type { DataClass, SeriesMetadata } from "../ingest/series-metadata.ts";
import { renderMarkdown } from "../markdown/index.ts";
import { Breather } from "../util/breather.ts";
import { getOrInsert } from "../util/get-or-insert.ts";
import type { DataProvider, Listed } from "./data-provider.ts";

/**
 * `{run: {tag: describe(series)}}` over the series of a plugin. A run whose series are all of a version that is not
 * known is there, and empty. Descriptions may take long to render: others have the thread in between.
 */
export async function tagIndex<T>(
  data: DataProvider,
  plugin: string,
  dataClass: DataClass,
  describe: (series: Listed) => T,
): Promise<Map<string, Map<string, T>>> {
  const breather = new Breather();
  const index = new Map<string, Map<string, T>>();
  for (const listed of data.list(plugin, dataClass)) {
    const tags = getOrInsert(index, listed.run.name, () => new Map<string, T>());
    if (isKnownVersion(listed.metadata)) tags.set(listed.tag, describe(listed));
    await breather.pause();
  }
  return index;
}

/** Display name and description as most plugins give them. */
export function displayOf({ metadata }: Listed): { displayName: string; description: string } {
  return { displayName: metadata.displayName, description: renderMarkdown(metadata.description) };
}

/**
 * Whether a series' values are of the only version that there is, 0. The plugins' messages (`plugin_data.proto` of
 * each) all keep it in field 1; what does not decode is taken as version 0, as it has always been.
 */
export function isKnownVersion({ content }: SeriesMetadata): boolean {
  try {
    return pb.ScalarPluginData.decode(content).version === 0;
  } catch {
    return true;
  }
}
