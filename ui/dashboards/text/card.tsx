/** One run's texts of a tag: at the step that the page looks at, or all of them. */
import { type ReadonlySignal, useComputed, useSignal } from "@preact/signals";
import type { ComponentChildren } from "preact";
import { useRef } from "preact/hooks";
import type { RunRecords, Tensor } from "../../../client/records-table.ts";
import { fetchRecords } from "../../app/api.ts";
import { count, formatStep, formatWallTime } from "../../app/format.ts";
import { runNames } from "../../app/session.ts";
import type { TagCardProps } from "../../board/board.tsx";
import { CardHeader } from "../../board/card-header.tsx";
import { CardMessage, feedMessage, NothingYet } from "../../board/card-message.tsx";
import { indexAt } from "../../board/moments.ts";
import { Paged } from "../../board/paged.tsx";
import { heldRange, recordsInRange } from "../../board/range.ts";
import { type RecordsFeed, useRecords, useTensors } from "../../board/records.ts";
import { RunLabel } from "../../board/run-label.tsx";
import { useRunsOf } from "../../board/runs-of.ts";
import { fileName, save } from "../../board/save.ts";
import { CardStepSlider } from "../../board/step-slider.tsx";
import { useCardStep } from "../../board/steps.ts";
import { canSearch, type Entry, entriesOf, shownEntries, textAt } from "./entries.ts";
import { Changes, RawText, RenderedText } from "./entry.tsx";
import { allSteps, search, searchText, view } from "./settings.ts";
import { plainText } from "./texts.ts";
import "./text.css";

const PAGE = 10;

export function TextCard({ tag, run }: TagCardProps) {
  const name = run ?? "";
  const other = useSignal<string | null>(null);
  const runs = useComputed(() => (other.value === null ? [name] : [name, other.value]));
  const searching = useComputed(() => search.value.active);
  // A search reads all texts; else only those that are shown are read.
  const feed = useRecords(
    tag,
    runs,
    useComputed(() => ({ values: searching.value })),
  );
  const records = useComputed(() => {
    const all = feed.data.value.get(name);
    return all ? recordsInRange(all, heldRange.value) : null;
  });
  const step = useCardStep(useComputed(() => (records.value ? [records.value] : [])));
  const entries = useComputed(() =>
    shownEntries(records.value, {
      search: search.value,
      allSteps: allSteps.value,
      moment: step.moment.value,
    }),
  );
  return (
    <>
      <CardHeader
        lead={<RunLabel run={name} />}
        tag={tag.value}
        downloads={[
          {
            label: "JSON",
            hint: "all texts",
            run: async () => {
              const [all] = await fetchRecords({
                tag: tag.value.tag,
                plugin: "text",
                runs: [name],
                values: true,
              });
              const rows = (all ? entriesOf(all) : []).map(({ step, wallTime, key }, i) => ({
                step,
                wallTime,
                key,
                text: textAt(all!, i),
              }));
              save(
                new Blob([JSON.stringify(rows)], { type: "application/json" }),
                `${fileName(tag.value.tag)}.json`,
              );
            },
          },
        ]}
      />
      {messageOf(feed, records.value, entries.value) ?? (
        <>
          {view.value === "changes" && <OtherRun tag={tag} run={name} other={other} />}
          <Texts tag={tag} records={records} feed={feed} entries={entries} other={other} />
          {!allSteps.value && !searching.value && <CardStepSlider step={step} />}
        </>
      )}
    </>
  );
}

function messageOf(
  feed: RecordsFeed,
  records: RunRecords | null,
  entries: readonly Entry[],
): ComponentChildren {
  const lacks = search.value.active ? !canSearch(records) : records === null;
  const message = feedMessage({
    error: lacks ? feed.error.value : null,
    waiting: feed.waiting.value || (lacks && records !== null),
    runs: 1,
  });
  if (message || entries.length > 0) return message;
  if (!search.value.active) return <NothingYet what="text" />;
  return <CardMessage kind="empty">No text matches {searchText.value.trim()}</CardMessage>;
}

