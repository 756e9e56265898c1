/** Scopes with very many children are shown in sections: nobody can look at a thousand boxes side by side. */
import type { GraphChild } from "../../../../graph/views.ts";
import { type Content, type Item, mergeEdges } from "./items.ts";

/** More siblings than this are cut into sections. */
export const MOST_SIBLINGS = 400;
const SECTION_SIZE = 200;

export interface Section {
  readonly item: Item;
  readonly content: Content;
}

/** Sections of a frame's main children, in the order in which data flows; null where they are few enough. */
export function sectionsOf(
  frameId: string,
  name: string,
  content: Content,
  main: readonly GraphChild[],
): Section[] | null {
  if (main.length <= MOST_SIBLINGS) return null;
  const size = Math.max(SECTION_SIZE, Math.ceil(main.length / SECTION_SIZE));
  const ordered = inFlowOrder(main, content);
  const sectionOf = new Map<string, number>();
  ordered.forEach((child, i) => {
    sectionOf.set(child.name, Math.floor(i / size));
  });
  const count = Math.ceil(ordered.length / size);
  const inner: Content["edges"][number][][] = Array.from({ length: count }, () => []);
  const outside: Content["outside"][number][][] = Array.from({ length: count }, () => []);
  for (const edge of content.edges) {
    const [from, to] = [sectionOf.get(edge.from), sectionOf.get(edge.to)];
    if (from !== undefined && from === to) inner[from]!.push(edge);
    else {
      if (from !== undefined) outside[from]!.push({ ...edge, outside: "to" });
      if (to !== undefined) outside[to]!.push({ ...edge, outside: "from" });
    }
  }
  for (const edge of content.outside) {
    const section = sectionOf.get(edge.outside === "from" ? edge.to : edge.from);
    if (section !== undefined) outside[section]!.push(edge);
  }
  return Array.from({ length: count }, (_, k) => {
    const children = ordered.slice(k * size, (k + 1) * size);
    const [first, last] = [children[0]!.label, children.at(-1)!.label];
    return {
      item: {
        id: `${frameId}#${k + 1}`,
        name,
        label: `${k * size + 1}–${k * size + children.length}: ${first} … ${last}`,
        kind: "section",
        child: null,
        cardinality: children.reduce((total, child) => total + child.cardinality, 0),
        opens: null,
      },
      content: {
        children,
        edges: inner[k]!,
        outside: outside[k]!,
        asideInputs: new Set<string>(),
        asideOutputs: new Set<string>(),
        functions: new Set<string>(),
      },
    };
  });
}

/** Children after those that feed them, as far as there are no circles; otherwise as they came. */
function inFlowOrder(children: readonly GraphChild[], content: Content): GraphChild[] {
  const index = new Map(children.map((child, i) => [child.name, i]));
  const next: number[][] = children.map(() => []);
  const missing = new Int32Array(children.length);
  for (const { from, to } of mergeEdges(content.edges)) {
    const [a, b] = [index.get(from), index.get(to)];
    if (a === undefined || b === undefined || a === b) continue;
    next[a]!.push(b);
    missing[b]!++;
  }
  // Depth first, so that what belongs to one path stays together.
  const ordered: GraphChild[] = [];
  const done = new Uint8Array(children.length);
  const stack: number[] = [];
  for (let i = children.length - 1; i >= 0; i--) if (missing[i] === 0) stack.push(i);
  for (let rest = 0; ordered.length < children.length; ) {
    const v = stack.pop();
    if (v === undefined) {
      while (done[rest]) rest++;
      stack.push(rest);
      continue;
    }
    if (done[v]) continue;
    done[v] = 1;
    ordered.push(children[v]!);
    for (const w of next[v]!.toReversed()) if (--missing[w]! <= 0 && !done[w]) stack.push(w);
  }
  return ordered;
}
