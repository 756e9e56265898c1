/** A tag's images: every run's at the step that the page looks at, or two of them compared. */
import { type ReadonlySignal, useComputed, useSignal } from "@preact/signals";
import { useEffect, useMemo, useRef } from "preact/hooks";
import type { RunRecords } from "../../../client/records-table.ts";
import { Icon } from "../../app/icons.tsx";
import { type BlobFile, blobDownloads } from "../../board/blob-downloads.ts";
import type { TagCardProps } from "../../board/board.tsx";
import { CardHeader } from "../../board/card-header.tsx";
import { feedMessage, NothingYet } from "../../board/card-message.tsx";
import { useCard } from "../../board/card-scope.ts";
import { indexAt } from "../../board/moments.ts";
import { MoreSamples } from "../../board/more-samples.tsx";
import { Paged } from "../../board/paged.tsx";
import { useRecords, useShownRecords } from "../../board/records.ts";
import { useRunsOf } from "../../board/runs-of.ts";
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

/** Images of a record that are shown unless all are asked for; a batch may hold hundreds. */
const MOST_SAMPLES = 16;

export function ImageCard({ tag }: TagCardProps) {
  const { id } = useCard();
  const runs = useRunsOf(tag);
  const feed = useRecords(tag, runs);
  const series = useShownRecords(feed, runs);
  const step = useCardStep(series);
  const all = useSignal(false);
  const shown = useComputed(() => series.value.flatMap((records) => imagesAt(records, step, all.value)));
  const samples = useComputed(() => Math.max(0, ...shown.value.map((image) => image.samples)));
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
        downloads={blobDownloads(
          shown.value.map((image) => fileOf(tag.value.tag, image)),
          tag.value.tag,
          "images",
        )}
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
          {comparing.value ? (
            <Compare series={series} step={step} view={view} />
          ) : (
            <>
              <Tiles shown={shown} />
              <MoreSamples most={MOST_SAMPLES} samples={samples.value} all={all} what="images" />
            </>
          )}
          <CardStepSlider step={step} />
        </>
      )}
    </>
  );
}

function imagesAt(records: RunRecords, step: CardStep, all: boolean): Shown[] {
  const at = indexAt(records, step.moment.value);
  const samples = records.blobs[at] ?? 0;
  return Array.from({ length: all ? samples : Math.min(samples, MOST_SAMPLES) }, (_, sample) => ({
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

/** The file as it was written. */
function fileOf(tag: string, { records, at, sample, samples }: Shown): BlobFile {
  return {
    key: records.keys[at]!,
    index: sample,
    label: samples > 1 ? `${records.run} (${sample + 1})` : records.run,
    hint: "as written",
    name: `${tag}_${records.run}_${records.step[at]}_${sample}`,
  };
}
