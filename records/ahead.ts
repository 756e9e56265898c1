/** Fetches ahead: what comes next is made while what is there is used. */

/** The same items, up to `count` of them made before they are asked for; one after the other, as all iterators bear. */
export async function* ahead<Item>(
  items: AsyncIterable<Item>,
  count: number,
): AsyncGenerator<Item, void, void> {
  const iterator = items[Symbol.asyncIterator]();
  const asked: Promise<IteratorResult<Item, unknown>>[] = [];
  let last: Promise<unknown> = Promise.resolve();
  const ask = (): void => {
    const next = last.then(() => iterator.next());
    // Whoever takes this item is told of its error; perhaps nobody does.
    last = next.catch(() => {});
    asked.push(next);
  };
  try {
    for (let i = 0; i < count; i++) ask();
    for (let next = await asked.shift(); next && !next.done; next = await asked.shift()) {
      ask();
      yield next.value;
    }
  } finally {
    await last;
    await iterator.return?.();
  }
}
