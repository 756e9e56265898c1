/** Something that a log or a file says is a graph, and is not: told in words. */
export class GraphError extends Error {}

/** What somebody asks of a graph does not fit: told in words. */
export class GraphQueryError extends Error {}

/** @throws GraphError when reading throws: what is there is not what it should be */
export function reading<T>(what: string, read: () => T): T {
  try {
    return read();
  } catch (error) {
    const why = error instanceof Error ? error.message : String(error);
    throw new GraphError(`what the log holds is not ${what}: ${why}`);
  }
}
