/** The `tags` routes that most plugins have: run, then tag, then what the plugin says of it. */

import { renderMarkdown } from "../http/markdown.ts";
import type { DataClass } from "../ingest/series-metadata.ts";
import { getOrInsert } from "../util/get-or-insert.ts";
import type { DataProvider, Listed } from "./data-provider.ts";

/** `{run: {tag: describe(series)}}` over the series of a plugin. */
export function tagIndex<T>(
  data: DataProvider,
  plugin: string,
  dataClass: DataClass,
  describe: (series: Listed) => T,
): Map<string, Map<string, T>> {
  const index = new Map<string, Map<string, T>>();
  for (const listed of data.list(plugin, dataClass))
    getOrInsert(index, listed.run.name, () => new Map<string, T>()).set(listed.tag, describe(listed));
  return index;
}

/** Display name and description as most plugins give them. */
export function displayOf({ metadata }: Listed): { displayName: string; description: string } {
  return { displayName: metadata.displayName, description: renderMarkdown(metadata.description) };
}
