/** What stands for a name on the page: logs may have tags and runs of nothing that can be seen. */

const UNSEEN = /^[\p{Cc}\p{Cf}\p{Z}\p{Default_Ignorable_Code_Point}]*$/u;

/** The name as it is; spelled out where no letter of it would show: `(no name)`, `" "`, `"\u200b"`. */
export function shownName(name: string): string {
  if (!UNSEEN.test(name)) return name;
  if (name === "") return "(no name)";
  const letters = [...name].map((letter) => (letter === " " ? letter : escaped(letter)));
  return `"${letters.join("")}"`;
}

function escaped(letter: string): string {
  return `\\u${(letter.codePointAt(0) ?? 0).toString(16).padStart(4, "0")}`;
}
