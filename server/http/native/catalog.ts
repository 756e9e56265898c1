/** The catalog and the status: what there is, and how far reading has come. */
import type { Catalog, Status, TagInfo } from "../../api/types.ts";
import { aliasesOf } from "../../logdir/aliases.ts";
import { renderMarkdown } from "../../markdown/index.ts";
import { Breather } from "../../util/breather.ts";
import { version as ownVersion } from "../../version.ts";
import type { ServerContext } from "../context.ts";
import { dataClassName } from "./data-class.ts";

/** Others have the thread in between: there may be very many tags, with long descriptions. */
export async function catalogOf({ store }: ServerContext): Promise<Catalog> {
  const breather = new Breather();
  const { version } = store;
  const runs = store.runs();
  const shown = new Set(runs);
  const place = new Map(runs.map((run, i) => [run, i]));
  const tags: TagInfo[] = [];
  for (const { id, tag, plugin, dataClass, displayName, description, runs: having } of [...store.tags()]) {
    tags.push({
      id,
      tag,
      plugin,
      display_name: displayName,
      data_class: dataClassName(dataClass),
      description: renderMarkdown(description),
      runs: [...having]
        .filter((run) => shown.has(run))
        .sort((a, b) => place.get(a)! - place.get(b)!)
        .map((run) => run.id),
    });
    await breather.pause();
  }
  return {
    instance: store.instance,
    version,
    runs: runs.map(({ id, name, startTime }) => ({
      id,
      name,
      aliases: aliasesOf(name, store.aliases),
      start_time: startTime,
    })),
    tags,
  };
}

export function statusOf({ store, loader, options }: ServerContext): Status {
  const unreadable = loader.unreadable.map(({ file, message }) => `${file} ${message}`);
  return {
    version: ownVersion,
    instance: store.instance,
    logdir: options.logdir,
    window_title: options.windowTitle,
    logdir_readable: unreadable.length === 0,
    logdir_problem: unreadable.length === 0 ? null : unreadable.join("; "),
    loading: loader.loading,
    problems: loader.problems,
  };
}
