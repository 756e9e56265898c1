/** Tells of each problem with the logs once, as it is found: for the terminal or a log of the caller's. */
import type { Problem } from "./api/types.ts";
import type { StatusSignal } from "./status-signal.ts";

/** Reading a large directory changes the status many times a second. */
const GAP_MILLIS = 250;

/**
 * @param problems those there are at the moment
 * @param tell takes one that was not there before; one that went and came again is told again
 * @returns ends the telling, after what is not yet told
 */
export function tellProblems(
  signal: StatusSignal,
  problems: () => readonly Problem[],
  tell: (problem: Problem) => void,
): () => void {
  let told = new Set<string>();
  let timer: NodeJS.Timeout | undefined;
  const tellNew = () => {
    timer = undefined;
    const there = new Map(problems().map((problem) => [JSON.stringify(problem), problem]));
    for (const [key, problem] of there) if (!told.has(key)) tell(problem);
    told = new Set(there.keys());
  };
  const unsubscribe = signal.subscribe(() => {
    timer ??= setTimeout(tellNew, GAP_MILLIS);
  });
  return () => {
    unsubscribe();
    if (timer === undefined) return;
    clearTimeout(timer);
    tellNew();
  };
}

/**
 * A problem in one line: `run/events…, byte 4096: …`.
 *
 * @example
 * console.log(problemLine({ file: "runs/a/events", offset: 12, message: "cut off" })); // runs/a/events, byte 12: cut off
 */
export function problemLine({ file, offset, message }: Problem): string {
  return `${file}${offset === null ? "" : `, byte ${offset}`}: ${message}`;
}
