/**
 * Sections of cards, one card a tag (or a tag and run) of some plugins, under the filter and the choice of runs that the
 * whole page shares. A dashboard is a card component and its settings: `<Board plugins={["images"]} card={ImageCard} />`.
 */
import { type ReadonlySignal, useComputed, useSignal } from "@preact/signals";
import type { ComponentChildren, ComponentType } from "preact";
import { useMemo } from "preact/hooks";
import type { TagInfo } from "../../server/api/types.ts";
import { EmptyState } from "../app/empty-state.tsx";
import { count } from "../app/format.ts";
import { printing } from "../app/printing.ts";
import { enabledRuns } from "../app/runs.ts";
import { runsById, tagsOf } from "../app/session.ts";
import { shownName } from "../app/shown-name.ts";
import { CardSlot } from "./card-slot.tsx";
import { groupTags, openByDefault, type TagGroup, tagTitle } from "./groups.ts";
import { RunsNotice } from "./notices.tsx";
import { PinButton, PinsNote, pinOf, pins } from "./pins.tsx";
import { PrintedRuns } from "./printed-runs.tsx";
import { hasRuns, runsWith } from "./runs-of.ts";
import { Section, type SectionCard } from "./section.tsx";
import { hideEmpty, tagFilter, tagFilterText } from "./settings.ts";
import { StepBar } from "./step-slider.tsx";
import { Toolbar } from "./toolbar.tsx";
import "./board.css";

/** What a card of a board is given. It renders a `CardHeader` and a body. */
export interface TagCardProps {
  /** A signal, since the catalog changes while the card lives. */
  readonly tag: ReadonlySignal<TagInfo>;
  /** The run of the card on boards with a card a run; null where a card shows all runs. */
  readonly run: string | null;
}

export interface BoardProps {
  /** Plugins whose tags have cards. */
  readonly plugins: readonly string[];
  readonly card: ComponentType<TagCardProps>;
  /** A card for every tag (default), or for every run of a tag; the same for all tags, or as the tag asks for. */
  readonly per?: CardsPer | ((tag: TagInfo) => CardsPer);
  /** The dashboard's controls, beside the filter. */
  readonly tools?: ComponentChildren;
  /** Cards are as high as what is in them, instead of all the same. */
  readonly fluid?: boolean;
  /** Least width of a card, px. Default 340. */
  readonly cardWidth?: number;
  /**
   * Least height of a fluid card that has nothing to show yet, px, of all or of a tag's. Default 120. What it has when all
   * has come is the best: else more of them seem to be in sight, and are built, than will be.
   */
  readonly cardHeight?: number | ((tag: TagInfo) => number);
  /** With the page's step slider in the toolbar: for cards that show a step at a time (`useCardStep`). */
  readonly steps?: boolean;
  /** Cards can be pinned: then they stand on top as well. */
  readonly pinnable?: boolean;
  /** Which of the plugins' tags; all when left out. */
  select?(tag: TagInfo): boolean;
  /** What has cards instead of the plugins' tags: what is made of several of them, under a name of its own. */
  readonly items?: ReadonlySignal<readonly TagInfo[]>;
}

export type CardsPer = "tag" | "run";

export function Board(props: BoardProps) {
  const { plugins, tools, fluid = false, steps = false, pinnable = false, cardWidth, cardHeight } = props;
  const all = useComputed(() => props.items?.value ?? plugins.flatMap(tagsOf));
  const selected = useComputed(() =>
    all.value.filter((tag) => props.select === undefined || props.select(tag)),
  );
  const matching = useComputed(() => selected.value.filter((tag) => tagFilter.value.test(tag.tag)));
  const groups = useComputed(() =>
    groupTags(hideEmpty.value ? matching.value.filter(hasRuns) : matching.value),
  );
  const open = useComputed(() =>
    tagFilter.value.active
      ? new Set(groups.value.map((group) => group.name))
      : openByDefault(groups.value.map(({ name, tags }) => ({ name, cards: tags.length }))),
  );
  const hidden = matching.value.length - groups.value.reduce((sum, group) => sum + group.tags.length, 0);
  return (
    <div
      class={`board${fluid ? " is-fluid" : ""}`}
      style={{
        ...(cardWidth !== undefined && { "--card-least": `${cardWidth}px` }),
        ...(typeof cardHeight === "number" && { "--card-height": `${cardHeight}px` }),
      }}
    >
      <Toolbar label="View settings">
        {tools}
        {steps && <StepBar />}
      </Toolbar>
      <RunsNotice />
      {printing.value && <PrintedRuns />}
      {pinnable && pins.value.length > 0 && <PinnedCards tags={all.value} board={props} />}
      {matching.value.length === 0 && <NothingMatches of={selected.value.length} />}
      {groups.value.map((group) => (
        <Section
          key={group.name}
          name={group.name}
          title={
            group.name !== "" ? shownName(group.name) : groups.value.length === 1 ? "All tags" : "Ungrouped"
          }
          cards={cardsOf(group, props)}
          counted={count(group.tags.length, "tag")}
          openByDefault={open.value.has(group.name)}
        />
      ))}
      {hidden > 0 && enabledRuns.value.size > 0 && <HiddenNotice hidden={hidden} />}
    </div>
  );
}

