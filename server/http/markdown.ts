/** Markdown of descriptions and text summaries as HTML that is safe to show: whatever a log says, no script runs. */
import MarkdownIt from "markdown-it";
import sanitizeHtml from "sanitize-html";

const markdown = new MarkdownIt({ html: true, linkify: false });

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

/** HTML of a Markdown text, with whatever HTML the text has: not to be shown before it went through {@link sanitize}. */
export function toHtml(text: string): string {
  return markdown.render(text).trim();
}

/** HTML without anything that could run or style; what is not let through is shown as text. */
export function sanitize(html: string): string {
  return sanitizeHtml(html, ALLOWED);
}

/** Sanitised HTML of a Markdown text. */
export function renderMarkdown(text: string): string {
  return text === "" ? "" : sanitize(toHtml(text));
}
