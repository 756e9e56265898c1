/** A log directory that is followed as a server does it, without the server. */
import path from "node:path";
import { onTestFinished } from "vitest";
import { Loader } from "../../server/ingest/loader.ts";
import { fromLogdir } from "../../server/logdir/source.ts";
import { Store } from "../../server/store/store.ts";

/** Resolves when all has been read; ends with the test. */
export async function followed(directory: string) {
  const store = new Store();
  const loader = new Loader(store, fromLogdir(directory), { reloadInterval: 0.2, threads: 0 });
  onTestFinished(() => loader.close());
  await loader.start();
  await loader.firstLoad;
  return {
    store,
    loader,
    names: () => store.runs().map((run) => run.name),
    length: (run: string) => store.run(run)?.scalars("loss")?.length ?? 0,
    problems: () =>
      loader.problems.map(({ file, message }) => `${path.relative(directory, file)} ${message}`),
  };
}
