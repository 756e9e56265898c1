/** Whether a card is near what is on the screen, and whether it is on it: what is far away costs nothing. */
import { type ReadonlySignal, signal } from "@preact/signals";
import type { RefObject } from "preact";
import { useEffect, useLayoutEffect, useState } from "preact/hooks";
import { whenIdle } from "../app/idle.ts";
import { openQuestions } from "../early/asked.ts";

/**
 * How far outside the screen a card is built: at least one row of cards, so that Tab finds the next one's buttons, and
 * far enough that scrolling meets cards that are drawn.
 */
const NEAR_PX = 700;

type Listener = (inside: boolean) => void;

/** One observer for all elements of a scroller. */
class Watch {
  readonly #listeners = new WeakMap<Element, Listener>();
  readonly #observer: IntersectionObserver;

  constructor(root: Element | null, margin: number) {
    this.#observer = new IntersectionObserver(
      (entries) => {
        for (const entry of entries) this.#listeners.get(entry.target)?.(entry.isIntersecting);
      },
      { root, rootMargin: `${margin}px 0px` },
    );
  }

  observe(element: Element, listener: Listener): () => void {
    this.#listeners.set(element, listener);
    this.#observer.observe(element);
    return () => {
      this.#listeners.delete(element);
      this.#observer.unobserve(element);
    };
  }
}

interface Watches {
  readonly near: Watch;
  readonly visible: Watch;
}

/** By scroller: margins count only around the element that scrolls, and cut at any other that clips. */
const watches = new WeakMap<Element, Watches>();

function watchesAround(element: Element): Watches {
  const root = element.closest("main") ?? document.documentElement;
  let found = watches.get(root);
  if (!found) {
    const scroller = root === document.documentElement ? null : root;
    found = { near: new Watch(scroller, NEAR_PX), visible: new Watch(scroller, 0) };
    watches.set(root, found);
  }
  return found;
}

/** Calls `listener` when the element comes near the screen and when it leaves. Returns the way to stop. */
export function watchNear(element: Element, listener: Listener): () => void {
  return watchesAround(element).near.observe(element, listener);
}

/** Calls `listener` when the element comes onto the screen and when it leaves. Returns the way to stop. */
export function watchVisible(element: Element, listener: Listener): () => void {
  return watchesAround(element).visible.observe(element, listener);
}

/** At the latest, cards that are near the screen are built after so long. */
const PATIENCE_MS = 400;

/** Between two looks whether what was asked for has been answered. */
const LOOK_MS = 20;

/** Cards near the screen that are yet to be built. */
const unbuilt = new Set<() => void>();
let isBuilding = false;

/** Builds what is not in sight one after the other, when what is in sight has been asked for and answered. */
function buildSoon(build: () => void): () => void {
  unbuilt.add(build);
  if (!isBuilding) buildNext(performance.now());
  return () => unbuilt.delete(build);
}

function buildNext(since: number): void {
  isBuilding = true;
  whenIdle(() => {
    const [next] = unbuilt;
    if (!next) {
      isBuilding = false;
    } else if (openQuestions() > 0 && performance.now() - since < PATIENCE_MS) {
      setTimeout(() => buildNext(since), LOOK_MS);
    } else {
      unbuilt.delete(next);
      next();
      buildNext(performance.now());
    }
  });
}

function isOnScreen(element: Element): boolean {
  const { top, bottom, height } = element.getBoundingClientRect();
  const screen = (element.closest("main") ?? document.documentElement).getBoundingClientRect();
  return height > 0 && bottom > screen.top && top < screen.bottom;
}

export interface CardView {
  /** Whether to build the card. Stays true while the focus is inside, which would be lost with it. */
  readonly near: boolean;
  /** Whether any of it is on the screen: what is not need not follow the news. */
  readonly visible: ReadonlySignal<boolean>;
}

export function useCardView(ref: RefObject<HTMLElement | null>): CardView {
  const [near, setNear] = useState(false);
  const [visible] = useState(() => signal(false));
  // The observers tell a frame later: what is in sight from the start is built, and asks for its data, before that.
  useLayoutEffect(() => {
    if (ref.current && isOnScreen(ref.current)) {
      setNear(true);
      visible.value = true;
    }
  }, []);
  useEffect(() => {
    const element = ref.current;
    if (!element) return;
    let isNear = false;
    let callOff = (): void => {};
    const settle = (): void => setNear(isNear || element.contains(document.activeElement));
    const { near: nearWatch, visible: visibleWatch } = watchesAround(element);
    const stops = [
      nearWatch.observe(element, (inside) => {
        isNear = inside;
        callOff();
        if (isNear && !visible.peek()) callOff = buildSoon(settle);
        else settle();
      }),
      visibleWatch.observe(element, (inside) => {
        visible.value = inside;
        if (!inside) return;
        callOff();
        isNear = true;
        settle();
      }),
      () => callOff(),
    ];
    // The focus is nowhere while it moves.
    const left = (): void => void setTimeout(settle, 0);
    element.addEventListener("focusout", left);
    // Tab may be faster than the observer: a card that it stops at has its buttons before the next one is pressed.
    element.addEventListener("focusin", settle);
    return () => {
      for (const stop of stops) stop();
      element.removeEventListener("focusout", left);
      element.removeEventListener("focusin", settle);
    };
  }, []);
  return { near, visible };
}
