/** Markdown of descriptions and text summaries as HTML that is safe to show: whatever a log says, no script runs. */
import { createRequire } from "node:module";
import type MarkdownIt from "markdown-it";
import type sanitizeHtml from "sanitize-html";

/** Tags and attributes that stock TensorBoard lets through; everything else is shown as text. */
const ALLOWED: sanitizeHtml.IOptions = {
  allowedTags: [
    ...["ul", "ol", "li", "p", "pre", "code", "blockquote", "h1", "h2", "h3", "h4", "h5", "h6", "hr", "br"],
    ...["strong", "em", "a", "img", "table", "thead", "tbody", "td", "tr", "th"],
  ],
  allowedAttributes: { a: ["href", "title"], img: ["src", "title", "alt"] },
  allowedSchemes: ["http", "https", "mailto"],
  disallowedTagsMode: "escape",
};

interface Libraries {
  readonly markdown: InstanceType<typeof MarkdownIt>;
  readonly sanitizeHtml: typeof sanitizeHtml;
}

let loaded: Libraries | undefined;

/** Loaded with the first text that needs them: most logs have none, and the server is up sooner without. */
function libraries(): Libraries {
  if (loaded) return loaded;
  const require = createRequire(import.meta.url);
  const Markdown: typeof MarkdownIt = require("markdown-it");
  loaded = {
    markdown: new Markdown({ html: true, linkify: false }),
    sanitizeHtml: require("sanitize-html"),
  };
  return loaded;
}

/** HTML of a Markdown text, with whatever HTML the text has: not to be shown before it went through {@link sanitize}. */
export function toHtml(text: string): string {
  return libraries().markdown.render(text).trim();
}

/** HTML without anything that could run or style; what is not let through is shown as text. */
export function sanitize(html: string): string {
  return libraries().sanitizeHtml(html, ALLOWED);
}

/** Sanitised HTML of a Markdown text. */
export function renderMarkdown(text: string): string {
  return text === "" ? "" : sanitize(toHtml(text));
}
