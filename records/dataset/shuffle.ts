/** Random order with bounded memory: as `tf.data`'s shuffle, an element is drawn from a buffer that is kept full. */
import type { Steps } from "./dataset.ts";
import { random } from "./random.ts";

/**
 * @param seed of the first iteration's order; the next ones follow from it
 * @param anew whether each iteration has an order of its own
 */
export function shuffled<Element>(
  steps: Steps<Element>,
  bufferSize: number,
  seed: number | undefined,
  anew: boolean,
): Steps<Element> {
  const first = seed ?? Math.random() * 2 ** 32;
  const seeds = random(first);
  return async function* shuffle() {
    const draw = random(anew ? seeds() * 2 ** 32 : first);
    const buffer: Element[] = [];
    for await (const element of steps()) {
      if (buffer.length < bufferSize) {
        buffer.push(element);
        continue;
      }
      const i = Math.floor(draw() * buffer.length);
      yield buffer[i]!;
      buffer[i] = element;
    }
    while (buffer.length > 0) {
      const i = Math.floor(draw() * buffer.length);
      yield buffer[i]!;
      buffer[i] = buffer.at(-1)!;
      buffer.pop();
    }
  };
}
