/** Names of nodes and scopes, `/`-separated. */

/** A path deeper than this keeps its rest in its last name, so that a hostile name makes no millions of scopes. */
const DEEPEST = 1200;

/** The scope that a name is in; empty at the root. A leading `/` opens no scope. */
export function parentOf(name: string): string {
  const at = name.length > 2 * DEEPEST ? deepestSlash(name) : name.lastIndexOf("/");
  return at <= 0 ? "" : name.slice(0, at);
}

/** Finds the scope of one name after the other: most are in the same scope as the one before, which then costs no text. */
export class ScopeFinder {
  #last = "";

  parentOf(name: string): string {
    const last = this.#last;
    const isSame =
      last !== "" &&
      name.length <= 2 * DEEPEST &&
      name.charCodeAt(last.length) === SLASH &&
      name.startsWith(last) &&
      !name.includes("/", last.length + 1);
    if (!isSame) this.#last = parentOf(name);
    return this.#last;
  }
}

const SLASH = 0x2f;

function deepestSlash(name: string): number {
  let at = -1;
  for (let level = 0; level < DEEPEST; level++) {
    const next = name.indexOf("/", at + 1);
    if (next === -1) break;
    at = next;
  }
  return at;
}

/** What comes after the scope. */
export function leafOf(name: string): string {
  const scope = parentOf(name);
  return scope === "" && !name.startsWith("/") ? name : name.slice(scope.length + 1);
}

/** The name of a node in the scope that has the node's name, as TensorBoard gives it: `A/B/(B)`. */
export function strictName(name: string): string {
  return `${name}/(${leafOf(name)})`;
}
