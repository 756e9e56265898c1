/** Something that a log says is a graph, and is not: told in words. */
export class GraphError extends Error {}
