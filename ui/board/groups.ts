/** Tags in sections by the part before the first `/`, and which sections are open. */
import type { TagInfo } from "../../server/api/types.ts";
import { compareNames } from "../app/run-tree.ts";
import { shownName } from "../app/shown-name.ts";

export interface TagGroup {
  /** The part before the first `/`; empty for the section of tags without one. */
  readonly name: string;
  readonly tags: readonly TagInfo[];
}

/** Sections in name order. A tag without `/` joins the section of its name; if there is none, the first one. */
export function groupTags(tags: readonly TagInfo[]): TagGroup[] {
  const groups = new Map<string, TagInfo[]>();
  const prefixes = new Set(tags.filter(({ tag }) => tag.includes("/")).map(({ tag }) => groupName(tag)));
  for (const tag of tags) {
    const prefix = groupName(tag.tag);
    const name = prefixes.has(prefix) ? prefix : "";
    const group = groups.get(name);
    if (group) group.push(tag);
    else groups.set(name, [tag]);
  }
  return [...groups]
    .map(([name, members]) => ({ name, tags: members.sort((a, b) => compareNames(a.tag, b.tag)) }))
    .sort((a, b) => (a.name === "" ? -1 : b.name === "" ? 1 : compareNames(a.name, b.name)));
}

function groupName(tag: string): string {
  const cut = tag.indexOf("/");
  return cut < 0 ? tag : tag.slice(0, cut);
}

/** A card's title: the tag without its section, and something to see in any case. */
export function tagTitle(tag: string, group: string): string {
  const below = group !== "" && tag.startsWith(`${group}/`) && tag.length > group.length + 1;
  return shownName(below ? tag.slice(group.length + 1) : tag);
}

/** A section as far as its order of opening goes. */
export interface Openable {
  readonly name: string;
  readonly cards: number;
}

/** Sections are open until this many cards are on the page, but at least the first ones. */
const OPEN_CARDS = 24;
const OPEN_GROUPS = 2;

/** Names of the sections that are open unless a person closed them: the most telling first, while there is room. */
export function openByDefault(sections: readonly Openable[]): Set<string> {
  const open = new Set<string>();
  let cards = 0;
  const ranked = sections
    .map((section, place) => ({ ...section, place, rank: relevance(section.name) }))
    .sort((a, b) => b.rank - a.rank || a.place - b.place);
  for (const section of ranked) {
    if (open.size >= OPEN_GROUPS && cards + section.cards > OPEN_CARDS) break;
    open.add(section.name);
    cards += section.cards;
  }
  return open;
}

/** What people look at first, and what only when something is wrong, by the words of their section's name. */
const TELLING =
  /(^|[^a-z])(train|training|val|valid|validation|eval|evaluate|evaluation|test|epoch|loss|losses|acc|accuracy|metric|metrics|score|scores|reward|rewards|rollout|error|perplexity)([^a-z]|$)/i;
const INTERNAL =
  /(^|[^a-z])(debug|internal|internals|sys|system|gpu|cpu|memory|time|timer|timers|timing|perf|profile|profiling|trace|misc|raw|grad|grads|gradient|gradients|weight|weights|param|params|parameters|activation|activations|optimizer|optimiser)([^a-z]|$)/i;

/** 2 for sections with results, 0 for those with innards, 1 for all others. */
export function relevance(name: string): 0 | 1 | 2 {
  const words = name.replace(/([a-z])([A-Z])/g, "$1 $2");
  if (INTERNAL.test(words)) return 0;
  return name === "" || TELLING.test(words) ? 2 : 1;
}
