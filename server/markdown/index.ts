/**
 * Markdown of descriptions and text summaries as HTML that is safe to show: CommonMark with tables, and of HTML what stock
 * TensorBoard lets through. Whatever a log says, no script runs, and no text holds the server for long.
 */
import { withinTime } from "../util/time-limit.ts";
import { markdownIt, sanitizeHtml as sanitizer } from "./libraries.ts";
import { Rendered } from "./rendered.ts";
import { sanitizeHtml } from "./sanitize.ts";

/**
 * What a text may have to be rendered: what people write has some thousand characters. Within these, the worst that we
 * know of takes half a second, once; beyond, it grows with the square. Such texts are shown as they are written.
 */
const MOST_CHARACTERS = 1 << 18;
/** Characters that may begin or end something, which is looked for up to the end of the text. */
const PAIRS = /[[\]!*_`<]/g;
const MOST_PAIRS = 20_000;
/** Lines, cells of tables, entities. */
const PARTS = /[\n|&]/g;
const MOST_PARTS = 60_000;
/** Whatever is in them, shorter texts need no watch: that takes longer than they do. */
const QUICK_CHARACTERS = 2000;
/** For what we do not know of, milliseconds. */
const LIMIT_MILLIS = 5000;

const rendered = new Rendered();

/** Sanitised HTML of a Markdown text; rendered once. */
export function renderMarkdown(text: string): string {
  return text === "" ? "" : rendered.get(text, render);
}

/** HTML without anything that could run or style; what is not let through is shown as text. */
export function sanitize(html: string): string {
  return attempt(html, () => sanitizeHtml(html)) ?? asText(html);
}

function render(text: string): string {
  const html = attempt(text, () => sanitizeHtml(markdownIt().render(text)).trimEnd());
  return html ?? `<pre>${asText(text)}</pre>`;
}

const asText = (text: string): string =>
  text.replaceAll("&", "&amp;").replaceAll("<", "&lt;").replaceAll(">", "&gt;");

/** What `work` gives; undefined where it would take too long, or is nested too deep. */
function attempt(text: string, work: () => string): string | undefined {
  if (isLaborious(text)) return undefined;
  // Loaded before time is taken.
  markdownIt();
  sanitizer();
  try {
    return text.length <= QUICK_CHARACTERS ? work() : withinTime(LIMIT_MILLIS, work);
  } catch (error) {
    if (error instanceof RangeError) return undefined;
    throw error;
  }
}

function isLaborious(text: string): boolean {
  if (text.length > MOST_CHARACTERS) return true;
  if (text.length <= MOST_PAIRS) return false;
  return count(text, PAIRS) > MOST_PAIRS || count(text, PARTS) > MOST_PARTS;
}

function count(text: string, marks: RegExp): number {
  return text.match(marks)?.length ?? 0;
}
