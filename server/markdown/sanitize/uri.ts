/** Whether an address may stand in a link or an image, as bleach decides it. */
import { atAmpersands, decodeReference, referenceAt } from "./entities.ts";

const SCHEMES = new Set(["http", "https", "mailto"]);
/** What browsers leave out of an address, so that `java&#10;script:` is one: what is not seen, and backticks. */
const LEFT_OUT = /[`\0-\x20\x7f-\xa0\s\ufffd]+/gu;

/** @param address as it was written, with its entities */
export function isAllowedAddress(address: string): boolean {
  const normal = decodeAll(address).replace(LEFT_OUT, "").toLowerCase();
  const scheme = schemeOf(normal);
  const behind = scheme === "" ? normal : normal.slice(scheme.length + 1);
  return hasSoundHost(behind) && (scheme === "" || SCHEMES.has(scheme));
}

function decodeAll(text: string): string {
  let decoded = "";
  for (const part of atAmpersands(text)) {
    const name = part.startsWith("&") ? referenceAt(part) : null;
    const character = name === null ? null : decodeReference(name);
    decoded += name === null || character === null ? part : character + part.slice(name.length + 2);
  }
  return decoded;
}

/** The scheme of an address; none where all that follows is the number of a port. */
function schemeOf(address: string): string {
  const match = /^([a-z0-9+.-]+):(.*)$/s.exec(address);
  if (!match) return "";
  const [, scheme, rest] = match;
  return scheme === "http" || rest === "" || /[^0-9]/.test(rest!) ? scheme! : "";
}

/** Python's `urlsplit` refuses hosts with one bracket, and such that are others once they are normalised. */
function hasSoundHost(behindScheme: string): boolean {
  if (!behindScheme.startsWith("//")) return true;
  const [host = ""] = behindScheme.slice(2).split(/[/?#]/, 1);
  if (host.includes("[") !== host.includes("]")) return false;
  const bare = host.replace(/[@:#?]/g, "");
  const normal = bare.normalize("NFKC");
  return bare === normal || !/[/?#@:]/.test(normal);
}
