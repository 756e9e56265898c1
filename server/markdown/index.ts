/** Markdown of descriptions and text summaries as HTML that is safe to show: whatever a log says, no script runs. */
import { withinTime } from "../util/time-limit.ts";
import { markdownToHtml } from "./convert.ts";
import { sanitize as sanitizeHtml } from "./sanitize/sanitize.ts";

/** How long a text may take: what is made to take longer is shown as it is written. */
const LIMIT_MILLIS = 5000;

/** Sanitised HTML of a Markdown text. */
export function renderMarkdown(text: string): string {
  return text === "" ? "" : renderMarkdowns([text], ([html = ""]) => html);
}

/** Sanitised HTML of several Markdown texts, put together before it is sanitised as a whole. */
export function renderMarkdowns(
  texts: readonly string[],
  combine: (htmls: readonly string[]) => string,
): string {
  const html = attempt(() => sanitizeHtml(combine(texts.map(markdownToHtml))));
  return html ?? sanitize(combine(texts.map((text) => `<pre>${asText(text)}</pre>`)));
}

/** HTML without anything that could run or style; what is not let through is shown as text. */
export function sanitize(html: string): string {
  return attempt(() => sanitizeHtml(html)) ?? asText(html);
}

const asText = (text: string): string =>
  text.replaceAll("&", "&amp;").replaceAll("<", "&lt;").replaceAll(">", "&gt;");

/** What `work` gives; undefined where it would take too long, or is nested too deep. */
function attempt(work: () => string): string | undefined {
  try {
    return withinTime(LIMIT_MILLIS, work);
  } catch (error) {
    if (error instanceof RangeError) return undefined;
    throw error;
  }
}
