/**
 * Stock TensorBoard's own front end, as the PyPI package has it, in front of any server of its data API: the page and
 * its code are stock's files, and everything under `/data` is asked of that server.
 */
import { execFileSync } from "node:child_process";
import { createReadStream, existsSync, mkdtempSync, readFileSync, rmSync } from "node:fs";
import { createServer, type IncomingMessage, request, type Server, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import os from "node:os";
import path from "node:path";
import { python } from "../../bench/tools/servers.ts";

const TYPES: Readonly<Record<string, string>> = {
  ".html": "text/html",
  ".js": "text/javascript",
  ".css": "text/css",
  ".svg": "image/svg+xml",
  ".json": "application/json",
  ".woff2": "font/woff2",
  ".ttf": "font/ttf",
};

/** Unpacks the page into a folder given as argument, and prints where the package is. */
const UNPACK = `
import os, sys, zipfile, tensorboard
package = os.path.dirname(tensorboard.__file__)
zipfile.ZipFile(os.path.join(package, "webfiles.zip")).extractall(sys.argv[1])
print(package)`;

export interface FrontEnd {
  readonly url: string;
  close(): Promise<void>;
}

/** @param api address of the server of the data */
export async function startStockFrontEnd(api: string): Promise<FrontEnd> {
  const files = mkdtempSync(path.join(os.tmpdir(), "stock-front-end-"));
  const found = execFileSync(python ?? "", ["-c", UNPACK, files], { encoding: "utf8" }).trim();
  // The projector brings files of its own.
  const projector = path.join(found, "plugins/projector/tf_projector_plugin");
  const server = createServer((asked, response) => {
    // The page asks for everything of its experiment.
    const pathname = new URL(asked.url ?? "", api).pathname.replace(/^\/experiment\/[^/]*/, "");
    const asset = /^\/data\/plugin\/projector\/(index\.js|projector_binary\.(?:html|js))$/.exec(pathname);
    if (asset) sendFile(path.join(projector, asset[1]!), response);
    else if (pathname.startsWith("/data/")) forward(asked, response, api);
    else if (pathname === "/") sendPage(path.join(files, "index.html"), response);
    else sendFile(path.join(files, path.posix.normalize(pathname)), response);
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}/`,
    close: async () => {
      await stop(server);
      rmSync(files, { recursive: true, force: true });
    },
  };
}

function forward(asked: IncomingMessage, response: ServerResponse, api: string): void {
  const { hostname, port, host } = new URL(api);
  const { method, url, headers } = asked;
  const onward = request({ hostname, port, method, path: url, headers: { ...headers, host } }, (answer) => {
    response.writeHead(answer.statusCode ?? 502, answer.headers);
    answer.pipe(response);
  });
  onward.on("error", (error) => response.writeHead(502).end(String(error)));
  asked.pipe(onward);
}

/** As stock's server does it, with where the site stands in front. */
function sendPage(file: string, response: ServerResponse): void {
  response.writeHead(200, { "Content-Type": "text/html" });
  response.end(`<!doctype html><meta name="tb-relative-root" content="./">${readFileSync(file, "utf8")}`);
}

function sendFile(file: string, response: ServerResponse): void {
  if (!existsSync(file)) {
    response.writeHead(404).end();
    return;
  }
  response.writeHead(200, { "Content-Type": TYPES[path.extname(file)] ?? "application/octet-stream" });
  createReadStream(file).pipe(response);
}

function stop(server: Server): Promise<void> {
  server.closeAllConnections();
  return new Promise((resolve) => server.close(() => resolve()));
}
