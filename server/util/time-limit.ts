/** Work with an end: what a log or a user can make arbitrarily slow must not stop the server. */
import vm from "node:vm";

const script = new vm.Script("work()");

/**
 * What `work` gives; undefined when it takes longer than that and was stopped. Only work that waits for nothing can be
 * stopped.
 */
export function withinTime<T>(millis: number, work: () => T): T | undefined {
  try {
    return script.runInContext(vm.createContext({ work }), { timeout: millis }) as T;
  } catch (error) {
    // An error of the context's own, which is no instance of our Error.
    if (codeOf(error) === "ERR_SCRIPT_EXECUTION_TIMEOUT") return undefined;
    throw error;
  }
}

function codeOf(error: unknown): unknown {
  return typeof error === "object" && error !== null && "code" in error ? error.code : undefined;
}
