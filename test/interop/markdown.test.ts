/** Markdown and HTML, made up anew each time: what is shown of them is, to the letter, what stock TensorBoard shows. */
import { describe, expect, test } from "vitest";
import { isInstalled, python } from "../../bench/tools/servers.ts";
import { renderMarkdown, sanitize } from "../../server/markdown/index.ts";
import { type Texts, texts } from "../server/markdown/python-answers.ts";
import { oracle } from "./written.ts";

describe.skipIf(python === null || !isInstalled("tensorboard"))("texts nobody has seen", () => {
  test("are shown as stock shows them", { timeout: 120_000 }, () => {
    const seed = Date.now() % 1e9;
    const asked = texts(seed, 4000);
    const stock: Texts = JSON.parse(oracle("rendered.py", [], JSON.stringify(asked)));
    for (const [i, text] of asked.markdown.entries())
      expect.soft(renderMarkdown(text), `Markdown ${JSON.stringify(text)}`).toBe(stock.markdown[i]);
    for (const [i, text] of asked.html.entries())
      expect.soft(sanitize(text), `HTML ${JSON.stringify(text)}`).toBe(stock.html[i]);
  });
});
