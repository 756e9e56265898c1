/** Markdown as it is shown, and nothing in it that could run. */
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { renderMarkdown, sanitize } from "../../../server/markdown/index.ts";
import { htmlTexts, markdownTexts } from "../../tools/markdown-texts.ts";
import { elementsIn, seenIn } from "../../tools/seen.ts";

describe("rendering", () => {
  test.each([
    ["a paragraph\nof *two* lines", "<p>a paragraph of <em>two</em> lines</p>"],
    ["* a list\n\n    with a paragraph", "<ul><li><p>a list</p><p>with a paragraph</p></li></ul>"],
    ["# heading", "<h1>heading</h1>"],
    ["snake_case_name and **strong**", "<p>snake_case_name and <strong>strong</strong></p>"],
    ["```python\nx < 1\n```", "<pre><code>x &lt; 1\n</code></pre>"],
    ["    code", "<pre><code>code\n</code></pre>"],
    ["[a][1]\n\n[1]: http://x 'title'", '<p><a href="http://x" title="title">a</a></p>'],
    ["ends with two spaces  \nbreaks", "<p>ends with two spaces<br>breaks</p>"],
    ["<me@x>", '<p><a href="mailto:me@x">me@x</a></p>'],
    [
      "a | b\n--|--\n`x` | 2",
      "<table><thead><tr><th>a</th><th>b</th></tr></thead><tbody><tr><td><code>x</code></td><td>2</td></tr></tbody></table>",
    ],
    ["~~none~~ http://a.b", "<p>~~none~~ http://a.b</p>"],
    [
      "opt: <class 'torch.optim.SGD'>, <u>1</u>",
      "<p>opt: &lt;class 'torch.optim.SGD'&gt;, &lt;u&gt;1&lt;/u&gt;</p>",
    ],
    ["<em>HTML</em> that *stock* has", "<p><em>HTML</em> that <em>stock</em> has</p>"],
    [" \n\t", ""],
  ])("%j", (text, html) => expect(seenIn(renderMarkdown(text))).toEqual(seenIn(html)));

  test.each([
    ["[".repeat(30_000)],
    ["*a ".repeat(20_000) + "b* ".repeat(20_000)],
    ["[a](b".repeat(11_000)],
    ["| a ".repeat(70_000)],
    ["x".repeat((1 << 18) + 1)],
  ])("what would take long is shown as it is written", (text) =>
    expect(renderMarkdown(text)).toBe(`<pre>${text}</pre>`),
  );

  test("what is nested without end is cut, or shown as it is written", () => {
    expect(renderMarkdown("> ".repeat(10_000)).length).toBeLessThan(20_000);
    expect(renderMarkdown("<em>".repeat(30_000))).toBe(`<pre>${"&lt;em&gt;".repeat(30_000)}</pre>`);
    expect(elementsIn(renderMarkdown("<em>".repeat(1000)))).toHaveLength(1001);
  });
});

/** Elements and attributes that may be in what is shown, and addresses that may be in them. */
const ELEMENTS =
  "ul ol li p pre code blockquote h1 h2 h3 h4 h5 h6 hr br strong em a img table thead tbody td tr th".split(
    " ",
  );
const ATTRIBUTES: Readonly<Record<string, readonly string[]>> = {
  a: ["href", "title"],
  img: ["src", "title", "alt"],
};
/** As browsers read an address: what is not seen is not there, and no scheme means ours. */
const isSafe = (address: string): boolean => {
  const seen = Array.from(address).filter((character) => /[^\p{Cc}\p{Z}]/u.test(character));
  const scheme = /^([a-z][a-z0-9+.-]*):/i.exec(seen.join(""))?.[1]?.toLowerCase();
  return scheme === undefined || ["http", "https", "mailto"].includes(scheme);
};

/** What in HTML must never get through, as a browser reads it. */
function harmIn(html: string): string[] {
  return elementsIn(html).flatMap(({ name, attributes }) => {
    if (!ELEMENTS.includes(name)) return [`<${name}>`];
    return Object.entries(attributes).flatMap(([attribute, value]) => {
      if (!ATTRIBUTES[name]?.includes(attribute)) return [`<${name} ${attribute}>`];
      return ["href", "src"].includes(attribute) && !isSafe(value) ? [`${attribute}=${value}`] : [];
    });
  });
}

