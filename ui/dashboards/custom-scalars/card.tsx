/** A chart of a layout: its lines, which tags they are of, and what is wrong with it. */
import { useMemo, useState } from "preact/hooks";
import type { LayoutChart } from "../../../server/api/types.ts";
import { count } from "../../app/format.ts";
import { Icon } from "../../app/icons.tsx";
import { colorAt } from "../../app/run-colors.ts";
import { enabledRuns } from "../../app/runs.ts";
import { scheme } from "../../app/theme.ts";
import { CardHeader, type Download } from "../../board/card-header.tsx";
import { CardMessage } from "../../board/card-message.tsx";
import { useCard } from "../../board/card-scope.ts";
import { CardPlot, LeftOut, Values, ZoomReset } from "../scalars/card.tsx";
import type { CardController } from "../scalars/card-controller.ts";
import { downloadChart } from "./downloads.ts";
import { dashOf, LayoutSource } from "./layout-source.ts";
import { colourBy } from "./settings.ts";

interface Props {
  readonly id: string;
  readonly chart: LayoutChart;
  /** Opens what changes it, where it was made in this page. */
  onEdit?(): void;
}

const FORMS = [
  { form: "png", label: "PNG", hint: "picture" },
  { form: "svg", label: "SVG", hint: "picture" },
  { form: "csv", label: "CSV", hint: "all points" },
  { form: "json", label: "JSON", hint: "all points" },
] as const;

export function LayoutCard({ id, chart, onEdit }: Props) {
  const { label } = useCard();
  const text = JSON.stringify(chart);
  const source = useMemo(() => new LayoutSource(id, chart), [id, text]);
  const [controller, setController] = useState<CardController | null>(null);
  const { tags, problems } = source.found.value;
  const downloads: Download[] = FORMS.map(({ form, label: name, hint }) => ({
    label: name,
    hint,
    run: async () => {
      if (controller) await downloadChart(form, source.name.peek(), tags, enabledRuns.peek(), controller);
    },
  }));
  return (
    <>
      <CardHeader
        downloads={tags.length > 0 ? downloads : []}
        actions={
          <>
            <ZoomReset id={source.id} />
            {controller && <LeftOut note={controller.note.value} />}
            {onEdit && (
              <button
                type="button"
                class="icon-button"
                aria-label={`Change ${label}`}
                title="Change this chart"
                onClick={onEdit}
              >
                <Icon name="levels" />
              </button>
            )}
          </>
        }
      />
      {tags.length === 0 ? (
        <CardMessage kind="empty">
          {problems.map((problem) => (
            <span key={problem}>{problem}</span>
          ))}
        </CardMessage>
      ) : (
        <>
          <CardPlot source={source} controller={controller} onController={setController} />
          {problems.map((problem) => (
            <p key={problem} class="plot-note" role="status">
              {problem}
            </p>
          ))}
          {controller && <Values values={controller.values} />}
          <TagKey tags={source.shownTags} />
        </>
      )}
    </>
  );
}

/** Which tag has which dashes, or which colour. */
function TagKey({ tags }: { tags: readonly string[] }) {
  const { label } = useCard();
  const byTag = colourBy.value === "tag";
  return (
    <details class="chart-tags">
      <summary>{count(tags.length, "tag")}</summary>
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: a list that scrolls must be reachable by keyboard */}
      <ul aria-label={`Tags of ${label}`} tabIndex={0}>
        {tags.map((tag, i) => (
          <li key={tag}>
            <svg width="28" height="8" aria-hidden="true">
              <line
                x1="0"
                y1="4"
                x2="28"
                y2="4"
                stroke={byTag ? colorAt(i, scheme.value) : "currentColor"}
                stroke-width="2"
                stroke-dasharray={byTag ? undefined : dashOf(i).join(" ")}
              />
            </svg>
            {tag}
          </li>
        ))}
      </ul>
    </details>
  );
}
