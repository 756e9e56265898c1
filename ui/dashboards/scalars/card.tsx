/** One tag as a line chart: what can be done with it, and its chart while it is in view. */
import type { ReadonlySignal } from "@preact/signals";
import { useEffect, useRef, useState } from "preact/hooks";
import type { TagInfo } from "../../../server/api/types.ts";
import { Icon } from "../../app/icons.tsx";
import { Popover } from "../../app/popover.tsx";
import type { TagCardProps } from "../../board/board.tsx";
import { CardHeader, type Download } from "../../board/card-header.tsx";
import { feedMessage } from "../../board/card-message.tsx";
import { useCard } from "../../board/card-scope.ts";
import { momentText } from "../../board/moments.ts";
import { heldRange, rangeText } from "../../board/range.ts";
import { heldStep } from "../../board/steps.ts";
import { ValuesTable } from "../../board/values-table.tsx";
import { CardController } from "./card-controller.ts";
import { type DownloadForm, downloadCard } from "./downloads.ts";
import { HoverTable } from "./hover-table.tsx";
import { RangeHandles } from "./range-handles.tsx";
import { RANGE_COLUMNS } from "./range-values.ts";
import { setZoom, showValues, zooms } from "./settings.ts";
import { STEP_COLUMNS } from "./step-values.ts";
import "../../charts/chart.css";

const FORMS: readonly { form: DownloadForm; label: string; hint: string }[] = [
  { form: "png", label: "PNG", hint: "picture" },
  { form: "svg", label: "SVG", hint: "picture" },
  { form: "csv", label: "CSV", hint: "all points" },
  { form: "json", label: "JSON", hint: "all points" },
];

export function ScalarCard({ tag }: TagCardProps) {
  const [controller, setController] = useState<CardController | null>(null);
  const downloads: Download[] = FORMS.map(({ form, label, hint }) => ({
    label,
    hint,
    run: async () => {
      if (controller) await downloadCard(form, tag.peek().tag, controller.runs.value, controller.chart);
    },
  }));
  return (
    <>
      <CardHeader
        tag={tag.value}
        downloads={downloads}
        actions={
          <>
            <ZoomReset tag={tag.value.tag} />
            {controller && <LeftOut controller={controller} />}
          </>
        }
      />
      <CardPlot tag={tag} controller={controller} onController={setController} />
      {controller && <Values controller={controller} />}
    </>
  );
}

function ZoomReset({ tag }: { tag: string }) {
  if (!zooms.value.has(tag)) return null;
  return (
    <button
      type="button"
      class="icon-button is-active"
      aria-label={`Reset zoom: ${tag}`}
      title="Reset zoom (double-click)"
      onClick={() => setZoom(tag, null)}
    >
      <Icon name="reset" />
    </button>
  );
}

/** What the chart does not show, beside the title: over the curves it would hide them. */
function LeftOut({ controller }: { controller: CardController }) {
  const note = controller.note.value;
  const { label } = useCard();
  if (note === "") return null;
  return (
    <Popover
      label={`Not shown in ${label}`}
      buttonClass="icon-button is-active"
      button={<Icon name="warning" />}
    >
      <p>Not shown: {note}.</p>
    </Popover>
  );
}

/** Below the chart: what every run did over the stretch that is looked at, or has at the step that is held. */
function Values({ controller }: { controller: CardController }) {
  const { label } = useCard();
  if (heldRange.value !== null)
    return (
      <ValuesTable
        label={`${label}, ${rangeText.value}`}
        rows={controller.range.rows}
        columns={RANGE_COLUMNS}
      />
    );
  if (!showValues.value) return null;
  const at = heldStep.value === null ? "newest" : momentText(heldStep.value);
  return <ValuesTable label={`${label}, ${at}`} rows={controller.stepRows} columns={STEP_COLUMNS} />;
}

interface PlotProps {
  readonly tag: ReadonlySignal<TagInfo>;
  readonly controller: CardController | null;
  onController(controller: CardController | null): void;
}

function CardPlot({ tag, controller, onController }: PlotProps) {
  const { visible } = useCard();
  const host = useRef<HTMLDivElement>(null);
  const plot = useRef<HTMLDivElement>(null);
  useEffect(() => {
    if (!host.current) return;
    const created = new CardController(host.current, tag, visible);
    created.chart.surface.tabIndex = 0;
    created.chart.surface.setAttribute("role", "application");
    created.chart.surface.setAttribute("aria-roledescription", "line chart");
    onController(created);
    return () => {
      onController(null);
      created.dispose();
    };
  }, [tag, visible]);
  return (
    <div class="plot" ref={plot}>
      <div class="chart" ref={host} />
      {controller && (
        <>
          <RangeHandles frame={controller.frame} stops={controller.stops} />
          <PlotMessage controller={controller} />
          <HoverTable
            hover={controller.crosshair.hover}
            anchor={plot}
            onClose={() => closeHover(controller)}
            onLeave={() => controller.crosshair.closeTable()}
          />
          <p class="visually-hidden" aria-live="polite">
            {controller.crosshair.spoken}
          </p>
        </>
      )}
    </div>
  );
}

function closeHover(controller: CardController): void {
  controller.crosshair.closeTable();
  controller.chart.surface.focus();
}

/** What stands in for lines, or explains them, in words. */
function PlotMessage({ controller }: { controller: CardController }) {
  const message = feedMessage({
    error: controller.feed.error.value,
    waiting: controller.feed.waiting.value,
    runs: controller.runs.value.length,
  });
  return <>{message}</>;
}
