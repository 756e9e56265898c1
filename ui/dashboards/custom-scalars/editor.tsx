/** The form in which a chart is made or changed: its expressions with the tags that they match, or margins. */
import { useSignal } from "@preact/signals";
import { useId, useLayoutEffect, useRef } from "preact/hooks";
import type { LayoutChart, LayoutMargin } from "../../../server/api/types.ts";
import { count } from "../../app/format.ts";
import { Icon } from "../../app/icons.tsx";
import { tagsOf } from "../../app/session.ts";
import { Segmented } from "../../board/controls.tsx";
import { chartTags } from "./chart-tags.ts";
import { type ChartPlace, logged, movedUp, own, setOwn, withChart, withoutChart } from "./layouts.ts";

interface Props {
  /** The chart that is changed; null makes a new one. */
  readonly place: ChartPlace | null;
  onClose(): void;
  /** A chart has been added or changed. */
  onKept(category: string, title: string): void;
}

type Kind = "lines" | "margins";

const KINDS: readonly { readonly value: Kind; readonly title: string }[] = [
  { value: "lines", title: "Lines by expression" },
  { value: "margins", title: "Values with margins" },
];

const NO_MARGIN: LayoutMargin = { value: "", lower: "", upper: "" };
const SHOWN_TAGS = 12;

