/** Fenced code (the extension `fenced_code`): taken out before anything else looks at it. */
import { escapeCode } from "../element.ts";
import { LINE_END, LINE_START, searchFrom, WORD } from "../python-text.ts";
import type { HtmlStash } from "../stash.ts";

const FENCE = new RegExp(
  `(?<fence>${LINE_START}(?:~{3,}|\`{3,}))[ ]*` +
    `(?:(?:\\{(?<attributes>[^\\n]*)\\})|` +
    `(?:\\.?[${WORD}#.+\\-]*[ ]*)?(?:hl_lines=(?<quote>"|')[\\s\\S]*?\\k<quote>[ ]*)?)` +
    `\\n(?<code>[\\s\\S]*?)(?<=\\n)\\k<fence>[ ]*${LINE_END}`,
  "gu",
);

/** The text with every block of fenced code put aside. */
export function takeFences(source: string, stash: HtmlStash): string {
  let text = source;
  for (let from = 0; ; ) {
    const match = searchFrom(FENCE, text, from);
    if (!match) return text;
    const { attributes, code = "" } = match.groups ?? {};
    const end = match.index + match[0].length;
    if (attributes !== undefined && endsEarly(attributes)) {
      // The search goes on behind the attributes.
      from = text.indexOf("{", match.index) + 1 + attributes.length;
      continue;
    }
    // What language it is in would be a class, which nothing that is shown may have.
    const html = `<pre><code>${escapeCode(code).replaceAll('"', "&quot;")}</code></pre>`;
    const placeholder = stash.store(html);
    text = `${text.slice(0, match.index)}\n${placeholder}\n${text.slice(end)}`;
    from = match.index + 1 + placeholder.length;
  }
}

const ATTRIBUTE = /[^ =}]+="[^\n]*?"|[^ =}]+='[^\n]*?'|[^ =}]+=[^ =}]+|[^ =}]+| /y;

/** Whether a list of attributes ends at a brace before its last: then the line is no fence. */
function endsEarly(attributes: string): boolean {
  ATTRIBUTE.lastIndex = 0;
  let end = 0;
  while (ATTRIBUTE.test(attributes)) end = ATTRIBUTE.lastIndex;
  return attributes.includes("}", end);
}
