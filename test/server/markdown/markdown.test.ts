/** Markdown as stock TensorBoard shows it, and nothing in it that could run. */
import { describe, expect, test } from "vitest";
import { renderMarkdown, renderMarkdowns, sanitize } from "../../../server/markdown/index.ts";
import { savedAnswers } from "./python-answers.ts";

describe("rendering", () => {
  test.each([
    ["a paragraph\nof *two* lines", "<p>a paragraph\nof <em>two</em> lines</p>"],
    ["* a list\n\n    with a paragraph", "<ul>\n<li>\n<p>a list</p>\n<p>with a paragraph</p>\n</li>\n</ul>"],
    ["text\n* is no list", "<p>text\n* is no list</p>"],
    ["#no space needed", "<h1>no space needed</h1>"],
    ["snake_case_name and **strong**", "<p>snake_case_name and <strong>strong</strong></p>"],
    ["```python\nx < 1\n```", "<pre><code>x &lt; 1\n</code></pre>"],
    ["    code", "<pre><code>code\n</code></pre>"],
    ["[a][1]\n\n[1]: http://x 'title'", '<p><a href="http://x" title="title">a</a></p>'],
    ["ends with two spaces  \nbreaks", "<p>ends with two spaces<br>\nbreaks</p>"],
    [
      "<me@x>",
      '<p><a href="&#109;&#97;&#105;&#108;&#116;&#111;&#58;&#109;&#101;&#64;&#120;">&#109;&#101;&#64;&#120;</a></p>',
    ],
    [" \n\t", ""],
  ])("%j", (text, html) => expect(renderMarkdown(text)).toBe(html));

  test("a table", () => {
    const html = renderMarkdown("a | b\n--|--\n`x|y` | 2");
    expect(html.replaceAll("\n", "")).toBe(
      "<table><thead><tr><th>a</th><th>b</th></tr></thead><tbody><tr><td><code>x|y</code></td><td>2</td></tr></tbody></table>",
    );
  });

  test("several texts are put together before they are made safe", () => {
    const cells = renderMarkdowns(
      ["*a*", "</table>"],
      ([a, b]) => `<table><tr><td>${a}</td><td>${b}</td></tr></table>`,
    );
    expect(cells).toContain("<td><p><em>a</em></p></td>");
    expect(cells.match(/<\/table>/g)).toHaveLength(1);
  });

  test("what would take for ever is shown as it is written", { timeout: 30_000 }, () => {
    const text = "[".repeat(400_000);
    expect(renderMarkdown(text)).toBe(`<pre>${text}</pre>`);
  });

  test("so is what is nested without end", () => {
    const text = "*a ".repeat(20_000) + "b* ".repeat(20_000);
    expect(renderMarkdown(text)).toBe(`<pre>${text}</pre>`);
    expect(sanitize("<em>".repeat(50_000))).toBe("&lt;em&gt;".repeat(50_000));
  });
});

describe("safety", () => {
  test.each([
    ["<script>alert(1)</script>", "&lt;script&gt;alert(1)&lt;/script&gt;"],
    ['<img src=x onerror="alert(1)">', '<img src="x">'],
    ['<a href="javascript:alert(1)">x</a>', "<a>x</a>"],
    ['<a href="java&#115;cript:alert(1)">x</a>', "<a>x</a>"],
    ['<a href=" java\nscript:alert(1)">x</a>', "<a>x</a>"],
    ['<a href="java&colon;alert(1)">x</a>', '<a href="java&amp;colon;alert(1)">x</a>'],
    ['<a href="data:text/html,x" title="t">x</a>', '<a title="t">x</a>'],
    ["<em style='x' class=y>x", "<em>x</em>"],
    ["<svg><a href='http://x'>y</a></svg>", '&lt;svg&gt;<a href="http://x">y</a>&lt;/svg&gt;'],
    ["<!-- comment --><b>x</b>", "&lt;b&gt;x&lt;/b&gt;"],
    ["<em>unclosed <strong>both", "<em>unclosed <strong>both</strong></em>"],
    ["a < b & c &amp; d &lt; &nonsense;", "a &lt; b &amp; c &amp; d &lt; &amp;nonsense;"],
    ["bell \x07 and null \0", "bell ? and null "],
    ["<a href='\"'>x</a>", "<a href='\"'>x</a>"],
  ])("%j", (html, safe) => expect(sanitize(html)).toBe(safe));
});

describe("1,500 made-up texts each are, to the letter, what stock shows", () => {
  const { asked, answers } = savedAnswers();
  test("of Markdown", () => {
    expect(asked.markdown.map(renderMarkdown)).toEqual(answers.markdown);
  });
  test("of HTML", () => {
    expect(asked.html.map(sanitize)).toEqual(answers.html);
  });
});
