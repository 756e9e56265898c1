/** The scalars dashboard: sections of cards, one card a tag, every enabled run in it. */
import { useComputed } from "@preact/signals";
import type { ComponentChildren } from "preact";
import { EmptyState } from "../../app/empty-state.tsx";
import { count } from "../../app/format.ts";
import { Icon } from "../../app/icons.tsx";
import { enabledRuns, runFilter, runFilterText, setAllRuns } from "../../app/runs.ts";
import { runNames, tagsOf } from "../../app/session.ts";
import { ScalarCard } from "./card.tsx";
import { groupTags, openByDefault, type TagGroup } from "./groups.ts";
import { isGroupOpen, setGroupOpen, tagFilter, tagFilterText } from "./settings.ts";
import { Toolbar } from "./toolbar.tsx";
import "./cards.css";

export default function Scalars() {
  const all = useComputed(() => tagsOf("scalars"));
  const groups = useComputed(() => groupTags(all.value.filter((tag) => tagFilter.value.test(tag.tag))));
  const open = useComputed(() =>
    tagFilter.value.active ? new Set(groups.value.map((group) => group.name)) : openByDefault(groups.value),
  );
  return (
    <div class="scalars">
      <Toolbar />
      <RunsNotice />
      {groups.value.length === 0 ? (
        <EmptyState title="No tag matches the filter">
          <p>
            <code>{tagFilterText.value}</code> matches none of {count(all.value.length, "tag")}.
          </p>
          <button type="button" class="text-button" onClick={() => (tagFilterText.value = "")}>
            Clear the filter
          </button>
        </EmptyState>
      ) : (
        groups.value.map((group) => (
          <Section
            key={group.name}
            group={group}
            lone={groups.value.length === 1}
            openByDefault={open.value.has(group.name)}
          />
        ))
      )}
    </div>
  );
}

function Section(props: { group: TagGroup; lone: boolean; openByDefault: boolean }) {
  const { group, lone, openByDefault: byDefault } = props;
  const open = isGroupOpen(group.name, byDefault);
  const title = group.name !== "" ? group.name : lone ? "All tags" : "Ungrouped";
  return (
    <section class="group" aria-label={title}>
      <h2>
        <button type="button" aria-expanded={open} onClick={() => setGroupOpen(group.name, !open, byDefault)}>
          <Icon name="chevron" />
          <span class="group-name">{title}</span>
          <span class="count">{count(group.tags.length, "tag")}</span>
        </button>
      </h2>
      {open && (
        <div class="cards">
          {group.tags.map((tag) => (
            <ScalarCard key={tag.id} tag={tag} group={group.name} />
          ))}
        </div>
      )}
    </section>
  );
}

/** Why charts are empty, where the runs are the reason. */
function RunsNotice() {
  if (enabledRuns.value.size > 0 || runNames.value.length === 0) return null;
  if (runFilter.value.active && !runNames.value.some((run) => runFilter.value.test(run)))
    return (
      <Notice text="The run filter matches no run, so the charts are empty.">
        <button type="button" class="text-button" onClick={() => (runFilterText.value = "")}>
          Clear the filter
        </button>
      </Notice>
    );
  return (
    <Notice
      text={`${runFilter.value.active ? "All runs that pass the filter" : "All runs"} are off, so the charts are empty.`}
    >
      <button type="button" class="text-button" onClick={() => setAllRuns(true)}>
        Switch them on
      </button>
    </Notice>
  );
}

function Notice({ text, children }: { text: string; children: ComponentChildren }) {
  return (
    <div class="notice" role="status">
      <span>{text}</span>
      {children}
    </div>
  );
}
