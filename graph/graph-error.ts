/** Something that a log or a file says is a graph, and is not: told in words. */
export class GraphError extends Error {}
