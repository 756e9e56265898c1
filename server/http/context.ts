/** What routes work with. */
import type { Loader } from "../ingest/loader.ts";
import type { ServerOptions } from "../options.ts";
import type { Store } from "../store/store.ts";

export interface ServerContext {
  readonly store: Store;
  readonly loader: Loader;
  readonly options: ServerOptions;
}
