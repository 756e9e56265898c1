/** What changed from one text to another: line by line, and within changed lines word by word. */
import { type ChangeObject, diffLines, diffWordsWithSpace } from "diff";
import { SHOWN_CHARACTERS } from "./texts.ts";

export interface Part {
  /** `left-out`: what is the same, and too long to be shown; its text says so. */
  readonly kind: "same" | "added" | "removed" | "left-out";
  readonly text: string;
}

/** How long the page may stand still for texts of nothing in common. */
const MOST_MILLIS = 400;
/** Characters of both texts between an equal beginning and an equal end. */
const MOST_COMPARED = 2 * SHOWN_CHARACTERS;
/** What is shown of a long beginning or end that is the same. */
const CONTEXT = 2000;
/** Lines are changed, and not others, where they have at least this share of their letters in common. */
const MOST_CHANGED = 0.5;

/** Parts in order; or why there are none, as the end of a sentence about both texts. */
export function changesOf(before: string, after: string): readonly Part[] | string {
  const start = equalStart(before, after);
  const end = equalEnd(before, after, start);
  const [old, fresh] = [before.slice(start, before.length - end), after.slice(start, after.length - end)];
  if (old.length + fresh.length > MOST_COMPARED)
    return "what changed is too long to be compared word by word";
  const deadline = performance.now() + MOST_MILLIS;
  const lines = diffLines(old, fresh, { timeout: MOST_MILLIS });
  if (!lines) return "they have too little in common";
  return [
    ...same(after.slice(0, start), "end"),
    ...withinLines(lines, deadline),
    ...same(after.slice(after.length - end), "start"),
  ].filter(({ text }) => text !== "");
}

/** How many characters of whole lines both begin with. */
function equalStart(before: string, after: string): number {
  const most = Math.min(before.length, after.length);
  let length = 0;
  while (length < most && before[length] === after[length]) length++;
  return length === before.length && length === after.length
    ? length
    : before.lastIndexOf("\n", length - 1) + 1;
}

/** How many characters of whole lines both end with, after what they begin with. */
function equalEnd(before: string, after: string, start: number): number {
  const most = Math.min(before.length, after.length) - start;
  let length = 0;
  while (length < most && before[before.length - 1 - length] === after[after.length - 1 - length]) length++;
  const newline = before.indexOf("\n", before.length - length);
  return length === 0 || newline < 0 ? 0 : before.length - newline - 1;
}

/** Text that both have, of which one end stands beside what changed. */
function same(text: string, near: "start" | "end"): Part[] {
  if (text.length <= SHOWN_CHARACTERS) return [{ kind: "same", text }];
  const left = `(${(text.length - CONTEXT).toLocaleString("en")} characters that are the same)`;
  return near === "end"
    ? [
        { kind: "left-out", text: `${left}\n` },
        { kind: "same", text: text.slice(-CONTEXT) },
      ]
    : [
        { kind: "same", text: text.slice(0, CONTEXT) },
        { kind: "left-out", text: `\n${left}` },
      ];
}

function withinLines(lines: readonly ChangeObject<string>[], deadline: number): Part[] {
  const parts: Part[] = [];
  for (let i = 0; i < lines.length; i++) {
    const [line, next] = [lines[i]!, lines[i + 1]];
    const words = line.removed && next?.added ? wordsOf(line.value, next.value, deadline) : null;
    parts.push(...(words ?? [partOf(line)]));
    if (words) i++;
  }
  return parts;
}

/** Null where lines are others rather than changed, and when there is no more time. */
function wordsOf(before: string, after: string, deadline: number): Part[] | null {
  const timeout = deadline - performance.now();
  const words = timeout > 0 ? diffWordsWithSpace(before, after, { timeout }) : undefined;
  if (!words) return null;
  let common = 0;
  for (const { added, removed, value } of words) if (!added && !removed) common += letters(value);
  const most = Math.max(letters(before), letters(after));
  return common >= most * (1 - MOST_CHANGED) ? words.map(partOf) : null;
}

const letters = (text: string): number => text.replaceAll(/\s/g, "").length;

const partOf = ({ added, removed, value }: ChangeObject<string>): Part => ({
  kind: added ? "added" : removed ? "removed" : "same",
  text: value,
});
