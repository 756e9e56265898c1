/** Writers that are open when the process ends: they write what they hold, whatever ends it. */
import process from "node:process";

const SIGNALS = ["SIGINT", "SIGTERM", "SIGHUP"] as const;

/** What writes what it holds, synchronously. */
export interface Holder {
  /** The process goes on, perhaps. */
  flushSync(): void;
  /** The process ends: nothing may be buffered any more. */
  endBuffering(): void;
}

const holders = new Set<Holder>();

/** Adds a writer to those that are told; the process is watched while there is one. */
export function watchProcess(holder: Holder): void {
  holders.add(holder);
  if (holders.size > 1) return;
  process.on("exit", onExit);
  for (const signal of SIGNALS) process.on(signal, onSignal);
}

export function unwatchProcess(holder: Holder): void {
  if (!holders.delete(holder) || holders.size > 0) return;
  process.off("exit", onExit);
  for (const signal of SIGNALS) process.off(signal, onSignal);
}

/** Reached by `process.exit`, by running to the end, and by uncaught exceptions. */
function onExit(): void {
  for (const holder of holders) holder.endBuffering();
}

/** Listening takes a signal's default effect away: it is given back unless the program has a listener too. */
function onSignal(signal: NodeJS.Signals): void {
  for (const holder of holders) holder.flushSync();
  if (process.listenerCount(signal) > 1) return;
  process.off(signal, onSignal);
  process.kill(process.pid, signal);
}
