/** Names of nodes and scopes in a graph: which are legal, and how they are made unique. Rules of TensorFlow's Graph. */
import { describe } from "../checks.ts";
import { GraphError } from "../errors.ts";

const NODE_NAME = /^[A-Za-z0-9.][A-Za-z0-9_.\\/>-]*$/;
const INNER_SCOPE_NAME = /^[A-Za-z0-9_.\\/>-]*$/;

/** Throws {@link GraphError} unless `name` may be a node's, scopes included. */
export function checkNodeName(name: string): void {
  if (typeof name === "string" && NODE_NAME.test(name)) return;
  throw new GraphError(
    `a node's name starts with a letter, digit or "." and goes on with these or any of _ \\ / > -: ${describe(name)} does not`,
  );
}

/** Throws {@link GraphError} unless `name` may be a scope's; at the root it must be able to start a node's name. */
export function checkScopeName(name: string, isRoot: boolean): void {
  if (isRoot) checkNodeName(name);
  else if (typeof name !== "string" || !INNER_SCOPE_NAME.test(name))
    throw new GraphError(
      `a scope's name is made of letters, digits and any of _ . \\ / > -: ${describe(name)} is not`,
    );
}

/** The scope's name without the slash that marks it as one. */
export function withoutSlash(name: string): string {
  return name.endsWith("/") ? name.slice(0, -1) : name;
}

/**
 * Names taken in a graph. A name that is taken gets `_1`, `_2`…; upper and lower case count as equal, so that
 * names stay apart where they become files.
 */
export class UniqueNames {
  /** By name in lower case: how often it was asked for. */
  private readonly taken = new Map<string, number>();

  /**
   * The name itself if it is free, else with the least number that makes it so.
   *
   * @param take whether the result is taken from now on
   */
  unique(name: string, take = true): string {
    const key = name.toLowerCase();
    const asked = this.taken.get(key) ?? 0;
    if (take) this.taken.set(key, asked + 1);
    if (asked === 0) return name;
    let number = asked;
    while (this.taken.has(`${key}_${number}`)) number++;
    if (take) this.taken.set(`${key}_${number}`, 1);
    return `${name}_${number}`;
  }
}
