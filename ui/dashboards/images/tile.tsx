/** One image of a run at the step looked at. */
import type { ReadonlySignal } from "@preact/signals";
import { useEffect, useRef, useState } from "preact/hooks";
import type { RunRecords } from "../../../client/records-table.ts";
import { formatStep, formatWallTime } from "../../app/format.ts";
import { runColors } from "../../app/session.ts";
import { scheme } from "../../app/theme.ts";
import { watchVisible } from "../../board/in-view.ts";
import type { PanZoom } from "./pan-zoom.ts";
import { Picture } from "./picture.tsx";
import { useNeighbours, useSteadyImage } from "./use-image.ts";

export interface TileProps {
  readonly records: RunRecords;
  /** Which record. */
  readonly at: number;
  /** Which of its images, and of how many. */
  readonly sample: number;
  readonly samples: number;
  readonly view: ReadonlySignal<PanZoom>;
}

export function Tile({ records, at, sample, samples, view }: TileProps) {
  const key = records.keys[at]!;
  const root = useRef<HTMLElement>(null);
  const [inSight, setInSight] = useState(true);
  useEffect(() => (root.current ? watchVisible(root.current, setInSight) : undefined), []);
  const { state, isBefore } = useSteadyImage(key, sample, inSight);
  useNeighbours(records, at, sample, inSight);
  const step = records.exactStep?.[at] ?? records.step[at]!;
  const which = samples > 1 ? `, image ${sample + 1} of ${samples}` : "";
  return (
    <figure
      ref={root}
      class="image-tile"
      data-run={records.run}
      data-step={String(step)}
      aria-busy={isBefore}
    >
      <Picture state={state} alt={`${records.run}, step ${formatStep(step)}${which}`} view={view} />
      <figcaption
        title={`${records.run}${which}\nstep ${formatStep(step)}\n${formatWallTime(records.wallTime[at]!)}`}
      >
        <span class="swatch" style={{ background: runColors.color(records.run, scheme.value) }} />
        <span class="tile-run">
          <bdi>{records.run}</bdi>
        </span>
        <span class="muted">
          {samples > 1 && `${sample + 1}/${samples} · `}
          {formatStep(step)}
        </span>
      </figcaption>
    </figure>
  );
}
