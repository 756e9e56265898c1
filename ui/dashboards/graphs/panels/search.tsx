/** Search by name, operation, device or attribute: all that match, listed; a click flies there. */
import { useSignal, useSignalEffect } from "@preact/signals";
import { useRef } from "preact/hooks";
import type { GraphSearch } from "../../../../graph/views.ts";
import { describeError } from "../../../app/api.ts";
import { FilterInput } from "../../../app/filter-input.tsx";
import { formatStep } from "../../../app/format.ts";
import { useWindowed } from "../../../app/windowed.ts";
import type { GraphActions } from "../actions.ts";
import { pictureQuery } from "../compare/as-one.ts";
import { markedNames } from "../look-state.ts";
import { source } from "../source/sources.ts";
import { searchRegex, searchText, searchWhere } from "../state.ts";
import { Choice } from "./choice.tsx";

const ROW = 40;
const PAUSE_MS = 150;
/** Hits listed; the rest is counted. */
const LISTED = 5_000;

export function SearchPanel({ actions }: { actions: GraphActions }) {
  const found = useSignal<GraphSearch | null>(null);
  const error = useSignal<string | null>(null);
  useSignalEffect(() => {
    const [query, text, regex] = [pictureQuery.value, searchText.value.trim(), searchRegex.value];
    const where = searchWhere.value;
    if (!query || text === "") {
      found.value = null;
      error.value = null;
      markedNames.value = new Set();
      return;
    }
    const abort = new AbortController();
    const timer = setTimeout(() => {
      source
        .search(query, { text, regex, limit: LISTED, ...(where === "" ? {} : { where }) }, abort.signal)
        .then(
          (answer) => {
            if (abort.signal.aborted) return;
            found.value = answer;
            error.value = null;
            markedNames.value = new Set(answer.hits.map((hit) => hit.name));
          },
          (reason: unknown) => {
            if (!abort.signal.aborted) error.value = describeError(reason);
          },
        );
    }, PAUSE_MS);
    return () => {
      clearTimeout(timer);
      abort.abort();
    };
  });
  return (
    <div class="graph-search">
      <div class="graph-search-head">
        <FilterInput
          label={searchRegex.value ? "Find nodes (regular expression)" : "Find nodes"}
          hint={null}
          text={searchText}
          error={error.value}
        />
        <label class={`toggle${searchRegex.value ? " is-on" : ""}`} title="The text is a regular expression">
          <input
            type="checkbox"
            checked={searchRegex.value}
            aria-label="Regular expression"
            onChange={(event) => (searchRegex.value = event.currentTarget.checked)}
          />
          .*
        </label>
      </div>
      <div class="graph-search-where">
        <Choice
          label="Where to look"
          labelled
          value={searchWhere.value}
          options={[
            { value: "", title: "Names, operations, devices" },
            { value: "name", title: "Names" },
            { value: "op", title: "Operations" },
            { value: "device", title: "Devices" },
            { value: "attribute", title: "Attributes" },
          ]}
          onChange={(where) => (searchWhere.value = where)}
        />
      </div>
      <p class="muted graph-search-count" role="status">
        {found.value === null
          ? "Type to find nodes anywhere in the graph, open or not."
          : found.value.total > found.value.hits.length
            ? `${formatStep(found.value.total)} match; the first ${formatStep(found.value.hits.length)} are listed`
            : found.value.total === 1
              ? "1 match"
              : `${formatStep(found.value.total)} matches`}
      </p>
      {found.value !== null && <Hits found={found.value} actions={actions} />}
    </div>
  );
}

function Hits({ found, actions }: { found: GraphSearch; actions: GraphActions }) {
  const scroller = useRef<HTMLDivElement>(null);
  const { first, last } = useWindowed(scroller, found.hits.length, ROW);
  return (
    <div class="graph-hits" ref={scroller}>
      <ul class="windowed" style={{ height: `${found.hits.length * ROW}px` }}>
        {found.hits.slice(first, last).map((hit, i) => (
          <li key={hit.name} style={{ transform: `translateY(${(first + i) * ROW}px)` }}>
            <button type="button" class="graph-hit" onClick={() => void actions.goTo(hit.name)}>
              <span class="graph-hit-name">{hit.name}</span>
              <span class="muted graph-hit-facts">
                {hit.op ?? (hit.type === "SERIES" ? "series" : "scope")}
                {hit.where === "name" ? "" : ` · ${hit.where}`}
              </span>
            </button>
          </li>
        ))}
      </ul>
    </div>
  );
}
