/** A foldable section of cards. Of thousands of cards only so many are there as have been scrolled to. */
import type { ComponentChildren } from "preact";
import { count } from "../app/format.ts";
import { Icon } from "../app/icons.tsx";
import { Paged } from "./paged.tsx";
import { isSectionOpen, setSectionOpen } from "./settings.ts";

/** One card to be; `make` gives its `CardSlot`, with `key` as its key. */
export interface SectionCard {
  readonly key: string;
  make(): ComponentChildren;
}

export interface SectionProps {
  /** Unique on the page: under it the address remembers whether it is open. */
  readonly name: string;
  readonly title: string;
  readonly cards: readonly SectionCard[];
  /** What is counted in the heading; the number of cards when left out. */
  readonly counted?: string;
  readonly openByDefault: boolean;
}

/** Cards that are there from the start, some rows of them, and that are added at a time when the end comes near. */
const FIRST = 12;
const PAGE = 60;

export function Section({ name, title, cards, counted, openByDefault }: SectionProps) {
  const open = isSectionOpen(name, openByDefault);
  return (
    <section class="group" aria-label={title}>
      <h2>
        <button type="button" aria-expanded={open} onClick={() => setSectionOpen(name, !open, openByDefault)}>
          <Icon name="chevron" />
          <span class="group-name">{title}</span>
          <span class="count">{counted ?? count(cards.length, "card")}</span>
        </button>
      </h2>
      {open && (
        <div class="cards">
          <Paged items={cards} page={PAGE} first={FIRST} make={(card) => card.make()} />
        </div>
      )}
    </section>
  );
}
