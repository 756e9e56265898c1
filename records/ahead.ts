/** Fetches ahead: what comes next is made while what is there is used. */

/**
 * The same items, up to `count` of them made before they are asked for. With a count of 1 the iterator is asked for one
 * at a time, as all iterators bear; generators bear more, and make one after the other.
 */
export async function* ahead<Item>(
  items: AsyncIterable<Item>,
  count: number,
): AsyncGenerator<Item, void, void> {
  const iterator = items[Symbol.asyncIterator]();
  const asked: Promise<IteratorResult<Item, unknown>>[] = [];
  const ask = (): void => {
    const next = iterator.next();
    // Whoever takes this item is told; perhaps nobody does.
    next.catch(() => {});
    asked.push(next);
  };
  try {
    for (let i = 0; i < count; i++) ask();
    for (let next = await asked.shift(); next && !next.done; next = await asked.shift()) {
      ask();
      yield next.value;
    }
  } finally {
    await iterator.return?.();
  }
}
