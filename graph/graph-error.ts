/** Something that a log or a file says is a graph, and is not: told in words. */
export class GraphError extends Error {}

/** What somebody asks of a graph does not fit: told in words. */
export class GraphQueryError extends Error {}
