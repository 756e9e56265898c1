/** The picture on the page: the canvas, its tools, and what is said where it cannot be drawn. */
import { effect, useSignal } from "@preact/signals";
import { useEffect, useRef } from "preact/hooks";
import { Icon, type IconName } from "../../app/icons.tsx";
import { chartTheme } from "../../app/theme.ts";
import { Segmented, Toggle } from "../../board/controls.tsx";
import { STAGE_KEYS, turnByKey } from "../../scene/keys.ts";
import { hasWebGl2 } from "../../scene/stage.ts";
import { textAt } from "./data/columns.ts";
import { sequencesIn } from "./data/sequences.ts";
import { PointTable } from "./panels/point-table.tsx";
import { overlaid } from "./state/inspecting.ts";
import { clusters, isShown, labelling, looks } from "./state/looks.ts";
import { main } from "./state/pane.ts";
import { otherShown } from "./state/project.ts";
import { type Combine, clearSelection, focusRow, hoverRow, select, selection } from "./state/selection.ts";
import {
  camera,
  colorBy,
  dimensions,
  KIND_TITLES,
  kind,
  OURS,
  pointSize,
  showImages,
  showLabels,
} from "./state/settings.ts";
import { combine, scatterOf, tool } from "./state/tools.ts";
import { Scatter, type Tool } from "./view/scatter.ts";

const TOOLS: readonly { readonly value: Tool; readonly title: string }[] = [
  { value: "move", title: "Move" },
  { value: "box", title: "Box" },
  { value: "lasso", title: "Lasso" },
];

const COMBINES: readonly { readonly value: Combine; readonly title: string }[] = [
  { value: "replace", title: "New" },
  { value: "add", title: "Add" },
  { value: "subtract", title: "Subtract" },
];

/** Labels that are tried where nothing is selected. */
const OTHER_LABELS = 600;

export function ScatterView() {
  if (!hasWebGl2())
    return (
      <div class="pj-no-picture">
        <p role="status">
          This browser draws no WebGL2, so there is no picture. Search, neighbours, statistics and export work
          from the tables.
        </p>
        <PointTable />
      </div>
    );
  return <Picture />;
}

function Picture() {
  const canvas = useRef<HTMLCanvasElement>(null);
  const overlay = useRef<HTMLCanvasElement>(null);
  const lost = useSignal(false);
  const spriteProblem = useSignal<string | null>(null);

  useEffect(() => {
    if (!canvas.current || !overlay.current) return;
    const scatter = new Scatter({
      canvas: canvas.current,
      overlay: overlay.current,
      onLost: (gone) => (lost.value = gone),
      onHover: (row) => (hoverRow.value = row < 0 ? null : row),
      onClick: (row, event) => {
        if (row < 0) {
          if (!event.shiftKey && combine.peek() === "replace") clearSelection();
        } else select([row], main.rows.peek(), combining(event, selection.peek().has(row)));
      },
      onOutline: (rows, event) => select(rows, main.rows.peek(), combining(event, false)),
      onCamera: ({ position, target, zoom }) => {
        camera.value = [...position, ...target, zoom].map((n) => n.toFixed(4)).join(",");
      },
    });
    scatterOf.value = scatter;
    const place = camera.peek().split(",").map(Number);
    const stops = bind(scatter, canvas.current, spriteProblem);
    if (place.length === 7 && place.every(Number.isFinite))
      scatter.stage.place = {
        position: [place[0]!, place[1]!, place[2]!],
        target: [place[3]!, place[4]!, place[5]!],
        zoom: place[6]!,
      };
    return () => {
      for (const stop of stops) stop();
      scatterOf.value = null;
      scatter.dispose();
    };
  }, []);

  return (
    <div class="pj-picture">
      <canvas
        ref={canvas}
        class="pj-points"
        tabIndex={0}
        role="img"
        aria-label={`Points. ${STAGE_KEYS}, Escape clears the selection`}
        onKeyDown={onKey}
      />
      <canvas ref={overlay} class="pj-overlay" />
      <Tools />
      <HoverCard />
      <AxisNames />
      {lost.value && (
        <p class="pj-notice" role="alert">
          The graphics card was taken away. The picture comes back with it.
        </p>
      )}
      {spriteProblem.value && (
        <p class="pj-notice" role="status">
          {spriteProblem.value}
        </p>
      )}
    </div>
  );
}

/** How a click or an outline changes the selection. */
function combining(event: PointerEvent, isSelected: boolean): Combine {
  if (event.altKey) return "subtract";
  if (event.shiftKey || event.ctrlKey || event.metaKey) return isSelected ? "subtract" : "add";
  return combine.peek();
}

