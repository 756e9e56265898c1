/** `tsboard/server`: starts the server in this process, as the command `tsboard` does. */
import { createServer, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { warmUp } from "./graphs/warm-up.ts";
import { createApp } from "./http/app.ts";
import type { ServerContext } from "./http/context.ts";
import { Loader } from "./ingest/loader.ts";
import { trimCache } from "./ingest/trim-cache.ts";
import { fromLogdir } from "./logdir/source.ts";
import { defaultOptions, type ServerOptions } from "./options.ts";
import { checkToken } from "./receive/access.ts";
import { StatusSignal } from "./status-signal.ts";
import { Store } from "./store/store.ts";
import { tellProblems } from "./tell-problems.ts";

export type { ServerOptions } from "./options.ts";
export type { ReceiveOptions } from "./receive/access.ts";
export { problemLine } from "./tell-problems.ts";
export { version } from "./version.ts";

/**
 * Options of {@link startServer}: `logdir` or `sources`, and what differs from the defaults.
 *
 * @example
 * const options: StartOptions = { logdir: "runs", port: 0, windowTitle: "nightly" };
 * const board = await startServer(options);
 * await board.close();
 */
export type StartOptions = Partial<ServerOptions> &
  ({ readonly logdir: string } | Pick<ServerOptions, "sources">);

/**
 * A server that listens.
 *
 * @example
 * const board: RunningServer = await startServer({ logdir: "runs", port: 0 });
 * await board.loaded;
 * console.log(board.url === `http://localhost:${board.port}/`); // true
 * await board.close();
 */
export interface RunningServer {
  /** Address of the page, with the path prefix. */
  readonly url: string;
  readonly port: number;
  /** Resolves once everything that was there at the start has been read. */
  readonly loaded: Promise<void>;
  /** Stops serving and reading. */
  close(): Promise<void>;
}

/** How many ports are tried when the default one is taken. */
const PORTS_TO_TRY = 100;

/**
 * Serves a log directory. Listens as soon as it can; reading goes on behind.
 *
 * @throws Error in words when the address cannot be bound, RangeError when the token of `ingest` is too short
 * @example
 * const board = await startServer({ logdir: "runs", port: 0, onProblem: (one) => console.warn(problemLine(one)) });
 * const response = await fetch(new URL("data/runs", board.url));
 * console.log(response.status); // 200
 * await board.close();
 */
export async function startServer(given: StartOptions): Promise<RunningServer> {
  const logdir = given.logdir ?? (given.sources ?? []).map((s) => s.directory).join(",");
  const options: ServerOptions = {
    ...defaultOptions,
    findFreePort: given.port === undefined,
    sources: fromLogdir(logdir),
    ...given,
    logdir,
  };
  if (options.ingest !== undefined) checkToken(options.ingest.token);
  const signal = new StatusSignal();
  const store = new Store({
    memory: options.memory,
    onProblem: (message) => loader.report("memory", message),
  });
  const loader: Loader = new Loader(store, options.sources, {
    reloadInterval: options.reloadInterval,
    checksum: options.checksum,
    followLinks: options.followLinks,
    indexCache: options.indexCache,
    ...(options.threads !== undefined && { threads: options.threads }),
    onStatus: () => signal.notify(),
  });
  const problems = () => [...loader.unreadable, ...loader.problems];
  const stopTelling = tellProblems(signal, problems, options.onProblem ?? (() => {}));
  const context: ServerContext = { store, loader, options };
  const server = createServer(createApp(context, signal));
  try {
    await listen(server, options);
  } catch (error) {
    stopTelling();
    await loader.close();
    throw error;
  }
  void loader.start();
  if (options.indexCache !== null) {
    const { indexCache } = options;
    void loader.firstLoad.then(() => trimCache(indexCache));
  }
  const stopWarming = warmUp(context);
  const port = (server.address() as AddressInfo).port;
  return {
    url: `http://${urlHost(options.host)}:${port}${options.pathPrefix}/`,
    port,
    loaded: loader.firstLoad,
    close: async () => {
      stopWarming();
      await loader.close();
      stopTelling();
      store.close();
      server.closeAllConnections();
      await new Promise<void>((resolve) => server.close(() => resolve()));
    },
  };
}

type Address = Pick<ServerOptions, "host" | "port" | "findFreePort">;

async function listen(server: Server, { host, port, findFreePort }: Address): Promise<void> {
  for (let attempt = 0; ; attempt++) {
    try {
      await listenOn(server, port === 0 ? 0 : port + attempt, host);
      return;
    } catch (error) {
      const code = error instanceof Error && "code" in error ? String(error.code) : "";
      if (code === "EADDRINUSE" && findFreePort && attempt < PORTS_TO_TRY) continue;
      if (host === "::" && NO_IPV6.has(code)) return listen(server, { host: "0.0.0.0", port, findFreePort });
      const words = refusals(host, port)[code];
      throw words === undefined ? error : new Error(words);
    }
  }
}

/** What the system says on machines that have IPv4 only. */
const NO_IPV6 = new Set(["EAFNOSUPPORT", "EADDRNOTAVAIL"]);

/** Why an address cannot be bound, in words, by the system's code. */
function refusals(host: string, port: number): Readonly<Record<string, string>> {
  const unknown = `--host ${host}: no machine of that name is known`;
  return {
    EADDRINUSE: `port ${port} is in use; choose another with --port, or --port 0 for any free one`,
    EADDRNOTAVAIL: `--host ${host} is no address of this machine (--bind_all listens on all that it has)`,
    ENOTFOUND: unknown,
    EAI_AGAIN: unknown,
    EACCES: `port ${port} may not be opened by this user: those below 1024 are the system's; choose another with --port`,
  };
}

function listenOn(server: Server, port: number, host: string): Promise<void> {
  return new Promise((resolve, reject) => {
    server.once("error", reject);
    server.listen(port, host, () => {
      server.off("error", reject);
      resolve();
    });
  });
}

/** The host as a URL has it: brackets around IPv6, and a name that a browser can open for "all addresses". */
function urlHost(host: string): string {
  if (host === "0.0.0.0" || host === "::") return "localhost";
  return host.includes(":") ? `[${host}]` : host;
}