export function ChartEditor({ place, onClose, onKept }: Props) {
  const before = place
    ? own.peek().category.find(({ title }) => title === place.category)?.chart[place.chart]
    : undefined;
  const category = useSignal(place?.category ?? own.peek().category.at(-1)?.title ?? "My charts");
  const title = useSignal(before?.title ?? "");
  const kind = useSignal<Kind>(before?.margin ? "margins" : "lines");
  const expressions = useSignal<readonly string[]>(before?.multiline?.tag ?? [""]);
  const margins = useSignal<readonly LayoutMargin[]>(before?.margin?.series ?? [NO_MARGIN]);
  const first = useRef<HTMLInputElement>(null);
  const id = useId();
  // Before the next key is pressed: it is the title's.
  useLayoutEffect(() => first.current?.focus(), []);

  const chart: LayoutChart =
    kind.value === "lines"
      ? { title: title.value, multiline: { tag: expressions.value.filter((text) => text !== "") } }
      : { title: title.value, margin: { series: margins.value.filter((one) => one.value !== "") } };
  const known = tagsOf("scalars").map(({ tag }) => tag);
  const { tags, problems } = chartTags(chart, known);
  const isEmpty = (chart.multiline?.tag ?? chart.margin?.series ?? []).length === 0;

  const submit = (event: SubmitEvent): void => {
    event.preventDefault();
    if (isEmpty) return;
    setOwn(withChart(own.peek(), category.value, chart, place ?? undefined));
    onClose();
    onKept(category.value, chart.title);
  };
  return (
    <form
      class="chart-editor"
      aria-label={before ? `Change ${before.title || "untitled"}` : "New chart"}
      onSubmit={submit}
      onKeyDown={(event) => {
        if (event.key === "Escape") onClose();
      }}
    >
      <div class="editor-row">
        <Field label="Title" value={title.value} onInput={(text) => (title.value = text)} inputRef={first} />
        <Field
          label="Category"
          value={category.value}
          list={`${id}-categories`}
          onInput={(text) => (category.value = text)}
        />
        <Segmented
          label="What it shows"
          choices={KINDS}
          value={kind.value}
          onChange={(next) => (kind.value = next)}
        />
      </div>
      {kind.value === "lines"
        ? expressions.value.map((text, i) => (
            <div class="editor-row" key={i}>
              <Field
                label={`Tags by regular expression${i === 0 ? "" : ` ${i + 1}`}`}
                value={text}
                placeholder="loss/.*"
                mono
                onInput={(next) => (expressions.value = expressions.value.with(i, next))}
              />
              {expressions.value.length > 1 && (
                <RemoveButton
                  label={`Remove expression ${i + 1}`}
                  act={() => (expressions.value = expressions.value.filter((_, other) => other !== i))}
                />
              )}
            </div>
          ))
        : margins.value.map((margin, i) => (
            <div class="editor-row" key={i}>
              {(["value", "lower", "upper"] as const).map((part) => (
                <Field
                  key={part}
                  label={`${MARGIN_WORDS[part]}${i === 0 ? "" : ` ${i + 1}`}`}
                  value={margin[part]}
                  list={`${id}-tags`}
                  onInput={(text) => (margins.value = margins.value.with(i, { ...margin, [part]: text }))}
                />
              ))}
              {margins.value.length > 1 && (
                <RemoveButton
                  label={`Remove margin ${i + 1}`}
                  act={() => (margins.value = margins.value.filter((_, other) => other !== i))}
                />
              )}
            </div>
          ))}
      <button
        type="button"
        class="text-button"
        onClick={() => {
          if (kind.value === "lines") expressions.value = [...expressions.value, ""];
          else margins.value = [...margins.value, NO_MARGIN];
        }}
      >
        <Icon name="plus" />
        {kind.value === "lines" ? "Another expression" : "Another margin"}
      </button>
      <p class="editor-tags" role="status">
        {isEmpty
          ? "Nothing is chosen yet."
          : [
              ...problems,
              tags.length > 0 &&
                `${count(tags.length, "tag")}: ${tags.slice(0, SHOWN_TAGS).join(", ")}${tags.length > SHOWN_TAGS ? ", …" : ""}`,
            ]
              .filter(Boolean)
              .join(". ")}
      </p>
      <div class="editor-row">
        <button type="submit" class="editor-submit" disabled={isEmpty}>
          {before ? "Keep" : "Add chart"}
        </button>
        <button type="button" class="text-button" onClick={onClose}>
          Cancel
        </button>
        {place && (
          <>
            {place.chart > 0 && (
              <button
                type="button"
                class="text-button"
                onClick={() => {
                  setOwn(movedUp(own.peek(), place));
                  onClose();
                }}
              >
                Move before the one before
              </button>
            )}
            <button
              type="button"
              class="text-button"
              onClick={() => {
                setOwn(withoutChart(own.peek(), place));
                onClose();
              }}
            >
              Remove chart
            </button>
          </>
        )}
      </div>
      <datalist id={`${id}-tags`}>
        {known.map((tag) => (
          <option key={tag} value={tag} />
        ))}
      </datalist>
      <datalist id={`${id}-categories`}>
        {[
          ...new Set(
            [...own.value.category, ...(logged.value?.merged?.category ?? [])].map((of) => of.title),
          ),
        ].map((name) => (
          <option key={name} value={name} />
        ))}
      </datalist>
    </form>
  );
}

const MARGIN_WORDS = { value: "Tag of the value", lower: "of the lower bound", upper: "of the upper bound" };

interface FieldProps {
  readonly label: string;
  readonly value: string;
  readonly placeholder?: string;
  readonly list?: string;
  readonly mono?: boolean;
  readonly inputRef?: { current: HTMLInputElement | null };
  onInput(text: string): void;
}

function Field({ label, value, placeholder, list, mono, inputRef, onInput }: FieldProps) {
  return (
    <label class="editor-field">
      <span>{label}</span>
      <input
        ref={inputRef ?? null}
        type="text"
        class={mono ? "is-mono" : ""}
        value={value}
        placeholder={placeholder}
        list={list}
        spellcheck={false}
        autocomplete="off"
        onInput={(event) => onInput(event.currentTarget.value)}
      />
    </label>
  );
}

function RemoveButton({ label, act }: { label: string; act: () => void }) {
  return (
    <button type="button" class="icon-button" aria-label={label} title={label} onClick={act}>
      <Icon name="close" />
    </button>
  );
}
