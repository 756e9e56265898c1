/** Blocks of Markdown: each kind is asked in turn whether the next block is its own, as Python-Markdown has it. */
import { Element } from "../element.ts";
import { codeBlock } from "./code.ts";
import { headings, setextHeading } from "./headings.ts";
import { indentedInList, orderedList, unorderedList } from "./lists.ts";
import { emptyBlock, paragraph, rule } from "./paragraphs.ts";
import { quote } from "./quotes.ts";
import { referenceDefinitions } from "./references.ts";
import { table } from "./tables.ts";

/** A kind of block. */
export interface BlockKind {
  /**
   * Takes the first block, whole or in part, where it is of this kind: what is left of it goes back to the front.
   *
   * @returns whether it was
   */
  readonly take: (parser: BlockParser, parent: Element, blocks: string[]) => boolean;
}

/** What surrounds a block, where that matters. */
export type Surrounding = "list" | "loose list" | "indented" | "quote";

/** Where a reference leads, and its title. */
export interface Reference {
  readonly href: string;
  readonly title: string;
}

/** In this order: a new kind is a line here. */
const KINDS: readonly BlockKind[] = [
  emptyBlock,
  indentedInList,
  codeBlock,
  table,
  headings,
  setextHeading,
  rule,
  orderedList,
  unorderedList,
  quote,
  referenceDefinitions,
  paragraph,
];

export class BlockParser {
  /** By name in lower case. */
  readonly references = new Map<string, Reference>();
  readonly #surroundings: Surrounding[] = [];

  parseDocument(text: string): Element {
    const root = new Element("div");
    this.parseText(root, text);
    return root;
  }

  parseText(parent: Element, text: string): void {
    this.parseBlocks(parent, text.split("\n\n"));
  }

  parseBlocks(parent: Element, blocks: string[]): void {
    while (blocks.length > 0) KINDS.some((kind) => kind.take(this, parent, blocks));
  }

  isIn(surrounding: Surrounding): boolean {
    return this.#surroundings.at(-1) === surrounding;
  }

  /** How deep blocks stand in others. */
  get depth(): number {
    return this.#surroundings.length;
  }

  within(surrounding: Surrounding, parse: () => void): void {
    this.#surroundings.push(surrounding);
    parse();
    this.#surroundings.pop();
  }
}
