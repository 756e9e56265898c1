/** What gestures need of the surface that they are made on. */

/** Where an event is on a surface, in its pixels. */
export function spotOn(surface: Element, event: MouseEvent): { x: number; y: number } {
  const { left, top } = surface.getBoundingClientRect();
  return { x: event.clientX - left, y: event.clientY - top };
}

export interface Listening {
  on<Name extends keyof HTMLElementEventMap>(
    name: Name,
    handle: (event: HTMLElementEventMap[Name]) => void,
    options?: AddEventListenerOptions,
  ): void;
  /** Listens to nothing any more. */
  stop(): void;
}

export function listenTo(surface: HTMLElement): Listening {
  const abort = new AbortController();
  return {
    on: (name, handle, options) =>
      surface.addEventListener(name, handle, { ...options, signal: abort.signal }),
    stop: () => abort.abort(),
  };
}