/** In the order in which they were pinned, whatever is filtered. */
function PinnedCards({ tags, board }: { tags: readonly TagInfo[]; board: BoardProps }) {
  const cards = pins.value.flatMap((pin) => {
    const found = pinnedAs(pin, tags);
    return found ? cardOf(found.tag, found.run, { group: "", pinned: true }, board) : [];
  });
  return (
    <>
      {cards.length > 0 && <Section name="#pinned" title="Pinned" cards={cards} openByDefault />}
      <PinsNote missing={pins.value.length - cards.length} />
    </>
  );
}

/** The tag, and the run if it is a run's card, that a pin stands for; null where the logs do not have it. */
function pinnedAs(pin: string, tags: readonly TagInfo[]): { tag: TagInfo; run: string | null } | null {
  for (const tag of tags) {
    const whole = pinOf(tag, null);
    if (pin === whole) return { tag, run: null };
    if (!pin.startsWith(`${whole}@`)) continue;
    const run = pin.slice(whole.length + 1);
    if (tag.runs.some((id) => runsById.value.get(id)?.name === run)) return { tag, run };
  }
  return null;
}

function cardsOf(group: TagGroup, board: BoardProps): SectionCard[] {
  const { per = "tag" } = board;
  return group.tags.flatMap((tag) =>
    ((typeof per === "function" ? per(tag) : per) === "tag" ? [null] : runsWith(tag)).map((run) =>
      cardOf(tag, run, { group: group.name, pinned: false }, board),
    ),
  );
}

interface CardPlace {
  /** Name of the section, which the title leaves out. */
  readonly group: string;
  /** Whether it stands among the pinned. */
  readonly pinned: boolean;
}

function cardOf(tag: TagInfo, run: string | null, place: CardPlace, board: BoardProps): SectionCard {
  const key = run === null ? String(tag.id) : `${tag.id}/${run}`;
  return { key, make: () => <TagCard key={key} tag={tag} run={run} place={place} board={board} /> };
}

interface TagCardOptions {
  readonly tag: TagInfo;
  readonly run: string | null;
  readonly place: CardPlace;
  readonly board: BoardProps;
}

function TagCard({ tag, run, place, board }: TagCardOptions) {
  const { card: Card, pinnable = false, plugins, cardHeight } = board;
  const current = useSignal(tag);
  current.value = tag;
  const name = shownName(tag.tag);
  const label = run === null ? name : `${name}, ${run}`;
  const pin = pinOf(tag, run);
  const actions = useMemo(
    () => (pinnable ? <PinButton pin={pin} label={label} /> : undefined),
    [pinnable, pin, label],
  );
  return (
    <CardSlot
      id={`${place.pinned ? "pinned " : ""}${cardId(tag, plugins)}${run === null ? "" : ` ${run}`}`}
      label={label}
      title={tagTitle(tag.tag, place.group)}
      tag={tag.tag}
      run={run}
      actions={actions}
      {...(typeof cardHeight === "function" && { height: cardHeight(tag) })}
    >
      {() => <Card tag={current} run={run} />}
    </CardSlot>
  );
}

/** The tag, the same on all pages; with the plugin in front where the page shows the same name of several. */
function cardId({ plugin, tag }: TagInfo, plugins: readonly string[]): string {
  return plugins.length > 1 && plugin !== plugins[0] ? `${plugin}:${tag}` : tag;
}

function NothingMatches({ of }: { of: number }) {
  return (
    <EmptyState title="No tag matches the filter">
      <p>
        <code>{tagFilterText.value}</code> matches none of {count(of, "tag")}.
      </p>
      <button type="button" class="text-button" onClick={() => (tagFilterText.value = "")}>
        Clear the filter
      </button>
    </EmptyState>
  );
}

function HiddenNotice({ hidden }: { hidden: number }) {
  return (
    <p class="hidden-cards">
      {count(hidden, "tag")} of runs that are off {hidden === 1 ? "is" : "are"} not shown.
      <button type="button" class="text-button" onClick={() => (hideEmpty.value = false)}>
        Show {hidden === 1 ? "it" : "them"} empty
      </button>
    </p>
  );
}
