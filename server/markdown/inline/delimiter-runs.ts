/** Runs of `*` and `_` that may begin or end emphasis; underscores only at the ends of words. */
import { END, SPACE, WORD } from "../python-text.ts";

export type Mark = "*" | "_";
export const MARKS: readonly Mark[] = ["*", "_"];

/** What a run may be. */
export type Role = "start" | "end" | "either";

export interface Run {
  readonly mark: Mark;
  readonly role: Role;
  readonly start: number;
  readonly end: number;
}

const BOUNDARIES: Readonly<Record<Mark, RegExp>> = {
  "*": boundary("\\*", "", ""),
  _: boundary("_", `(?<![${WORD}])`, `(?![${WORD}])`),
};

function boundary(mark: string, wordBefore: string, wordAfter: string): RegExp {
  const afterText = `(?<!^)(?<![${SPACE}${mark}])`;
  const beforeText = `(?![${SPACE}${mark}])(?!${END})`;
  return new RegExp(
    `(?<either>${afterText}${wordBefore}${mark}+${wordAfter}${beforeText})|` +
      `(?<end>${afterText}${mark}+${wordAfter})|` +
      `(?<start>${wordBefore}${mark}+${beforeText})`,
    "uy",
  );
}

export const isMark = (character: string | undefined): character is Mark =>
  character === "*" || character === "_";

/** The run at an index; null where it can neither begin nor end anything. */
export function runAt(text: string, index: number): Run | null {
  for (const mark of MARKS) {
    const pattern = BOUNDARIES[mark];
    pattern.lastIndex = index;
    const match = pattern.exec(text);
    if (!match) continue;
    const { either, end } = match.groups ?? {};
    const role = either !== undefined ? "either" : end !== undefined ? "end" : "start";
    return { mark, role, start: index, end: pattern.lastIndex };
  }
  return null;
}
