/** A tag's clips: every run's at the step that the page looks at. */
import { useComputed, useSignal } from "@preact/signals";
import { useRef } from "preact/hooks";
import type { RunRecords } from "../../../client/records-table.ts";
import { formatStep } from "../../app/format.ts";
import { type BlobFile, blobDownloads } from "../../board/blob-downloads.ts";
import type { TagCardProps } from "../../board/board.tsx";
import { CardHeader } from "../../board/card-header.tsx";
import { feedMessage, NothingYet } from "../../board/card-message.tsx";
import { indexAt } from "../../board/moments.ts";
import { Paged } from "../../board/paged.tsx";
import { useRecords, useShownRecords } from "../../board/records.ts";
import { RunLabel } from "../../board/run-label.tsx";
import { useRunsOf } from "../../board/runs-of.ts";
import { CardStepSlider } from "../../board/step-slider.tsx";
import { useCardStep } from "../../board/steps.ts";
import { Clip } from "./clip.tsx";
import "./audio.css";

interface Shown {
  readonly records: RunRecords;
  readonly at: number;
}

const PAGE = 6;

export function AudioCard({ tag }: TagCardProps) {
  const runs = useRunsOf(tag);
  const feed = useRecords(tag, runs);
  const series = useShownRecords(feed, runs);
  const step = useCardStep(series);
  const shown = useComputed(() =>
    series.value.flatMap((records): Shown[] => {
      const at = indexAt(records, step.moment.value);
      return at < 0 ? [] : [{ records, at }];
    }),
  );
  const message =
    feedMessage({
      error: feed.data.value.size === 0 ? feed.error.value : null,
      waiting: feed.waiting.value,
      runs: runs.value.length,
    }) ?? (shown.value.length > 0 ? null : <NothingYet what="clip" />);
  return (
    <>
      <CardHeader
        tag={tag.value}
        downloads={blobDownloads(
          shown.value.flatMap((one) => filesOf(tag.value.tag, one)),
          tag.value.tag,
          "clips",
        )}
      />
      {message ?? (
        <>
          <div class="clips">
            <Paged
              items={shown.value}
              page={PAGE}
              make={(one) => <RunClips key={one.records.run} {...one} follows={step.moment.value === null} />}
            />
          </div>
          <CardStepSlider step={step} />
        </>
      )}
    </>
  );
}

/** @param props.follows the newest is shown: what is being heard is not taken away by what comes meanwhile */
function RunClips({ follows, ...newest }: Shown & { follows: boolean }) {
  const playing = useSignal<ReadonlySet<number>>(new Set());
  const heard = useRef(newest);
  if (!follows || playing.value.size === 0) heard.current = newest;
  const { records, at } = heard.current;
  const { run } = records;
  const step = formatStep(records.step[at]!);
  const clips = records.blobs[at] ?? 0;
  return (
    <section class="run-clips" aria-label={run}>
      <p>
        <RunLabel run={run} /> <span class="clip-step">step {step}</span>
      </p>
      {clips === 0 && <p class="clip-problem">No clip was written at this step.</p>}
      {Array.from({ length: clips }, (_, index) => (
        <Clip
          key={index}
          run={run}
          id={records.keys[at]!}
          onPlaying={(which, on) => {
            const others = [...playing.peek()].filter((other) => other !== which);
            playing.value = new Set(on ? [...others, which] : others);
          }}
          index={index}
          label={clips === 1 ? `${run}, step ${step}` : `${run}, step ${step}, clip ${index + 1} of ${clips}`}
        />
      ))}
    </section>
  );
}

/** A record's clips as files. */
function filesOf(tag: string, { records, at }: Shown): BlobFile[] {
  const clips = records.blobs[at] ?? 0;
  const step = records.step[at]!;
  return Array.from({ length: clips }, (_, index) => ({
    key: records.keys[at]!,
    index,
    label: clips === 1 ? records.run : `${records.run} (${index + 1})`,
    hint: `step ${formatStep(step)}`,
    name: `${records.run} ${tag} ${step}${clips === 1 ? "" : ` ${index + 1}`}`,
  }));
}
