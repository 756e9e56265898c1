/** A tag's images: every run's at the step that the page looks at, or two of them compared. */
import { type ReadonlySignal, useComputed, useSignal } from "@preact/signals";
import { useEffect, useMemo, useRef } from "preact/hooks";
import type { RunRecords } from "../../../client/records-table.ts";
import { fetchBlob } from "../../app/api.ts";
import { Icon } from "../../app/icons.tsx";
import type { TagCardProps } from "../../board/board.tsx";
import { CardHeader, type Download } from "../../board/card-header.tsx";
import { feedMessage, NothingYet } from "../../board/card-message.tsx";
import { useCard } from "../../board/card-scope.ts";
import { indexAt } from "../../board/moments.ts";
import { Paged } from "../../board/paged.tsx";
import { useRecords, useShownRecords } from "../../board/records.ts";
import { useRunsOf } from "../../board/runs-of.ts";
import { fileName, save } from "../../board/save.ts";
import { CardStepSlider } from "../../board/step-slider.tsx";
import { type CardStep, useCardStep } from "../../board/steps.ts";
import { Compare } from "./compare.tsx";
import { WHOLE } from "./pan-zoom.ts";
import { attachPanZoom, viewOf } from "./pan-zoom-gestures.ts";
import { actualSize, tileWidth } from "./settings.ts";
import { Tile } from "./tile.tsx";

/** An image that a card shows: which record of a run, and which image of the record. */
export interface Shown {
  readonly records: RunRecords;
  readonly at: number;
  readonly sample: number;
  readonly samples: number;
}

/** Images of a record that are shown; a batch may hold hundreds. */
const MOST_SAMPLES = 16;

export function ImageCard({ tag }: TagCardProps) {
  const { id } = useCard();
  const runs = useRunsOf(tag);
  const feed = useRecords(tag, runs);
  const series = useShownRecords(feed, runs);
  const step = useCardStep(series);
  const shown = useComputed(() => series.value.flatMap((records) => imagesAt(records, step)));
  const comparing = useSignal(false);
  const view = useMemo(() => viewOf(id), [id]);
  const message =
    feedMessage({
      error: feed.data.value.size === 0 ? feed.error.value : null,
      waiting: feed.waiting.value,
      runs: runs.value.length,
    }) ?? (shown.value.length > 0 ? null : <NothingYet what="image" />);
  return (
    <>
      <CardHeader
        tag={tag.value}
        downloads={downloadsOf(tag.value.tag, shown)}
        actions={
          <>
            {view.value.scale > 1 && (
              <button
                type="button"
                class="icon-button is-active"
                aria-label={`Reset zoom: ${tag.value.tag}`}
                title="Reset zoom (double-click)"
                onClick={() => (view.value = WHOLE)}
              >
                <Icon name="reset" />
              </button>
            )}
            <button
              type="button"
              class={`icon-button${comparing.value ? " is-active" : ""}`}
              aria-pressed={comparing.value}
              aria-label={`Compare two images: ${tag.value.tag}`}
              title="Compare two images"
              onClick={() => (comparing.value = !comparing.value)}
            >
              <Icon name="compare" />
            </button>
          </>
        }
      />
      {message ?? (
        <>
          {comparing.value ? <Compare series={series} step={step} view={view} /> : <Tiles shown={shown} />}
          <CardStepSlider step={step} />
        </>
      )}
    </>
  );
}

function imagesAt(records: RunRecords, step: CardStep): Shown[] {
  const at = indexAt(records, step.moment.value);
  const samples = records.blobs[at] ?? 0;
  return Array.from({ length: Math.min(samples, MOST_SAMPLES) }, (_, sample) => ({
    records,
    at,
    sample,
    samples,
  }));
}

function Tiles({ shown }: { shown: ReadonlySignal<readonly Shown[]> }) {
  const { id, label } = useCard();
  const root = useRef<HTMLDivElement>(null);
  const view = useMemo(() => viewOf(id), [id]);
  useEffect(() => (root.current ? attachPanZoom(root.current, view) : undefined), [view]);
  return (
    // biome-ignore lint/a11y/useSemanticElements: a fieldset is for fields
    <div
      ref={root}
      class={`image-tiles${actualSize.value ? " is-actual" : ""}${view.value.scale > 1 ? " is-zoomed" : ""}`}
      style={{ "--tile": `${tileWidth.value}px` }}
      role="group"
      aria-label={`Images of ${label}. Plus and minus zoom, arrow keys move, 0 shows all`}
      // biome-ignore lint/a11y/noNoninteractiveTabindex: keys zoom and move
      tabIndex={0}
    >
      <Paged
        items={shown.value}
        page={60}
        // The rest comes a frame later: meanwhile these are asked for.
        first={12}
        make={(image) => <Tile key={`${image.records.run}/${image.sample}`} {...image} view={view} />}
      />
    </div>
  );
}

const DOWNLOADED = 12;

/** The files as they were written, of the first images shown. */
function downloadsOf(tag: string, shown: ReadonlySignal<readonly Shown[]>): Download[] {
  return shown.value.slice(0, DOWNLOADED).map(({ records, at, sample, samples }) => ({
    label: samples > 1 ? `${records.run} (${sample + 1})` : records.run,
    hint: "as written",
    run: async () => {
      const blob = await fetchBlob(records.keys[at]!, sample);
      const ending = /^image\/([a-z]+)$/.exec(blob.type)?.[1] ?? "bin";
      save(blob, `${fileName(`${tag}_${records.run}_${records.step[at]}_${sample}`)}.${ending}`);
    },
  }));
}
