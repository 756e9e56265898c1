/** Fingers on a drawing scroll the page, as anywhere else, but for places where a finger draws. */

/**
 * Keeps the page where it is while a finger that came down at such a place moves. The surface's style lets fingers scroll:
 * `touch-action: pan-y`.
 *
 * @param takes whether a place of the surface, in its pixels, is one where a finger draws
 */
export function drawByFinger(
  surface: HTMLElement,
  takes: (px: number, py: number) => boolean,
  signal: AbortSignal,
): void {
  surface.addEventListener(
    "touchstart",
    (event) => {
      const [finger] = event.touches;
      if (!finger || event.touches.length > 1) return;
      const { left, top } = surface.getBoundingClientRect();
      if (takes(finger.clientX - left, finger.clientY - top)) event.preventDefault();
    },
    { passive: false, signal },
  );
}
