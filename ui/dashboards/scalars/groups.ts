/** Tags in sections by the part before the first `/`, and which sections are open. */
import type { TagInfo } from "../../../server/api/types.ts";
import { compareNames } from "../../app/run-tree.ts";

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

/** A card's title: the tag without its section. */
export function tagTitle(tag: string, group: string): string {
  return group !== "" && tag.startsWith(`${group}/`) && tag.length > group.length + 1
    ? tag.slice(group.length + 1)
    : tag;
}

/** Sections are open until this many cards are on the page, but at least the first ones. */
const OPEN_CARDS = 24;
const OPEN_GROUPS = 2;

/** Names of the sections that are open unless a person closed them. */
export function openByDefault(groups: readonly TagGroup[]): Set<string> {
  const open = new Set<string>();
  let cards = 0;
  for (const [i, group] of groups.entries()) {
    if (i >= OPEN_GROUPS && cards + group.tags.length > OPEN_CARDS) break;
    open.add(group.name);
    cards += group.tags.length;
  }
  return open;
}
