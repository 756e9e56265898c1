/** The catalog and the status: what there is, and how far reading has come. */
import type { Catalog, Status } from "../../api/types.ts";
import { renderMarkdown } from "../../markdown/index.ts";
import { version } from "../../version.ts";
import type { ServerContext } from "../context.ts";
import { dataClassName } from "./data-class.ts";

export function catalogOf({ store }: ServerContext): Catalog {
  const runs = store.runs();
  const shown = new Set(runs);
  const place = new Map(runs.map((run, i) => [run, i]));
  return {
    instance: store.instance,
    version: store.version,
    runs: runs.map(({ id, name, startTime }) => ({ id, name, start_time: startTime })),
    tags: [...store.tags()].map(({ id, tag, plugin, dataClass, displayName, description, runs: having }) => ({
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
    })),
  };
}

export function statusOf({ store, loader, options }: ServerContext): Status {
  const unreadable = loader.unreadable.map(({ file, message }) => `${file} ${message}`);
  return {
    version,
    instance: store.instance,
    logdir: options.logdir,
    window_title: options.windowTitle,
    logdir_readable: unreadable.length === 0,
    logdir_problem: unreadable.length === 0 ? null : unreadable.join("; "),
    loading: loader.loading,
    problems: loader.problems,
  };
}
