/**
 * Which pages may show this server in a frame: notebooks on this machine at any port, and the windows of VS Code; other
 * sites only where the user names them. What shows us could lay its own buttons over ours.
 */

/** Sources as `frame-ancestors` of a content policy takes them. An IPv6 address cannot be written there. */
const LOOPBACK = ["localhost", "*.localhost", "127.0.0.1"].flatMap((host) => [
  `http://${host}:*`,
  `https://${host}:*`,
]);

const VS_CODE = ["vscode-webview:", "vscode-file:"];

/** @param further sources that the user allowed, as {@link toFrameAncestor} gives them */
export function frameAncestors(further: readonly string[]): string[] {
  return ["'self'", ...LOOPBACK, ...VS_CODE, ...further];
}

/**
 * A page's origin (`https://hub.example`, `https://*.example:8443`) or a scheme with its colon.
 *
 * @throws Error in words when it is neither
 */
export function toFrameAncestor(text: string): string {
  const source = text.trim().toLowerCase().replace(/\/$/, "");
  if (
    /^[a-z][a-z0-9+.-]*:$/.test(source) ||
    /^[a-z][a-z0-9+.-]*:\/\/(\*\.)?[a-z0-9.-]+(:(\d+|\*))?$/.test(source)
  )
    return source;
  throw new Error(
    `"${text}" is no page that could frame this one: give its origin, as in https://hub.example`,
  );
}
