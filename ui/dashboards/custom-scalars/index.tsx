/** The custom scalars dashboard: charts that the logs lay out, and charts that are made here. */
import { type Signal, useSignal } from "@preact/signals";
import { useEffect, useRef } from "preact/hooks";
import { decodeLayout } from "../../../client/layouts.ts";
import type { LayoutCategory, LayoutChart } from "../../../server/api/types.ts";
import { describeError, fetchLayoutFile } from "../../app/api.ts";
import { EmptyState } from "../../app/empty-state.tsx";
import { count, words } from "../../app/format.ts";
import { Icon } from "../../app/icons.tsx";
import { Menu } from "../../app/menu.tsx";
import { printing } from "../../app/printing.ts";
import { CardSlot } from "../../board/card-slot.tsx";
import { Segmented } from "../../board/controls.tsx";
import { lateCard } from "../../board/late-card.tsx";
import { Snippets } from "../../board/log-guide.tsx";
import { Notice, RunsNotice } from "../../board/notices.tsx";
import { PrintedRuns } from "../../board/printed-runs.tsx";
import { save } from "../../board/save.ts";
import { Section } from "../../board/section.tsx";
import { tagFilter, tagFilterText } from "../../board/settings.ts";
import { Toolbar } from "../../board/toolbar.tsx";
import { Tools } from "../scalars/toolbar.tsx";
import { ChartEditor } from "./editor.tsx";
import { guide } from "./guide.ts";
import {
  type ChartPlace,
  followLayouts,
  joined,
  layoutsError,
  logged,
  own,
  setOwn,
  unreadable,
} from "./layouts.ts";
import { colourBy } from "./settings.ts";
import "../../board/board.css";
import "./custom-scalars.css";

export { guide } from "./guide.ts";

const LayoutCard = lateCard(() => import("./card.tsx").then((module) => module.LayoutCard));

/** What is open in the editor: a chart, a new one (null), or nothing (undefined). */
type Editing = ChartPlace | null | undefined;

export default function CustomScalars() {
  useEffect(followLayouts, []);
  const editing = useSignal<Editing>(undefined);
  const problem = useSignal<string | null>(null);
  const kept = useSignal<string | null>(null);
  const board = useRef<HTMLDivElement>(null);
  useEffect(() => {
    if (kept.value === null) return;
    show(board.current, kept.value);
    kept.value = null;
  });
  const fromLogs = filtered(logged.value?.merged?.category ?? []);
  const made = filtered(own.value.category);
  const nothing = fromLogs.length + made.length === 0;
  return (
    <div class="board is-layouts" ref={board}>
      <Toolbar label="View settings">
        <Tools />
        <Segmented
          label="Colours"
          choices={[
            { value: "run", title: "Colour by run" },
            { value: "tag", title: "by tag" },
          ]}
          value={colourBy.value}
          onChange={(value) => (colourBy.value = value)}
        />
        <LayoutTools editing={editing} problem={problem} />
      </Toolbar>
      {editing.value !== undefined && (
        <ChartEditor
          key={JSON.stringify(editing.value)}
          place={editing.value}
          onClose={() => (editing.value = undefined)}
          onKept={(category, title) => (kept.value = `${category}/${title}`)}
        />
      )}
      {problem.value !== null && (
        <Notice text={problem.value}>
          <button type="button" class="text-button" onClick={() => (problem.value = null)}>
            Close
          </button>
        </Notice>
      )}
      {layoutsError.value !== null && <Notice text={`${layoutsError.value}; trying again`} />}
      {unreadable.value.length > 0 && (
        <Notice text={`No layout that can be read: ${words(unreadable.value)}`} />
      )}
      <RunsNotice />
      {printing.value && <PrintedRuns />}
      {nothing && editing.value === undefined && <Nothing />}
      {sections(fromLogs, "")}
      {sections(made, "made here", (place) => (editing.value = place))}
    </div>
  );
}

/** Brings the card of a chart that was made here into sight, with the focus on it. */
function show(board: HTMLElement | null, tag: string): void {
  // Of one title in the logs' layout and in one's own, the own stands last.
  const card = [...(board?.querySelectorAll<HTMLElement>(".card") ?? [])].findLast(
    (one) => one.dataset.tag === tag,
  );
  card?.scrollIntoView({ block: "center" });
  card?.focus({ preventScroll: true });
}

interface ShownCategory extends LayoutCategory {
  readonly shown: readonly { readonly chart: LayoutChart; readonly at: number }[];
}

