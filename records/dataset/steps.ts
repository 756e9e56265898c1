/** The steps of a pipeline but for the shuffle: each starts an iteration of what comes before it. */
import { ahead } from "../ahead.ts";
import type { Steps } from "./dataset.ts";

export function mapped<Element, Result>(
  steps: Steps<Element>,
  transform: (element: Element, index: number) => Result | Promise<Result>,
): Steps<Result> {
  return async function* map() {
    let index = 0;
    for await (const element of steps()) yield await transform(element, index++);
  };
}

export function batched<Element>(
  steps: Steps<Element>,
  size: number,
  dropRemainder: boolean,
): Steps<Element[]> {
  return async function* batch() {
    let list: Element[] = [];
    for await (const element of steps()) {
      list.push(element);
      if (list.length < size) continue;
      yield list;
      list = [];
    }
    if (list.length > 0 && !dropRemainder) yield list;
  };
}

/** An empty dataset ends even when it is repeated without end. */
export function repeated<Element>(steps: Steps<Element>, count: number): Steps<Element> {
  return async function* repeat() {
    for (let round = 0; round < count; round++) {
      let empty = true;
      for await (const element of steps()) {
        empty = false;
        yield element;
      }
      if (empty) return;
    }
  };
}

export function taken<Element>(steps: Steps<Element>, count: number): Steps<Element> {
  return async function* take() {
    if (count === 0) return;
    let left = count;
    for await (const element of steps()) {
      yield element;
      if (--left === 0) return;
    }
  };
}

export function skipped<Element>(steps: Steps<Element>, count: number): Steps<Element> {
  return async function* skip() {
    let left = count;
    for await (const element of steps()) {
      if (left > 0) left--;
      else yield element;
    }
  };
}

export function fetchedAhead<Element>(steps: Steps<Element>, count: number): Steps<Element> {
  return () => ahead(steps(), count);
}
