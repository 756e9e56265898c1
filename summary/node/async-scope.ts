/** Scopes of asynchronous code: a value follows its function through its awaits. */
import { AsyncLocalStorage } from "node:async_hooks";
import type { Scope } from "../scope.ts";

export function asyncScope<Value>(): Scope<Value> {
  const storage = new AsyncLocalStorage<Value>();
  return {
    current: () => storage.getStore(),
    run: (value, fn) => storage.run(value, fn),
  };
}
