/** Runs as a tree of folders, and the tree as the flat list of rows that the sidebar draws. */

export interface RunNode {
  /** Folder path or run name; unique in the tree. */
  readonly path: string;
  /** What the row shows: the part of the path below its parent. Folders with one child are joined to it. */
  readonly label: string;
  /** The run of this name, when there is one; a folder can be a run as well. */
  readonly run: string | null;
  readonly children: readonly RunNode[];
  /** Names of all runs here and below, in row order. */
  readonly runs: readonly string[];
}

export interface RunRow {
  readonly node: RunNode;
  readonly depth: number;
  readonly folded: boolean;
  /** Place among its siblings, from 1, and how many they are. */
  readonly position: number;
  readonly siblings: number;
}

interface Draft {
  path: string;
  run: string | null;
  children: Map<string, Draft>;
}

/** Builds the tree of `names`; rows follow the order in which the names come. */
export function buildRunTree(names: readonly string[]): RunNode[] {
  const root: Draft = { path: "", run: null, children: new Map() };
  for (const name of names) {
    let node = root;
    for (const part of name.split("/")) {
      let child = node.children.get(part);
      if (!child) {
        child = { path: node === root ? part : `${node.path}/${part}`, run: null, children: new Map() };
        node.children.set(part, child);
      }
      node = child;
    }
    node.run = name;
  }
  return [...root.children.values()].map((child) => finish(child, ""));
}

function finish(draft: Draft, parentPath: string): RunNode {
  let node = draft;
  while (node.run === null && node.children.size === 1) node = [...node.children.values()][0]!;
  const children = [...node.children.values()].map((child) => finish(child, `${node.path}/`));
  const runs = children.flatMap((child) => child.runs);
  if (node.run !== null) runs.unshift(node.run);
  return { path: node.path, label: node.path.slice(parentPath.length), run: node.run, children, runs };
}

/** The rows to draw: every node whose ancestors are all unfolded. */
export function flattenRunTree(nodes: readonly RunNode[], folded: ReadonlySet<string>): RunRow[] {
  const rows: RunRow[] = [];
  const visit = (siblings: readonly RunNode[], depth: number): void => {
    siblings.forEach((node, index) => {
      const isFolded = node.children.length > 0 && folded.has(node.path);
      rows.push({ node, depth, folded: isFolded, position: index + 1, siblings: siblings.length });
      if (!isFolded) visit(node.children, depth + 1);
    });
  };
  visit(nodes, 0);
  return rows;
}

/** Whether all, none or some of a node's runs are on. */
export function nodeState(node: RunNode, isOn: (run: string) => boolean): "on" | "off" | "mixed" {
  let on = 0;
  for (const run of node.runs) if (isOn(run)) on++;
  return on === 0 ? "off" : on === node.runs.length ? "on" : "mixed";
}

const collator = new Intl.Collator("en", { numeric: true, sensitivity: "base" });

/** Order of names as a person expects it: `run2` before `run10`, `rate-0.01` before `rate-0.1`, `lr1e-4` before `lr1e-3`. */
export function compareNames(a: string, b: string): number {
  return collator.compare(orderKey(a), orderKey(b)) || (a < b ? -1 : a > b ? 1 : 0);
}

/** A number with a fraction or an exponent, which is no part of a word such as a hash. */
const FRACTION = /\d+\.\d+(?:e[+-]?\d+(?![a-z\d]))?|\d+e[+-]?\d+(?![a-z\d])/gi;
/** Fractions of as many digits are in order as whole numbers, which is how collators take them. */
const FRACTION_DIGITS = 20;
const MOST_KEYS = 50_000;
const orderKeys = new Map<string, string>();

function orderKey(name: string): string {
  if (!/\d[.e]/i.test(name)) return name;
  let key = orderKeys.get(name);
  if (key === undefined) {
    key = name.replace(FRACTION, (text) => {
      if (!/e/i.test(text)) return text.padEnd(text.indexOf(".") + 1 + FRACTION_DIGITS, "0");
      const value = Number(text);
      return value < 1e21 ? value.toFixed(FRACTION_DIGITS) : text;
    });
    if (orderKeys.size >= MOST_KEYS) orderKeys.clear();
    orderKeys.set(name, key);
  }
  return key;
}
