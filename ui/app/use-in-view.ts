/** Whether an element is on the screen, or nearly: what is not costs nothing. */
import type { RefObject } from "preact";
import { useEffect, useRef, useState } from "preact/hooks";

type Listener = (inView: boolean) => void;

/** How far outside the screen counts as on it, so that scrolling meets charts that are drawn. */
const MARGIN = "320px";

const listeners = new WeakMap<Element, Listener>();
let observer: IntersectionObserver | null = null;

function observe(element: Element, listener: Listener): () => void {
  observer ??= new IntersectionObserver(
    (entries) => {
      for (const entry of entries) listeners.get(entry.target)?.(entry.isIntersecting);
    },
    { rootMargin: MARGIN },
  );
  listeners.set(element, listener);
  observer.observe(element);
  return () => {
    listeners.delete(element);
    observer?.unobserve(element);
  };
}

export function useInView<T extends Element>(): [RefObject<T | null>, boolean] {
  const ref = useRef<T>(null);
  const [inView, setInView] = useState(false);
  useEffect(() => (ref.current ? observe(ref.current, setInView) : undefined), []);
  return [ref, inView];
}
