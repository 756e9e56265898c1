/** The graph room: what a graph is, for the server, for workers in the page, and for tests. */
export { Graph, openGraph } from "./graph.ts";
export { GraphError } from "./graph-error.ts";
export type { Compile } from "./search.ts";
export type * from "./views.ts";
