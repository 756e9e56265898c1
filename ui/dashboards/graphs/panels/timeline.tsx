/** A step's kernels over time, a lane a device and thread; what is chosen there lights up in the graph. */
import { useComputed, useSignal } from "@preact/signals";
import { useEffect, useMemo, useRef } from "preact/hooks";
import type { GraphTimeline } from "../../../../graph/views.ts";
import { FilterInput } from "../../../app/filter-input.tsx";
import { count } from "../../../app/format.ts";
import { Icon } from "../../../app/icons.tsx";
import { nameFilter } from "../../../app/name-filter.ts";
import { scheme } from "../../../app/theme.ts";
import type { GraphActions } from "../actions.ts";
import { palette } from "../canvas/colours.ts";
import { readGraphTheme } from "../canvas/look.ts";
import { currentQuery } from "../choices.ts";
import { source } from "../source/sources.ts";
import { selectedId } from "../state.ts";
import { attachTimelineGestures } from "../timeline/gestures.ts";
import { TimelineView } from "../timeline/timeline-view.ts";
import { type Tracks, tracksOf } from "../timeline/tracks.ts";
import { AnswerView, useAnswer } from "./answer.tsx";
import { NoStep, NothingRan } from "./step-words.tsx";
import { formatMicros } from "./units.ts";

export function TimelinePanel({ actions }: { actions: GraphActions }) {
  const answer = useAnswer((signal) => {
    const query = currentQuery.value;
    return query?.step_tag === undefined ? null : source.timeline(query, signal);
  });
  return (
    <AnswerView answer={answer.value} none={<NoStep what="the timeline shows what ran when, and where" />}>
      {(timeline: GraphTimeline) =>
        timeline.name.length === 0 ? <NothingRan /> : <Timeline timeline={timeline} actions={actions} />
      }
    </AnswerView>
  );
}

function Timeline({ timeline, actions }: { timeline: GraphTimeline; actions: GraphActions }) {
  const canvas = useRef<HTMLCanvasElement>(null);
  const view = useRef<TimelineView | null>(null);
  const text = useSignal("");
  const filter = useComputed(() => nameFilter(text.value.trim()));
  const pointed = useSignal(-1);
  const tracks = useMemo(() => tracksOf(timeline), [timeline]);
  const hues = useMemo(() => huesOf(timeline), [timeline]);
  useEffect(() => {
    if (!canvas.current) return;
    const own = new TimelineView(canvas.current);
    view.current = own;
    const detach = attachTimelineGestures(own, {
      onPoint: (execution) => {
        pointed.value = execution;
      },
      onChoose(execution) {
        const name = timeline.names[timeline.name[execution]!];
        if (name === undefined) return;
        actions.showCard();
        void actions.goTo(name);
      },
    });
    return () => {
      detach();
      own.dispose();
      view.current = null;
    };
  }, [timeline, actions]);
  useEffect(() => view.current?.setTracks(tracks), [tracks]);
  const test = filter.value;
  const selected = selectedId.value;
  const dark = scheme.value === "dark";
  useEffect(() => {
    const found = test.active ? foundNames(timeline, test.test) : null;
    const chosen = selected === null ? -1 : timeline.names.indexOf(selected);
    view.current?.setLook({
      theme: readGraphTheme(dark),
      palette: palette(dark),
      hue: (execution) => hues[timeline.name[execution]!]!,
      isSelected: (execution) => timeline.name[execution] === chosen,
      isFound: found ? (execution) => found[timeline.name[execution]!] === 1 : null,
    });
    if (chosen >= 0) {
      const execution = Array.prototype.indexOf.call(timeline.name, chosen);
      if (execution >= 0) view.current?.show(execution);
    }
  }, [timeline, test, selected, dark]);
  return (
    <div class="timeline-panel">
      <div class="dock-head">
        <FilterInput label="Find in the timeline" text={text} error={filter.value.error} />
        <span class="dock-status">{statusOf(tracks, pointed.value)}</span>
        <button
          type="button"
          class="icon-button"
          aria-label="Show the whole step"
          title="Show the whole step"
          onClick={() => view.current?.reset()}
        >
          <Icon name="fit" />
        </button>
      </div>
      {/* biome-ignore-start lint/a11y/noNoninteractiveTabindex: it pans and zooms by keys; the table has its content */}
      <canvas
        ref={canvas}
        tabIndex={0}
        role="img"
        class="timeline-canvas"
        aria-label={`Timeline of ${count(tracks.count, "execution")} in ${count(tracks.lanes.length, "lane")} over ${formatMicros(tracks.span)}. Left and right move, plus and minus zoom, 0 shows all. The table has the same as text.`}
      />
      {/* biome-ignore-end lint/a11y/noNoninteractiveTabindex: as above */}
    </div>
  );
}

function statusOf(tracks: Tracks, execution: number): string {
  const { timeline } = tracks;
  if (execution < 0)
    return `${count(tracks.count, "execution")} in ${formatMicros(tracks.span)}; wheel zooms, dragging moves`;
  const name = timeline.name[execution]!;
  const op = timeline.ops[name] ?? "";
  return `${timeline.names[name]}${op === "" ? "" : ` (${op})`}: ${formatMicros(timeline.duration_micros[execution]!)} from ${formatMicros(timeline.start_micros[execution]!)}`;
}

function foundNames(timeline: GraphTimeline, test: (name: string) => boolean): Uint8Array {
  return Uint8Array.from(timeline.names, (name, i) => Number(test(name) || test(timeline.ops[i] ?? "")));
}

/** Of each name: the same operation has the same colour in every step. */
function huesOf({ names, ops }: GraphTimeline): Uint8Array {
  const known = new Map<string, number>();
  return Uint8Array.from(names, (name, i) => {
    const op = ops[i] || name;
    const hue = known.get(op) ?? hueOf(op);
    known.set(op, hue);
    return hue;
  });
}

function hueOf(op: string): number {
  let hash = 0;
  for (let i = 0; i < op.length; i++) hash = (hash * 31 + op.charCodeAt(i)) | 0;
  return Math.abs(hash) % 30;
}