/** Charts of whose title or tags the filter finds something; categories without charts only where nothing is filtered. */
function filtered(categories: readonly LayoutCategory[]): ShownCategory[] {
  const { active, test } = tagFilter.value;
  return categories
    .map((category) => ({
      ...category,
      shown: category.chart
        .map((chart, at) => ({ chart, at }))
        .filter(({ chart }) => wordsOf(chart).some(test)),
    }))
    .filter(({ shown }) => !active || shown.length > 0);
}

const wordsOf = ({ title, multiline, margin }: LayoutChart): string[] => [
  title,
  ...(multiline?.tag ?? []),
  ...(margin?.series ?? []).flatMap(({ value, lower, upper }) => [value, lower, upper]),
];

function sections(categories: readonly ShownCategory[], mark: string, onEdit?: (place: ChartPlace) => void) {
  return categories.map(({ title, shown, closed = false }) => {
    const name = `${mark || "layout"}: ${title}`;
    return (
      <Section
        key={name}
        name={name}
        title={title || "Untitled"}
        counted={`${count(shown.length, "chart")}${mark && `, ${mark}`}`}
        openByDefault={!closed}
        cards={shown.map(({ chart, at }) => {
          const id = `${name}/${at} ${chart.title}`;
          return {
            key: id,
            make: () => (
              <CardSlot
                key={id}
                id={id}
                label={`${chart.title || "untitled"}, ${title}`}
                title={chart.title || "untitled"}
                tag={`${title}/${chart.title}`}
              >
                {() => (
                  <LayoutCard
                    id={id}
                    chart={chart}
                    {...(onEdit && { onEdit: () => onEdit({ category: title, chart: at }) })}
                  />
                )}
              </CardSlot>
            ),
          };
        })}
      />
    );
  });
}

function Nothing() {
  if (tagFilter.value.active)
    return (
      <EmptyState title="No chart matches the filter">
        <button type="button" class="text-button" onClick={() => (tagFilterText.value = "")}>
          Clear the filter
        </button>
      </EmptyState>
    );
  if (logged.value === null && layoutsError.value === null) return null;
  return (
    <EmptyState title="No custom charts in these logs">
      <p>{guide.about} “New chart” begins one.</p>
      <Snippets guide={guide} />
      <p class="muted">This page updates by itself when layouts are written.</p>
    </EmptyState>
  );
}

interface LayoutToolsProps {
  readonly editing: Signal<Editing>;
  readonly problem: Signal<string | null>;
}

/** A new chart; the layout that was made here as a file, and from one. */
function LayoutTools({ editing, problem }: LayoutToolsProps) {
  const picker = useRef<HTMLInputElement>(null);
  const attempt = (act: () => Promise<void>): void => {
    problem.value = null;
    act().catch((reason: unknown) => (problem.value = describeError(reason)));
  };
  const merged = logged.value?.merged;
  return (
    <div class="layout-tools">
      <button type="button" class="text-button" onClick={() => (editing.value = null)}>
        <Icon name="plus" />
        New chart
      </button>
      <Menu
        label="Layout that was made here"
        icon="file"
        items={[
          {
            label: "As TensorBoard reads it",
            hint: "for the log folder",
            run: () =>
              attempt(async () =>
                save(
                  await fetchLayoutFile(own.peek()),
                  `events.out.tfevents.${Math.floor(Date.now() / 1000)}.custom_scalars.v2`,
                ),
              ),
          },
          {
            label: "As JSON",
            run: () =>
              save(
                new Blob([JSON.stringify(own.peek(), null, 2)], { type: "application/json" }),
                "layout.json",
              ),
          },
          { label: "Add from JSON…", run: () => picker.current?.click() },
          ...(merged
            ? [{ label: "Add a copy of the logs' layout", run: () => setOwn(joined(own.peek(), merged)) }]
            : []),
          { label: "Remove all", run: () => setOwn({ category: [] }) },
        ]}
      />
      <input
        ref={picker}
        type="file"
        accept=".json,application/json"
        hidden
        aria-label="Layout as JSON"
        onChange={(event) => {
          const [file] = event.currentTarget.files ?? [];
          event.currentTarget.value = "";
          if (file)
            attempt(async () => {
              const given: unknown = JSON.parse(await file.text());
              setOwn(joined(own.peek(), decodeLayout(given)));
            });
        }}
      />
    </div>
  );
}
