/**
 * Keeps other web pages out: only requests addressed to a name of this server are answered (a page that rebinds
 * its own name to our address is not), none that a page of another site sends, and our page runs no code but its own.
 */
import type { IncomingHttpHeaders } from "node:http";
import { isIP } from "node:net";
import { hostname } from "node:os";
import type { RequestHandler } from "express";
import helmet from "helmet";

const LOOPBACK = new Set(["localhost", "127.0.0.1", "::1"]);
const EVERYWHERE = new Set(["0.0.0.0", "::", ""]);

/**
 * Answers 403 to requests whose Host header is not one of ours. Ports are free: tunnels change them.
 *
 * @param bound the address that the server listens on
 * @param allowed further names, as given with --allowed-host
 */
export function checkHost(bound: string, allowed: readonly string[]): RequestHandler {
  const names = new Set([...LOOPBACK, bound.toLowerCase(), ...allowed.map((name) => name.toLowerCase())]);
  const everywhere = EVERYWHERE.has(bound);
  if (everywhere) names.add(hostname().toLowerCase());
  return (request, response, next) => {
    const host = hostOf(request.headers.host);
    // An address cannot be rebound, so any will do where the server listens on all of them.
    if (
      host !== null &&
      (names.has(host) || host.endsWith(".localhost") || (everywhere && isIP(host) !== 0))
    ) {
      next();
      return;
    }
    response
      .status(403)
      .type("text/plain")
      .send(
        `This server does not go by the name "${host ?? ""}". If it should, start it with --allowed-host ${host ?? "NAME"}\n`,
      );
  };
}

/** The name in a Host header, without port and brackets; null when there is none that can be read. */
export function hostOf(header: string | undefined): string | null {
  const match = /^(?:\[([0-9a-f:.]+)\]|([^:[\]/?#@\s]+))(?::\d*)?$/i.exec(header ?? "");
  return match ? (match[1] ?? match[2]!).toLowerCase() : null;
}

/** What a request looks like to whoever guards against other sites. */
interface Asked {
  readonly method: string;
  /** Below the path prefix. */
  readonly path: string;
  readonly headers: IncomingHttpHeaders;
}

/**
 * Answers 403 to what a page of another site sends: it could not read the answer, but the work would be done. Programs,
 * the server's own pages and links that people follow are answered.
 *
 * @param allowed names of this server besides the one that the request is addressed to, as behind a proxy
 */
export function checkSite(allowed: readonly string[]): RequestHandler {
  const names = new Set(allowed.map((name) => name.toLowerCase()));
  return (request, response, next) => {
    if (isFromHere(request, names)) {
      next();
      return;
    }
    response
      .status(403)
      .type("text/plain")
      .send("This is a request of another site's page, and those are not answered here.\n");
  };
}

export function isFromHere(
  { method, path, headers }: Asked,
  names: ReadonlySet<string> = new Set(),
): boolean {
  const site = headers["sec-fetch-site"];
  // Of old browsers and those that reach us by plain HTTP under a name, only the origin is known.
  if (site === undefined) return isOwnOrigin(headers, names);
  if (site === "same-origin" || site === "none") return true;
  const reads = method === "GET" || method === "HEAD";
  if (!reads || headers["sec-fetch-mode"] !== "navigate") return false;
  // A link. Frames show the page alone, and whose they may be is for the policy of frame-ancestors to say.
  return headers["sec-fetch-dest"] === "document" || !/^\/(data|api)\//.test(path);
}

/** Programs that are no browsers send no origin. */
function isOwnOrigin({ origin, host }: IncomingHttpHeaders, names: ReadonlySet<string>): boolean {
  if (origin === undefined) return true;
  if (!URL.canParse(origin)) return false;
  const from = new URL(origin);
  return from.host === host?.toLowerCase() || names.has(from.hostname);
}

/**
 * Headers that allow the page its own scripts, styles, images and requests, and nothing else.
 *
 * @param ancestors who may frame it, see `frame-policy.ts`
 */
export function securityHeaders(ancestors: readonly string[]): RequestHandler {
  return helmet({
    contentSecurityPolicy: {
      useDefaults: false,
      directives: {
        defaultSrc: ["'none'"],
        // WebAssembly of our own: the projector's mathematics.
        scriptSrc: ["'self'", "'wasm-unsafe-eval'"],
        styleSrc: ["'self'"],
        imgSrc: ["'self'", "data:", "blob:"],
        mediaSrc: ["'self'", "blob:"],
        fontSrc: ["'self'"],
        connectSrc: ["'self'"],
        workerSrc: ["'self'"],
        baseUri: ["'self'"],
        formAction: ["'none'"],
        frameAncestors: [...ancestors],
      },
    },
    // Plain HTTP on one's own machine: nothing to upgrade to.
    strictTransportSecurity: false,
    crossOriginResourcePolicy: { policy: "same-origin" },
    // It knows no list: browsers go by frame-ancestors, and one that only knows this would keep notebooks out.
    xFrameOptions: false,
  });
}
