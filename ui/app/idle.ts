/** Work that nobody waits for: done when the page has nothing better to do, so that scrolling and sliders stay smooth. */

/** At the latest after so long. */
const PATIENCE_MS = 500;

/** Returns the way to leave it undone. */
export function whenIdle(work: () => void): () => void {
  // Safari has none.
  if (typeof requestIdleCallback === "undefined") {
    const timer = setTimeout(work, 50);
    return () => clearTimeout(timer);
  }
  const id = requestIdleCallback(work, { timeout: PATIENCE_MS });
  return () => cancelIdleCallback(id);
}
