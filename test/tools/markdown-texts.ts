/** Markdown and HTML that nobody would write, made from pieces that everybody writes. */

/** Numbers in [0, 1) that are the same for the same seed. */
function randomFrom(seed: number): () => number {
  let state = seed;
  return () => {
    state = (Math.imul(state, 1103515245) + 12345) & 0x7fffffff;
    return state / 0x80000000;
  };
}

const MARKDOWN = [
  ..."a b word x|y snake_case __init__ 1. 2) é 🙂 & &amp; &copy; &hellip; &am; &x &#65; < > \\ \\* \\` ` `` ``` * ** ***".split(
    " ",
  ),
  ...'_ __ ___ [ ] ( ) ![ ]( [a] [a][b] " \' | || - -- --- === # ## ~~~ + > : . ! { } {.py} hl_lines="1"'.split(
    " ",
  ),
  ..."<b> </b> <br> <br/> <div> </div> <p> </p> <!--c--> <!-- --> <script> </script> </em> <hr> <pre>x </pre> <> </>".split(
    " ",
  ),
  ..."<http://a.b> <a@b.c> <?x?> <![CDATA[x]]> http://e.x/?a=1&b=2 </a> <ul><li> </li></ul> <h1> </h1>".split(
    " ",
  ),
  ...[
    " ",
    "  ",
    "    ",
    "\t",
    "\n",
    "\n\n",
    "\n\n\n",
    "  \n",
    "\n    ",
    "\n  ",
    "\r\n",
    "\u00a0",
    " # ",
    "* ",
    "- ",
    "1. ",
  ],
  ...[
    "[a]: /u\n",
    '[b]: <x> "t"\n',
    '<em x="1">',
    "<a href='x' title=\"y\">",
    "<!DOCTYPE x>",
    "</ b>",
    "|---|---|",
    "| a | b |",
  ],
  ...[
    "\n|a|b|\n|-|-|\n|1|2|\n",
    "\n```py\ncode\n```\n",
    "\n* i\n* j\n",
    "\n1. i\n2. j\n",
    "\n> q\n",
    "\n# h\n",
    "t\n===\n",
    "***\n",
  ],
  ...["\n    code\n", "\n* i\n\n    more\n", "\n1. a\n    * b\n"],
];

const TAGS =
  "ul ol li p code blockquote h1 h2 h6 hr br strong em a img div b script style svg textarea title noscript x-y".split(
    " ",
  );
const ATTRIBUTES = [
  ...'href href= href=x HREF="UP:80" href=javascript:alert(1) href="java&#115;cript:x" href="a:b" href="http:123"'.split(
    " ",
  ),
  ...'href="#:x" href="&copy:x" href="&copy;:x" href="//[x" href=`x` src=x src="data:x" alt="a" onclick=x class=c'.split(
    " ",
  ),
  ...[
    "href='a\"b'",
    'title="t & u &amp; &lt; &hellip; &am; < > \'"',
    "title='q\"q & z'",
    'href=" x:y"',
    '"',
    "'",
    "=",
    "a<b",
    "/",
  ],
];
const HTML = [
  ..."text & &amp; &lt; &hellip; &am; &bogus; &#65; &#x41; &#; &#xZ; &copy < > <> </> </ <! <!--c--> <!-- --> <!--> <!---> --!>".split(
    " ",
  ),
  ..."<!doctype> <?php?> <![CDATA[x]]> \" ' <em <b <a <em/ <1> é 🙂 &amp;amp;".split(" "),
  ...[
    " ",
    "\n",
    "\r\n",
    "\u00a0",
    "\0",
    "\x01",
    "\x0c",
    "</ b>",
    "</ em>",
    "< a>",
    "<a href",
    "<a href=",
    '<a href="x',
    '<a href="x" ',
  ],
  ...["<pre>x", "<pre>\n", "</pre>"],
];

/** So many Markdown texts. */
export function markdownTexts(count: number, seed: number): string[] {
  const random = randomFrom(seed);
  const pick = <T>(items: readonly T[]): T => items[Math.floor(random() * items.length)]!;
  const piece = () => pick(MARKDOWN) + (random() < 0.3 ? pick([" ", "\n", "\n\n", "\n    "]) : "");
  return Array.from({ length: count }, () =>
    Array.from({ length: 1 + random() * random() * 40 }, piece).join(""),
  );
}

/** So many texts of HTML. */
export function htmlTexts(count: number, seed: number): string[] {
  const random = randomFrom(seed);
  const pick = <T>(items: readonly T[]): T => items[Math.floor(random() * items.length)]!;
  const tag = () => {
    const name = random() < 0.1 ? pick(TAGS).toUpperCase() : pick(TAGS);
    if (random() < 0.35) return `</${name}>`;
    let attributes = "";
    while (random() < 0.35) attributes += pick([" ", "\n", "/"]) + pick(ATTRIBUTES);
    return `<${name}${attributes}${pick([">", ">", "/>", " >", " / >"])}`;
  };
  const piece = () => (random() < 0.6 ? tag() : pick(HTML));
  return Array.from({ length: count }, () => Array.from({ length: 1 + random() * 14 }, piece).join(""));
}
