/** Reads log directories once, as the server does, and holds what they have. */

import type { Problem } from "../../api/types.ts";
import { Loader } from "../../ingest/loader.ts";
import { RecordReader } from "../../ingest/read-record.ts";
import type { LogSource } from "../../logdir/source.ts";
import { Store } from "../../store/store.ts";
import type { Reading } from "../reading-flags.ts";

export interface LoadedLogs {
  readonly store: Store;
  /** Gives the values that were left on disk. */
  readonly records: RecordReader;
  /** What is wrong with files and directories. */
  readonly problems: readonly Problem[];
  close(): void;
}

/** @param wanted runs to read; null for all */
export async function loadLogs(
  sources: readonly LogSource[],
  { memory, threads, ...reading }: Reading,
  wanted: ((run: string) => boolean) | null,
): Promise<LoadedLogs> {
  const store = new Store({ memory, onProblem: (message) => loader.report("memory", message) });
  const loader: Loader = new Loader(store, sources, {
    ...reading,
    reloadInterval: 0,
    ...(threads !== undefined && { threads }),
    ...(wanted && { wanted }),
  });
  // Threads that read do not keep a process alive by themselves.
  const alive = setInterval(() => {}, 1 << 30);
  try {
    await loader.start();
    await loader.firstLoad;
    await loader.close();
  } finally {
    clearInterval(alive);
  }
  const records = new RecordReader((file) => loader.fileOf(file));
  return {
    store,
    records,
    problems: loader.problems,
    close: () => {
      records.close();
      store.close();
    },
  };
}
