/** Ends a server that is asked to: in order where that is quick, in any case within a second. */

/** How long the end in order may take, milliseconds. */
const PATIENCE_MILLIS = 500;

/**
 * At SIGINT or SIGTERM closes and ends the process with code 0; a second signal ends it at once. Where closing takes too
 * long, as when a thread waits for a disk that does not answer, the system ends it as if nothing had been set up.
 *
 * @param close gives back what should not be left behind
 */
export function endOnSignals(close: () => Promise<void>): void {
  for (const signal of ["SIGINT", "SIGTERM"] as const)
    process.once(signal, () => {
      // From now on either signal does what it does by itself.
      process.removeAllListeners("SIGINT").removeAllListeners("SIGTERM");
      setTimeout(() => process.kill(process.pid, signal), PATIENCE_MILLIS);
      close().then(
        () => process.exit(0),
        () => process.exit(1),
      );
    });
}
