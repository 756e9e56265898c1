/** The default writer of asynchronous code: it follows a function through its awaits. */
import { AsyncLocalStorage } from "node:async_hooks";
import type { WriterScope } from "../default-writer.ts";
import type { SummaryWriter } from "../writer.ts";

export function asyncWriterScope(): WriterScope {
  const storage = new AsyncLocalStorage<SummaryWriter>();
  return {
    current: () => storage.getStore(),
    run: (writer, fn) => storage.run(writer, fn),
  };
}
