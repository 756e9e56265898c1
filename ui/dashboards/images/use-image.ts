/** An image for a component: wanted while it lives, with the images of neighbouring steps behind it. */
import { useLayoutEffect, useRef, useState } from "preact/hooks";
import type { RunRecords } from "../../../client/records-table.ts";
import { describeError, fetchBlobs } from "../../app/api.ts";
import { whenIdle } from "../../app/idle.ts";
import { ImageCache, type ImageState, type LoadedImage } from "./image-cache.ts";

const cache = new ImageCache({ fetch: fetchBlobs, describeError });

/** What is there of an image: at once where it has come before. What is in sight is fetched before all else. */
export function useImage(key: string, index: number, inSight = true): ImageState {
  const [, setCame] = useState(0);
  const state = cache.peek(key, index);
  // Before the page is painted: what is asked for then is there a frame sooner.
  useLayoutEffect(() => {
    const came = (): void => setCame((times) => times + 1);
    const leave = cache.want(key, index, inSight, came);
    // It may have come for another, ahead of time, since this was rendered.
    if (state.kind === "loading" && cache.peek(key, index).kind !== "loading") came();
    return leave;
  }, [key, index, inSight]);
  return state;
}

/** An image, and whether it is still the one before. */
export interface SteadyImage {
  readonly state: ImageState;
  readonly isBefore: boolean;
}

/** As {@link useImage}, but the one before is shown until the next has come: a slider that moves shows no gaps. */
export function useSteadyImage(key: string, index: number, inSight = true): SteadyImage {
  const state = useImage(key, index, inSight);
  const last = useRef<ImageState>(state);
  if (state.kind !== "loading") last.current = state;
  return { state: last.current, isBefore: last.current !== state };
}

/** Records that are fetched ahead, by their distance: while it is not known where one goes, and on the way there. */
const AROUND = [1, -1, 2, -2];
const ONWARDS = [1, 2, 3, -1, -2];
/** So many at most: at an end there is only what one came from. */
const MOST_AHEAD = 4;

/**
 * Fetches the images of neighbouring records, that are looked at next: at once while one moves, those on the way first,
 * and otherwise when the page is at rest. Only of what is in sight.
 */
export function useNeighbours(records: RunRecords, at: number, sample: number, inSight: boolean): void {
  const last = useRef({ at, way: 0 });
  if (last.current.at !== at) last.current = { at, way: Math.sign(at - last.current.at) };
  const { way } = last.current;
  const keys = (way === 0 ? AROUND : ONWARDS.map((by) => by * way))
    .map((by) => records.keys[at + by])
    .filter((key) => key !== undefined)
    .slice(0, MOST_AHEAD);
  const wanted = inSight ? keys.join("\n") : "";
  // With the images themselves: a request that is on its way goes on if what was looked at is a neighbour now.
  useLayoutEffect(() => {
    if (wanted === "") return;
    let stops: (() => void)[] = [];
    const want = (): void => {
      stops = keys.map((key) => cache.want(key, sample, false, () => warm(key, sample)));
      for (const key of keys) warm(key, sample);
    };
    const leave = way === 0 ? whenIdle(want) : want();
    return () => {
      leave?.();
      for (const stop of stops) stop();
    };
  }, [wanted, sample]);
}

/** What the browser has loaded of images that may be shown soon: as long as the image itself is kept. */
const warmed = new WeakMap<LoadedImage, HTMLImageElement>();
const toWarm = new Set<LoadedImage>();

/** Has the browser load an image that has come, which takes longer than to show one that it has loaded before. */
function warm(key: string, index: number): void {
  const state = cache.peek(key, index);
  if (state.kind !== "ready" || warmed.has(state.image)) return;
  if (toWarm.size === 0) whenIdle(warmAll);
  toWarm.add(state.image);
}

function warmAll(): void {
  for (const image of toWarm) {
    const element = new Image();
    element.src = image.url;
    warmed.set(image, element);
  }
  toWarm.clear();
}
