/** An image for a component: wanted while it lives, with the images of neighbouring steps behind it. */
import { useEffect, useRef, useState } from "preact/hooks";
import { describeError, fetchBlob } from "../../app/api.ts";
import { whenIdle } from "../../app/idle.ts";
import { ImageCache, type ImageState } from "./image-cache.ts";

const cache = new ImageCache({ fetch: fetchBlob, describeError });

/** What is there of an image: at once where it has come before. */
export function useImage(key: string, index: number): ImageState {
  const [, setCame] = useState(0);
  useEffect(() => cache.want(key, index, true, () => setCame((times) => times + 1)), [key, index]);
  return cache.peek(key, index);
}

/** As {@link useImage}, but the one before is shown until the next has come: a slider that moves shows no gaps. */
export function useSteadyImage(key: string, index: number): ImageState {
  const state = useImage(key, index);
  const last = useRef<ImageState>(state);
  if (state.kind !== "loading") last.current = state;
  return last.current;
}

/** Fetches images that will be looked at soon, once the page is at rest. */
export function usePrefetched(keys: readonly string[], index: number): void {
  const wanted = keys.join("\n");
  useEffect(() => {
    let stops: (() => void)[] = [];
    const leave = whenIdle(() => {
      stops = keys.map((key) => cache.want(key, index, false));
    });
    return () => {
      leave();
      for (const stop of stops) stop();
    };
  }, [wanted, index]);
}
