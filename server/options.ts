/** What the server is started with, and the defaults. */
import { totalmem } from "node:os";
import type { Problem } from "./api/types.ts";
import type { LogSource } from "./logdir/source.ts";
import type { ReceiveOptions } from "./receive/access.ts";

/**
 * How the server reads and answers. What is left out has the default of the command, but for the index cache (`null`).
 *
 * @example
 * const quiet: Partial<ServerOptions> = { memory: 2e9, checksum: false, samplesPerPlugin: { images: 100 } };
 * const board = await startServer({ logdir: "runs", port: 0, ...quiet });
 * await board.close();
 */
export interface ServerOptions {
  /** Log directories, each with the prefix of its runs' names. */
  readonly sources: readonly LogSource[];
  /** The log directory as the user wrote it, for display. */
  readonly logdir: string;
  /** Address to bind. Default `localhost`: nobody but this machine can connect. */
  readonly host: string;
  /** Default 6006. 0: any free port. */
  readonly port: number;
  /** Try the next ports when the port is taken; default true unless a port was asked for. */
  readonly findFreePort: boolean;
  /** Further names by which browsers may address this server. */
  readonly allowedHosts: readonly string[];
  /** Further pages that may show this server in a frame, as in `https://hub.example`; loopback ones and VS Code may. */
  readonly frameAncestors: readonly string[];
  /** Path that everything is served under; empty, or `/` and no `/` at its end. */
  readonly pathPrefix: string;
  /** Title of the browser's window; empty (default): the product's name. */
  readonly windowTitle: string;
  /** Seconds between sweeps of what cannot be watched, default 5; 0: everything is read once, and nothing is followed. */
  readonly reloadInterval: number;
  /** Points kept in answers of the compatible face, by plugin; Infinity: all. */
  readonly samplesPerPlugin: Readonly<Record<string, number>>;
  /** Whether the CRC of every record's data is checked. Default true. */
  readonly checksum: boolean;
  /** Whether links are followed that lead out of the log directory. Default false. */
  readonly followLinks: boolean;
  /** Bytes of points to keep in memory; the others go to a temporary file. Default 40 % of what this process may use. */
  readonly memory: number;
  /** Folder in which what large event files hold is remembered for the next start; null for not at all. */
  readonly indexCache: string | null;
  /** Reading threads; undefined: by the number of cores. */
  readonly threads: number | undefined;
  /** Who may write events over HTTP; undefined (default): nobody. */
  readonly ingest: ReceiveOptions | undefined;
  /** Told of each thing wrong with the logs: a damaged file, a directory that cannot be read. Default: nobody is. */
  readonly onProblem: ((problem: Problem) => void) | undefined;
}

export const DEFAULT_PORT = 6006;

/** A share of the memory that this process may use: the machine's, or what a container allows. */
export function memoryShare(share: number): number {
  const allowed = process.constrainedMemory();
  return share * (allowed > 0 ? Math.min(allowed, totalmem()) : totalmem());
}

export const defaultOptions: Omit<ServerOptions, "sources" | "logdir"> = {
  host: "localhost",
  port: DEFAULT_PORT,
  findFreePort: true,
  allowedHosts: [],
  frameAncestors: [],
  pathPrefix: "",
  windowTitle: "",
  reloadInterval: 5,
  samplesPerPlugin: {},
  checksum: true,
  followLinks: false,
  memory: memoryShare(0.4),
  indexCache: null,
  threads: undefined,
  ingest: undefined,
  onProblem: undefined,
};
