/** The worker thread that watches folders: setting watches up takes it seconds where there are thousands. */
import { parentPort } from "node:worker_threads";
import { FolderWatches, type WatchedFolder } from "./folder-watches.ts";

/** What the thread is told: folders to watch by key, and keys of those to watch no more. In this order. */
export interface WatchOrder {
  readonly remove: readonly string[];
  readonly add: readonly (readonly [key: string, folder: WatchedFolder])[];
}

const port = parentPort!;
const watches = new FolderWatches((news) => port.postMessage(news));

port.on("message", ({ remove, add }: WatchOrder) => {
  for (const key of remove) watches.remove(key);
  for (const [key, folder] of add) watches.add(key, folder);
});
