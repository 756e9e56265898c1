/** Libraries that come with the first text that needs them: most logs have none, and the server is up sooner without. */
import { createRequire } from "node:module";

const require = createRequire(import.meta.url);

type MarkdownIt = typeof import("markdown-it").default;
type SanitizeHtml = typeof import("sanitize-html");

let parser: InstanceType<MarkdownIt> | undefined;
let sanitizer: SanitizeHtml | undefined;

/** CommonMark with tables, and with all HTML that is in a text: not to be shown before it is sanitised. */
export function markdownIt(): InstanceType<MarkdownIt> {
  if (parser) return parser;
  const Parser: MarkdownIt = defaultOf(require("markdown-it"));
  // Stock has no strikethrough. Addresses stay as they were written, and which of them are safe is for what comes after.
  parser = new Parser({ html: true }).disable("strikethrough");
  parser.validateLink = () => true;
  parser.normalizeLink = parser.normalizeLinkText = (address) => address;
  return parser;
}

export function sanitizeHtml(): SanitizeHtml {
  sanitizer ??= defaultOf<SanitizeHtml>(require("sanitize-html"));
  return sanitizer;
}

/** What a module is about, whichever kind of module it is. */
function defaultOf<T>(module: T | { readonly default: T }): T {
  return typeof module === "object" && module !== null && "default" in module ? module.default : module;
}
