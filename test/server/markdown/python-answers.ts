/** What stock TensorBoard makes of made-up texts: saved, so that it takes no Python to compare. */
import { readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { gunzipSync } from "node:zlib";
import { htmlTexts, markdownTexts } from "../../tools/markdown-texts.ts";

export interface Texts {
  readonly markdown: readonly string[];
  readonly html: readonly string[];
}

/** Written by `npx tsx --conditions=tsboard-source test/server/markdown/record.ts`. */
export const answersFile = fileURLToPath(new URL("./python-answers.json.gz", import.meta.url));

export function texts(seed: number, count: number): Texts {
  return { markdown: markdownTexts(count, seed), html: htmlTexts(count, seed) };
}

/** The texts that were asked about, and the answers in the same order. */
export function savedAnswers(): { readonly asked: Texts; readonly answers: Texts } {
  return { asked: texts(1, 1500), answers: JSON.parse(gunzipSync(readFileSync(answersFile)).toString()) };
}
