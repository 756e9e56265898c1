/** A server on some logs, and requests to its native API. */
import { afterAll, beforeAll } from "vitest";
import { type RunningServer, startServer } from "../../server/index.ts";

export interface NativeApi {
  /** Address of the page. */
  readonly url: string;
  get(path: string, headers?: Record<string, string>): Promise<Response>;
  getJson<T>(path: string): Promise<T>;
  post(path: string, query: unknown, headers?: Record<string, string>): Promise<Response>;
}

/** Serves a directory while the tests of a file run. @param logdir called when they begin */
export function serveWhileTesting(logdir: () => string | Promise<string>): NativeApi {
  let server: RunningServer;
  beforeAll(async () => {
    server = await startServer({ logdir: await logdir(), port: 0, threads: 0, indexCache: null });
    await server.loaded;
  });
  afterAll(() => server.close());
  const address = (path: string) => new URL(`api/v1/${path}`, server.url);
  const get = (path: string, headers: Record<string, string> = {}) => fetch(address(path), { headers });
  return {
    get url() {
      return server.url;
    },
    get,
    getJson: async <T>(path: string) => (await get(path)).json() as Promise<T>,
    post: (path, query, headers = {}) =>
      fetch(address(path), { method: "POST", body: JSON.stringify(query), headers }),
  };
}
