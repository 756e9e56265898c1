/** One tag: a title, what can be done with it, and its chart while it is in view. */
import { type ReadonlySignal, useSignal } from "@preact/signals";
import { useEffect, useMemo, useRef, useState } from "preact/hooks";
import type { TagInfo } from "../../../server/api/types.ts";
import { describeError } from "../../app/api.ts";
import { Icon } from "../../app/icons.tsx";
import { Menu } from "../../app/menu.tsx";
import { Popover } from "../../app/popover.tsx";
import { useInView } from "../../app/use-in-view.ts";
import { CardController } from "./card-controller.ts";
import { type DownloadForm, downloadCard } from "./downloads.ts";
import { tagTitle } from "./groups.ts";
import { HoverTable } from "./hover-table.tsx";
import { setZoom, toggleWide, wideTags, zooms } from "./settings.ts";

export function ScalarCard({ tag, group }: { tag: TagInfo; group: string }) {
  const [root, inView] = useInView<HTMLElement>();
  const [controller, setController] = useState<CardController | null>(null);
  const wide = wideTags.value.includes(tag.tag);
  const title = tagTitle(tag.tag, group);
  // The controller outlives changes of the catalog; it sees them through this signal.
  const tagSignal = useSignal(tag);
  tagSignal.value = tag;
  return (
    <article ref={root} class={`card${wide ? " is-wide" : ""}`} data-tag={tag.tag} aria-label={tag.tag}>
      <header>
        <h3 title={tag.tag}>{title}</h3>
        {inView && <CardActions tag={tag} controller={controller} wide={wide} />}
      </header>
      {inView ? <CardPlot tag={tagSignal} onController={setController} /> : <div class="plot" />}
    </article>
  );
}

function CardActions(props: { tag: TagInfo; controller: CardController | null; wide: boolean }) {
  const { tag, controller, wide } = props;
  const error = useSignal<string | null>(null);
  const download = (form: DownloadForm) => () => {
    if (!controller) return;
    error.value = null;
    downloadCard(form, tag.tag, controller.runs.value, controller.chart).catch((reason: unknown) => {
      error.value = `Download failed: ${describeError(reason)}`;
    });
  };
  return (
    <div class="card-actions">
      {error.value && (
        <span class="card-error" role="alert">
          {error.value}
        </span>
      )}
      {zooms.value.has(tag.tag) && (
        <button
          type="button"
          class="icon-button is-active"
          aria-label="Reset zoom"
          title="Reset zoom (double-click)"
          onClick={() => setZoom(tag.tag, null)}
        >
          <Icon name="reset" />
        </button>
      )}
      <Popover label={`About ${tag.tag}`} button={<Icon name="info" />}>
        <TagDescription tag={tag} />
      </Popover>
      <Menu
        label="Download"
        icon="download"
        items={[
          { label: "PNG", hint: "picture", run: download("png") },
          { label: "SVG", hint: "picture", run: download("svg") },
          { label: "CSV", hint: "all points", run: download("csv") },
          { label: "JSON", hint: "all points", run: download("json") },
        ]}
      />
      <button
        type="button"
        class="icon-button"
        aria-pressed={wide}
        aria-label="Full width"
        title={wide ? "Back to the grid" : "Full width"}
        onClick={() => toggleWide(tag.tag)}
      >
        <Icon name={wide ? "shrink" : "expand"} />
      </button>
    </div>
  );
}

function TagDescription({ tag }: { tag: TagInfo }) {
  return (
    <>
      <p class="tag-name">{tag.tag}</p>
      {tag.display_name !== "" && tag.display_name !== tag.tag && <p>{tag.display_name}</p>}
      {tag.description === "" ? (
        <p class="muted">No description was written with this tag.</p>
      ) : (
        // Sanitised by the server, as the API promises.
        <div class="prose" dangerouslySetInnerHTML={{ __html: tag.description }} />
      )}
    </>
  );
}

interface PlotProps {
  readonly tag: ReadonlySignal<TagInfo>;
  onController(controller: CardController | null): void;
}

function CardPlot({ tag, onController }: PlotProps) {
  const host = useRef<HTMLDivElement>(null);
  const plot = useRef<HTMLDivElement>(null);
  const [controller, setController] = useState<CardController | null>(null);
  useEffect(() => {
    if (!host.current) return;
    const created = new CardController(host.current, tag);
    created.chart.surface.tabIndex = 0;
    created.chart.surface.setAttribute("role", "img");
    setController(created);
    onController(created);
    return () => {
      onController(null);
      created.dispose();
    };
  }, []);
  return (
    <div class="plot" ref={plot}>
      <div class="chart" ref={host} />
      {controller && (
        <>
          <PlotMessage controller={controller} tag={tag} />
          <HoverTable
            hover={controller.crosshair.hover}
            anchor={plot}
            onClose={() => closeHover(controller)}
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
  controller.crosshair.release();
  controller.chart.surface.focus();
}

/** What stands in for lines, or explains them, in words. */
function PlotMessage({ controller, tag }: { controller: CardController; tag: ReadonlySignal<TagInfo> }) {
  const offAll = useMemo(() => () => controller.runs.value.length === 0, [controller]);
  if (offAll())
    return (
      <p class="plot-message">
        {tag.value.runs.length === 0 ? "No run has this tag" : "No run that is on has this tag"}
      </p>
    );
  if (controller.error.value)
    return (
      <p class="plot-message is-error" role="status">
        {controller.error.value}; trying again
      </p>
    );
  if (controller.waiting.value) return <p class="plot-message is-waiting">Loading…</p>;
  return controller.note.value === "" ? null : <p class="plot-note">{controller.note.value}</p>;
}