/** With whose text the run's own is compared: that of the step before, or another run's at the step. */
function OtherRun(props: {
  tag: TagCardProps["tag"];
  run: string;
  other: ReadonlySignal<string | null> & { value: string | null };
}) {
  const runs = useRunsOf(props.tag);
  return (
    <label class="text-than">
      Compared with
      <select
        value={props.other.value ?? ""}
        onChange={(event) => {
          const chosen = event.currentTarget.value;
          props.other.value = runNames.peek().includes(chosen) ? chosen : null;
        }}
      >
        <option value="">the step before</option>
        {runs.value
          .filter((run) => run !== props.run)
          .map((run) => (
            <option key={run} value={run}>
              {run}
            </option>
          ))}
      </select>
    </label>
  );
}

interface TextsProps {
  readonly tag: TagCardProps["tag"];
  readonly records: ReadonlySignal<RunRecords | null>;
  readonly feed: RecordsFeed;
  readonly entries: ReadonlySignal<readonly Entry[]>;
  readonly other: ReadonlySignal<string | null>;
}

/** Where a text's other one is found. */
interface Than {
  readonly run: string;
  readonly step: number;
  readonly key: string;
  readonly bytes: number;
  readonly words: string;
}

function Texts({ tag, records, feed, entries, other }: TextsProps) {
  const run = useComputed(() => records.value?.run ?? "");
  const thanOf = (entry: Entry): Than | null => {
    const source = other.value === null ? records.value : feed.data.value.get(other.value);
    if (!source || source.keys.length === 0) return null;
    const at =
      other.value === null
        ? source.keys.indexOf(entry.key) - 1
        : indexAt(source, { axis: "step", at: entry.step });
    if (at < 0) return null;
    const step = source.step[at]!;
    return {
      run: source.run,
      step,
      key: source.keys[at]!,
      bytes: source.bytes[at]!,
      words: other.value === null ? `step ${formatStep(step)}` : `${source.run}, step ${formatStep(step)}`,
    };
  };
  const shown = useComputed(() => entries.value.slice(0, 100));
  const wanted = useComputed(() => {
    if (view.value === "rendered") return [];
    return shown.value.flatMap((entry) => {
      const than = view.value === "changes" ? thanOf(entry) : null;
      return [{ run: run.value, ...entry }, ...(than ? [than] : [])];
    });
  });
  const { tensors, error } = useTensors(tag, wanted);
  const textOf = (key: string): Tensor | null | undefined => tensors.value.get(key);
  const isOne = !allSteps.value && !search.value.active;
  return (
    <div class="texts">
      <Paged
        items={entries.value}
        page={PAGE}
        make={(entry) => (
          <article
            // The one text at the step changes in place, so that nothing on the page moves while the next one comes.
            key={isOne ? "the one" : entry.key}
            class="text-entry"
            aria-label={`Step ${formatStep(entry.step)}`}
          >
            <p class="text-when">
              step {formatStep(entry.step)} <span>{formatWallTime(entry.wallTime)}</span>
            </p>
            {view.value === "rendered" ? (
              <RenderedText id={entry.key} />
            ) : (
              <Plain
                text={textOf(entry.key)}
                error={error.value}
                than={view.value === "changes" ? thanOf(entry) : null}
                textOf={textOf}
              />
            )}
          </article>
        )}
      />
      {search.value.active && (
        <p class="text-loading" role="status">
          {count(entries.value.length, "text")} found
          {feed.error.value !== null && ` before: ${feed.error.value}; trying again`}
        </p>
      )}
    </div>
  );
}

function Plain(props: {
  text: Tensor | null | undefined;
  error: string | null;
  than: Than | null;
  textOf(key: string): Tensor | null | undefined;
}) {
  const { text, error, than, textOf } = props;
  const last = useRef<ComponentChildren>(null);
  const before = than && textOf(than.key);
  if (text === undefined || before === undefined)
    return <>{last.current ?? <p class="text-loading">{error ?? "Loading…"}</p>}</>;
  last.current =
    text === null ? (
      <p class="text-problem">This text is too large for this page, or cannot be read any more.</p>
    ) : than && before ? (
      <Changes before={plainText(before)} after={plainText(text)} than={than.words} />
    ) : (
      <RawText text={plainText(text)} />
    );
  return <>{last.current}</>;
}
