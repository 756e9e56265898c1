/** What a drawing shows of the thing that is pointed at, by pointer, finger or keys: the same for all kinds of drawings. */

/** `Point` is what can be pointed at: a bin of a histogram, a threshold of a curve. */
export interface Pointing<Point> {
  /** What is at a place of the surface, in its pixels; null where nothing is. */
  at(px: number, py: number): Point | null;
  /** Shows it; null takes it away. */
  show(point: Point | null): void;
  /** Where a key leads; null away from all, undefined for keys that mean nothing here. */
  move(key: string): Point | null | undefined;
  /** A click or Enter on what is shown. */
  pick?(): void;
}

/** Lets a surface answer to pointer and keys. Returns the way to stop. */
export function attachPointing<Point>(surface: HTMLElement, pointing: Pointing<Point>): () => void {
  surface.tabIndex = 0;
  surface.setAttribute("role", "img");
  const stop = new AbortController();
  const listen = { signal: stop.signal };
  const point = (event: PointerEvent): void => pointing.show(pointing.at(event.offsetX, event.offsetY));
  for (const type of ["pointermove", "pointerdown"] as const) surface.addEventListener(type, point, listen);
  for (const type of ["pointerleave", "blur"] as const)
    surface.addEventListener(type, () => pointing.show(null), listen);
  surface.addEventListener("click", () => pointing.pick?.(), listen);
  surface.addEventListener(
    "keydown",
    (event) => {
      if (event.altKey || event.ctrlKey || event.metaKey) return;
      if (event.key === "Enter" && pointing.pick) {
        pointing.pick();
        return;
      }
      const next = pointing.move(event.key);
      if (next === undefined) return;
      event.preventDefault();
      pointing.show(next);
    },
    listen,
  );
  return () => stop.abort();
}
