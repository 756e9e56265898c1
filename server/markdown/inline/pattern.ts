/** What an inline pattern is, and what it works with. */
import type { Reference } from "../blocks/parser.ts";
import type { HtmlStash } from "../stash.ts";
import type { Made, Placeholders } from "./placeholders.ts";

export interface InlineContext {
  readonly references: ReadonlyMap<string, Reference>;
  readonly stash: HtmlStash;
  readonly placeholders: Placeholders;
}

/** A stretch of the text, and what it becomes; null leaves it as it is. */
export interface Found {
  readonly made: Made | null;
  readonly start: number;
  readonly end: number;
}

export interface Pattern {
  /** Finds where one may begin; with the flag `g`. */
  readonly start: RegExp;
  /** Whether it matters what stands before a match, and where in the text it is. */
  readonly looksBack?: boolean;
  /** What a match stands for; null where it is none after all, and the next match is to be tried. */
  readonly read: (match: RegExpExecArray, text: string, context: InlineContext) => Found | null;
}
