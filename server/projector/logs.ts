/** What the projector must know of the logs: the runs there are, their folders, and whom to tell of bad files. */
import type { ServerContext } from "../http/context.ts";
import { LogFolders } from "../logdir/folders.ts";
import type { Store } from "../store/store.ts";
import { getOrInsert } from "../util/get-or-insert.ts";
import type { Projector } from "./projector.ts";

export interface ProjectorLogs {
  readonly folders: LogFolders;
  /** Names of all runs. */
  runs(): readonly string[];
  /** Whether there is a run of that name with an event. */
  hasRun(name: string): boolean;
  /** Shows what is wrong with a file that is no event file; null: nothing any more. */
  report(file: string, problem: string | null): void;
}

/** One a server: what was read is kept, whichever face asked for it. */
const projectors = new WeakMap<Store, Promise<Projector>>();

/** Loaded when it is first asked: the server starts sooner without. */
export function projectorOf(context: ServerContext): Promise<Projector> {
  return getOrInsert(projectors, context.store, async () => {
    const { Projector: Loaded } = await import("./projector.ts");
    return new Loaded(logsOf(context));
  });
}

function logsOf({ store, loader, options }: ServerContext): ProjectorLogs {
  return {
    folders: new LogFolders(options),
    runs: () => store.runs().map(({ name }) => name),
    hasRun: (name) => store.run(name)?.startTime != null,
    report: (file, problem) => loader.report(file, problem),
  };
}
