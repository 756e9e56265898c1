/** Bytes in pieces, as files and networks give them. */

/** `bytes` cut at these offsets, in memory of their own. */
export async function* pieces(bytes: Uint8Array, cuts: readonly number[]): AsyncGenerator<Uint8Array> {
  const offsets = [0, ...cuts.filter((cut) => cut <= bytes.length).sort((a, b) => a - b), bytes.length];
  for (let i = 1; i < offsets.length; i++) yield bytes.slice(offsets[i - 1], offsets[i]);
}

/** Everything that is iterated. */
export async function collect<Item>(items: AsyncIterable<Item>): Promise<Item[]> {
  const list: Item[] = [];
  for await (const item of items) list.push(item);
  return list;
}

/** What came before an error, and the error. */
export async function collectUntilError<Item>(
  items: AsyncIterable<Item>,
): Promise<{ items: Item[]; error: unknown }> {
  const list: Item[] = [];
  try {
    for await (const item of items) list.push(item);
  } catch (error) {
    return { items: list, error };
  }
  return { items: list, error: undefined };
}

/** A stream that gathers what is written into it. */
export function gatheringStream(): { stream: WritableStream<Uint8Array>; bytes: () => Uint8Array } {
  const chunks: Uint8Array[] = [];
  const stream = new WritableStream<Uint8Array>({ write: (chunk) => void chunks.push(chunk) });
  return { stream, bytes: () => new Uint8Array(Buffer.concat(chunks)) };
}