/** Keeps the picture in step with the signals. Returns the ways to stop. */
function bind(
  scatter: Scatter,
  canvas: HTMLCanvasElement,
  spriteProblem: { value: string | null },
): (() => void)[] {
  const still = window.matchMedia("(prefers-reduced-motion: reduce)").matches;
  return [
    effect(() => {
      scatter.setTheme(chartTheme.value.background, chartTheme.value.accent, still);
    }),
    effect(() => scatter.setRows(main.rows.value)),
    effect(() => scatter.setFlat(dimensions.value === "2")),
    effect(() => scatter.setLinks(sequencesIn(main.data.value?.columns ?? [], main.rows.value))),
    effect(() => {
      const picture = main.picture.value;
      // Looks first: a point that is hidden must not flash.
      if (main.rows.value > 0) scatter.setLooks(looks.value);
      canvas.dataset.points = String(picture ? picture.places.length / 3 : 0);
    }),
    effect(() => {
      const picture = main.picture.value;
      if (picture) scatter.setPlaces(picture.places, picture.glide);
      canvas.dataset.view = picture?.kind ?? "";
    }),
    effect(() => {
      scatter.sizeFactor = pointSize.value;
      scatter.stage.draw();
    }),
    effect(() => {
      scatter.tool = tool.value;
      scatter.stage.steered = tool.value === "move";
    }),
    effect(() => {
      const sprite = showImages.value ? (main.data.value?.sprite ?? null) : null;
      scatter.setSprite(sprite).then(
        (problem) => (spriteProblem.value = problem),
        () => (spriteProblem.value = "The sprite cannot be read as an image: points are dots"),
      );
    }),
    effect(() => {
      const column = labelling.value;
      const { text, label: muted, background: ground, font } = chartTheme.value;
      const strong = [
        hoverRow.value,
        focusRow.value,
        ...overlaid.value,
        ...selection.value.rows.slice(0, 200),
      ];
      const shown = isShown.value;
      const found = colorBy.value === OURS.clusters ? clusters.value : null;
      const rows = strong.filter((row) => row !== null);
      scatter.setLabels(
        {
          textOf: (row) => (column ? textAt(column, row) : `#${row}`),
          strong: rows,
          others: othersWanted(column !== null) ? OTHER_LABELS : 0,
          clusters: found
            ? found.names
                .map(({ name }, i) => ({ text: name, row: found.medoids[i] ?? 0 }))
                .filter((c) => shown(c.row))
            : [],
          look: { font, text, muted, ground },
        },
        [focusRow.value, hoverRow.value, ...overlaid.value].filter((row) => row !== null),
      );
    }),
  ];
}

/** Images say what points are; names between them would hide them. */
function othersWanted(hasNames: boolean): boolean {
  const images = showImages.value && main.data.value?.sprite;
  return hasNames && showLabels.value && !images && selection.value.rows.length === 0;
}

function onKey(event: KeyboardEvent): void {
  const stage = scatterOf.peek()?.stage;
  if (!stage) return;
  if (event.key === "Escape") clearSelection();
  else if (!turnByKey(stage, event)) return;
  event.preventDefault();
}

function Tools() {
  return (
    <div class="pj-tools" role="toolbar" aria-label="Picture">
      <Segmented
        label="What dragging does"
        choices={TOOLS}
        value={tool.value}
        onChange={(value) => (tool.value = value)}
      />
      {tool.value !== "move" && (
        <Segmented
          label="Selection"
          choices={COMBINES}
          value={combine.value}
          onChange={(value) => (combine.value = value)}
        />
      )}
      <Segmented
        label="Dimensions"
        choices={[
          { value: "2", title: "2D" },
          { value: "3", title: "3D" },
        ]}
        value={dimensions.value}
        onChange={(value) => (dimensions.value = value)}
      />
      <div class="toggles">
        <Toggle label="Labels" on={showLabels.value} onChange={(on) => (showLabels.value = on)} />
        {main.data.value?.sprite && (
          <Toggle label="Images" on={showImages.value} onChange={(on) => (showImages.value = on)} />
        )}
      </div>
      <ToolButton icon="reset" label="Show all points" act={() => scatterOf.peek()?.stage.resetCamera()} />
      <ShownStill />
    </div>
  );
}

/** What the picture is of, where that is not what is chosen. */
function ShownStill() {
  const shown = otherShown(main);
  if (shown === null) return null;
  return (
    <p class="pj-shown" role="status">
      Still {KIND_TITLES[shown]}: {KIND_TITLES[kind.value]} has not run
    </p>
  );
}

function ToolButton({ icon, label, act }: { icon: IconName; label: string; act: () => void }) {
  return (
    <button type="button" class="icon-button" aria-label={label} title={label} onClick={act}>
      <Icon name={icon} />
    </button>
  );
}

/** What the axes are, where they are something. */
function AxisNames() {
  const axes = main.picture.value?.axes ?? [];
  if (axes.length === 0) return null;
  return (
    <dl class="pj-axis-names" aria-label="Axes">
      {axes.map(
        (name, axis) =>
          name !== "" && (
            <div key={axis}>
              <dt>{["X", "Y", "Z"][axis]}</dt>
              <dd>{name}</dd>
            </div>
          ),
      )}
    </dl>
  );
}

/** What is known of the point under the pointer. */
function HoverCard() {
  const row = hoverRow.value;
  const data = main.data.value;
  if (row === null || !data) return null;
  const facts = data.columns.slice(0, 8);
  return (
    <div class="pj-hover" aria-hidden="true">
      {facts.length === 0 ? (
        <b>Point {row}</b>
      ) : (
        facts.map((column) => (
          <div key={column.name}>
            <span class="muted">{column.name}</span> {textAt(column, row)}
          </div>
        ))
      )}
    </div>
  );
}
