/** A signal that follows another at most once in a while: the first change at once, the last one always. */
import { effect, type ReadonlySignal, signal } from "@preact/signals";

/** Returns the follower and the way to stop it. */
export function throttled<T>(source: ReadonlySignal<T>, ms: number): [ReadonlySignal<T>, () => void] {
  const follower = signal(source.peek());
  let openAt = 0;
  let timer: ReturnType<typeof setTimeout> | undefined;
  const stop = effect(() => {
    const value = source.value;
    if (value === follower.peek()) return;
    clearTimeout(timer);
    const wait = openAt - performance.now();
    const pass = (): void => {
      openAt = performance.now() + ms;
      follower.value = value;
    };
    if (wait <= 0) pass();
    else timer = setTimeout(pass, wait);
  });
  return [
    follower,
    () => {
      clearTimeout(timer);
      stop();
    },
  ];
}
