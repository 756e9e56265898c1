/** One tag as a line chart: what can be done with it, and its chart while it is in view. */
import { useEffect, useMemo, useRef, useState } from "preact/hooks";
import { Icon } from "../../app/icons.tsx";
import { Popover } from "../../app/popover.tsx";
import type { TagCardProps } from "../../board/board.tsx";
import { CardHeader, type Download } from "../../board/card-header.tsx";
import { CardMessage, feedMessage } from "../../board/card-message.tsx";
import { useCard } from "../../board/card-scope.ts";
import { momentText } from "../../board/moments.ts";
import { heldRange, rangeText } from "../../board/range.ts";
import { heldStep } from "../../board/steps.ts";
import { ValuesTable } from "../../board/values-table.tsx";
import { CardController } from "./card-controller.ts";
import { type ChartSource, type ChartValues, TagSource } from "./chart-source.ts";
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
  const source = useMemo(() => new TagSource(tag), [tag]);
  const [controller, setController] = useState<CardController | null>(null);
  const downloads: Download[] = FORMS.map(({ form, label, hint }) => ({
    label,
    hint,
    run: async () => {
      if (controller) await downloadCard(form, tag.peek().tag, source.runs.value, controller.chart);
    },
  }));
  return (
    <>
      <CardHeader
        tag={tag.value}
        downloads={downloads}
        actions={
          <>
            <ZoomReset id={source.id} />
            {controller && <LeftOut note={controller.note.value} />}
          </>
        }
      />
      <CardPlot source={source} controller={controller} onController={setController} />
      {controller && <Values values={controller.values} />}
    </>
  );
}

/** Back to all of it, where a card is zoomed. */
export function ZoomReset({ id }: { id: string }) {
  const { label } = useCard();
  if (!zooms.value.has(id)) return null;
  return (
    <button
      type="button"
      class="icon-button is-active"
      aria-label={`Reset zoom: ${label}`}
      title="Reset zoom (double-click)"
      onClick={() => setZoom(id, null)}
    >
      <Icon name="reset" />
    </button>
  );
}

/** What the chart does not show, beside the title: over the curves it would hide them. */
export function LeftOut({ note }: { note: string }) {
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

/** Below the chart: what every line did over the stretch that is looked at, or has at the step that is held. */
export function Values({ values }: { values: ChartValues }) {
  const { label } = useCard();
  if (heldRange.value !== null)
    return (
      <ValuesTable
        key="range"
        label={`${label}, ${rangeText.value}`}
        rows={values.range.rows}
        columns={RANGE_COLUMNS}
      />
    );
  if (!showValues.value) return null;
  const at = heldStep.value === null ? "newest" : momentText(heldStep.value);
  // Keys of their own: rows of one table make no sense to the columns of the other.
  return <ValuesTable key="step" label={`${label}, ${at}`} rows={values.stepRows} columns={STEP_COLUMNS} />;
}

interface PlotProps {
  readonly source: ChartSource;
  readonly controller: CardController | null;
  onController(controller: CardController | null): void;
}

/** The chart with its crosshair, for as long as the card is near the screen. */
export function CardPlot({ source, controller, onController }: PlotProps) {
  const { visible } = useCard();
  const host = useRef<HTMLDivElement>(null);
  const plot = useRef<HTMLDivElement>(null);
  useEffect(() => {
    if (!host.current) return;
    const created = new CardController(host.current, source, visible);
    created.chart.surface.tabIndex = 0;
    created.chart.surface.setAttribute("role", "application");
    created.chart.surface.setAttribute("aria-roledescription", "line chart");
    onController(created);
    return () => {
      onController(null);
      created.dispose();
    };
  }, [source, visible]);
  return (
    <div class="plot" ref={plot}>
      <div class="chart" ref={host} />
      {controller && (
        <>
          <RangeHandles frame={controller.frame} stops={controller.stops} />
          <PlotMessage controller={controller} runs={source.count.value} />
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
function PlotMessage({ controller, runs }: { controller: CardController; runs: number }) {
  const message = feedMessage({
    error: controller.feed.error.value,
    waiting: controller.feed.waiting.value,
    runs,
  });
  if (message !== null) return <>{message}</>;
  for (const { total } of controller.feed.data.value.values()) if (total > 0) return null;
  return (
    <CardMessage kind="empty">
      No points: a scalar is one 32- or 64-bit float, and the values of this tag are not
    </CardMessage>
  );
}
