/** A regular expression typed by a person, as a test of names or as a sentence about what is wrong with it. */

export interface NameFilter {
  /** False when the text is empty: everything passes. */
  readonly active: boolean;
  /** What is wrong with the expression; null when it is fine. A bad expression lets everything pass. */
  readonly error: string | null;
  test(name: string): boolean;
}

const everything = (): boolean => true;

/** Case is ignored unless the expression itself has a capital letter. */
export function nameFilter(text: string): NameFilter {
  if (text === "") return { active: false, error: null, test: everything };
  try {
    const expression = new RegExp(text, /[A-Z]/.test(text) ? "u" : "iu");
    return { active: true, error: null, test: (name) => expression.test(name) };
  } catch (error) {
    return { active: true, error: explain(error), test: everything };
  }
}

/** V8 says `Invalid regular expression: /(/iu: Unterminated group`; the last part is what helps. */
function explain(error: unknown): string {
  const message = error instanceof Error ? error.message : String(error);
  const reason = message.slice(message.lastIndexOf(": ") + 2);
  return `Not a regular expression: ${reason.charAt(0).toLowerCase()}${reason.slice(1)}`;
}
