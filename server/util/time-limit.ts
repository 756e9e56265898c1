/** Work with an end: what a log or a user can make arbitrarily slow must not stop the server. */
import vm from "node:vm";

const script = new vm.Script("work()");
const place: { work: () => unknown } = { work: () => undefined };
/** Made once, when first needed: to make one takes longer than most of the work. */
let context: vm.Context | undefined;

/**
 * What `work` gives; undefined when it takes longer than that and was stopped. Only work that waits for nothing can be
 * stopped, and it must not be nested.
 */
export function withinTime<T>(millis: number, work: () => T): T | undefined {
  context ??= vm.createContext(place);
  place.work = work;
  try {
    return script.runInContext(context, { timeout: millis }) as T;
  } catch (error) {
    // An error of the context's own, which is no instance of our Error.
    if (codeOf(error) === "ERR_SCRIPT_EXECUTION_TIMEOUT") return undefined;
    throw error;
  } finally {
    place.work = () => undefined;
  }
}

function codeOf(error: unknown): unknown {
  return typeof error === "object" && error !== null && "code" in error ? error.code : undefined;
}