describe("what must never get through", () => {
  const attacks = [
    "<script>alert(1)</script>",
    "<scr<script>ipt>alert(1)</script>",
    '<img src=x onerror="alert(1)">',
    "<img/src=x/onerror=alert(1)>",
    '<img src="javascript:alert(1)">',
    '<img src="x" srcset="https://evil.example/x 2x" style="background:url(https://evil.example)">',
    '<a href="javascript:alert(1)">x</a>',
    '<a href="JaVaScRiPt:alert(1)">x</a>',
    '<a href="java&#115;cript:alert(1)">x</a>',
    '<a href="java&#x0A;script:alert(1)">x</a>',
    '<a href=" java\nscript:alert(1)">x</a>',
    '<a href="\x01javascript:alert(1)">x</a>',
    '<a href="java\0script:alert(1)">x</a>',
    '<a href="javascript&colon;alert(1)">x</a>',
    '<a href="vbscript:x">x</a><a href="file:///etc/passwd">x</a><a href="blob:x">x</a>',
    '<a href="data:text/html,<script>alert(1)</script>" title="t">x</a>',
    '<a href="x" ping="https://evil.example" target=_blank download>x</a>',
    "<em style='position:fixed' class=y id=z onmouseover=alert(1)>x",
    "<svg onload=alert(1)><a xlink:href='javascript:alert(1)'>y</a></svg>",
    "<math><mtext><table><mglyph><style><img src=x onerror=alert(1)>",
    "<noscript><p title='</noscript><img src=x onerror=alert(1)>'>",
    "<textarea><img src=x onerror=alert(1)></textarea>",
    "<title><img src=x onerror=alert(1)></title>",
    "<xmp><img src=x onerror=alert(1)></xmp><plaintext><img src=x onerror=alert(1)>",
    "<template><img src=x onerror=alert(1)></template>",
    "<iframe srcdoc='<script>alert(1)</script>'></iframe><object data=x><embed src=x>",
    "<form action=https://evil.example><input name=x><button formaction=javascript:alert(1)>x</button></form>",
    "<base href=https://evil.example><meta http-equiv=refresh content='0;url=javascript:alert(1)'><link rel=stylesheet href=x>",
    "<!--><img src=x onerror=alert(1)>-->",
    "<!-- --!><img src=x onerror=alert(1)> -->",
    "<![CDATA[<img src=x onerror=alert(1)>]]>",
    "<?x <img src=x onerror=alert(1)>?>",
    "<a title='<img src=x onerror=alert(1)>'>x</a>",
    '<img alt="`><img src=x onerror=alert(1)>">',
    "<p/onclick=alert(1)>x",
    "</p/onclick=alert(1)><b onclick=alert(1)>x",
    "&lt;script&gt;alert(1)&lt;/script&gt;",
    "[x](javascript:alert(1))",
    "[x](<java\nscript:alert(1)>)",
    "[x](java&#x73;cript:alert(1))",
    '[x](y "<img src=x onerror=alert(1)>")',
    '![x" onerror="alert(1)](y)',
    "![x](data:image/svg+xml,<svg onload=alert(1)>)",
    "[x]: javascript:alert(1)\n\n[x]",
    "<javascript:alert(1)>",
    "```<img src=x onerror=alert(1)>\n<script>\n```",
    "`<script>alert(1)</script>`",
    "| <script> | [x](javascript:alert(1)) |\n|---|---|\n| <img src=x onerror=alert(1)> | `|` |",
  ];
  test.each(attacks)("%j", (attack) => {
    expect(harmIn(sanitize(attack))).toEqual([]);
    expect(harmIn(renderMarkdown(attack))).toEqual([]);
    expect(harmIn(sanitize(renderMarkdown(attack)))).toEqual([]);
  });

  test("the check finds it where it does", () => {
    const found = attacks.filter((attack) => harmIn(attack).length > 0);
    expect(found.length).toBeGreaterThan(attacks.length / 2);
  });

  test("in texts made of pieces that are hard to read", () => {
    for (const html of htmlTexts(2000, 7)) expect.soft(harmIn(sanitize(html)), html).toEqual([]);
    for (const text of markdownTexts(2000, 7)) expect.soft(harmIn(renderMarkdown(text)), text).toEqual([]);
  });

  test("in attacks cut up and put together anew", () => {
    const pieces = attacks.flatMap((attack) =>
      attack.split(/(?<=[<>"'`=\s:&;()\][])|(?=[<>"'`=\s:&;()\][])/),
    );
    const text = fc.array(fc.constantFrom(...pieces), { maxLength: 40 }).map((parts) => parts.join(""));
    fc.assert(
      fc.property(text, (attack) => {
        expect(harmIn(sanitize(attack))).toEqual([]);
        expect(harmIn(renderMarkdown(attack))).toEqual([]);
      }),
      { numRuns: 2000 },
    );
  });

  test("and text stays text", () => {
    expect(sanitize("a < b & c &amp; d &lt; <b>x</b> <!-- c -->")).toBe(
      "a &lt; b &amp; c &amp; d &lt; &lt;b&gt;x&lt;/b&gt; ",
    );
    expect(sanitize("bell \x07 and null \0")).toBe("bell ? and null ");
  });
});
