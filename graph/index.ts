/** The graph room: what a graph is, for the server, for workers in the page, and for tests. */
export { Graph, openGraph, openStep, Step, type TableBy } from "./graph.ts";
export { GraphError, GraphQueryError } from "./graph-error.ts";
export { openKerasModel, openLogged } from "./open-logged.ts";
export type { Compile } from "./search.ts";
export type * from "./views.ts";
