/**
 * Who may write: whoever knows the token, from this machine unless others were asked for, and of web pages those of this
 * machine and the ones that were named.
 */
import { createHash, randomBytes, timingSafeEqual } from "node:crypto";

/**
 * Who may write events over HTTP.
 *
 * @example
 * const ingest: ReceiveOptions = { token: "sixteen-characters-or-more", origins: ["https://lab.example"] };
 * const board = await startServer({ logdir: "runs", port: 0, ingest });
 * const sink = new HttpSink(board.url, { token: ingest.token, run: "from-afar" });
 * const remote = createWriter(sink);
 * remote.scalar("loss", 0.5, { step: 1 });
 * await remote.close();
 * await board.close();
 */
export interface ReceiveOptions {
  /** What writers must show. At least 16 characters that a header can carry. */
  readonly token: string;
  /** Origins of pages that may write besides those of this machine, such as `https://lab.example`. Default: none. */
  readonly origins?: readonly string[];
  /** Whether other machines may write too, where the server listens to them. Default false. */
  readonly remote?: boolean;
}

const MIN_TOKEN_LENGTH = 16;

/** A token that nobody guesses: 128 random bits. */
export function newToken(): string {
  return randomBytes(16).toString("base64url");
}

/** Throws RangeError, without telling the token, unless it is long enough and fits a header. */
export function checkToken(token: string): void {
  if (!/^[\x21-\x7e]*$/.test(token))
    throw new RangeError("a token is made of ASCII characters without spaces");
  if (token.length < MIN_TOKEN_LENGTH)
    throw new RangeError(`a token has at least ${MIN_TOKEN_LENGTH} characters, not ${token.length}`);
}

/** An origin as browsers write it. Throws RangeError for what is none; a path has no meaning here. */
export function toOrigin(text: string): string {
  const url = URL.canParse(text) ? new URL(text) : null;
  if (url === null || !/^https?:$/.test(url.protocol) || `${url.origin}/` !== url.href)
    throw new RangeError(`"${text}" is no origin: scheme and host of a page, as in https://lab.example:8080`);
  return url.origin;
}

/** Whether the Authorization header carries the token; how long that takes tells nothing of it. */
export function carriesToken(header: string | undefined, token: string): boolean {
  const given = /^Bearer +(\S+) *$/i.exec(header ?? "")?.[1] ?? "";
  return timingSafeEqual(digest(given), digest(token));
}

/** Digests have one length, which the comparison needs. */
function digest(text: string): Buffer {
  return createHash("sha256").update(text).digest();
}

/**
 * Whether a page may write.
 *
 * @param origin the Origin header; programs that are no pages send none
 * @param host the Host header: pages that the server itself served come from there
 */
export function mayWrite(
  origin: string | undefined,
  host: string | undefined,
  { origins = [] }: ReceiveOptions,
): boolean {
  if (origin === undefined) return true;
  if (!URL.canParse(origin)) return false;
  const { hostname, host: from } = new URL(origin);
  return isLoopbackName(hostname) || from === host || origins.includes(origin);
}

/** Whether an address is this machine's own, IPv4 perhaps written as IPv6. */
export function isLoopbackAddress(address: string | undefined): boolean {
  return address === "::1" || /^(?:::ffff:)?127\./.test(address ?? "");
}

function isLoopbackName(hostname: string): boolean {
  return (
    hostname === "localhost" ||
    hostname.endsWith(".localhost") ||
    hostname === "[::1]" ||
    /^127(?:\.\d+){3}$/.test(hostname)
  );
}
