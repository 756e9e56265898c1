/** Another embedding, or another step of the same, beside the first: selected and pointed at together. */
import { effect } from "@preact/signals";
import { useEffect, useRef } from "preact/hooks";
import { formatStep } from "../../../app/format.ts";
import { chartTheme, scheme } from "../../../app/theme.ts";
import { hasWebGl2 } from "../../../scene/stage.ts";
import { textAt } from "../data/columns.ts";
import { GREY } from "../data/palettes.ts";
import {
  candidates,
  closeBeside,
  loadBeside,
  matching,
  matchingBack,
  measureOverlap,
  openBeside,
  rowBeside,
} from "../state/beside.ts";
import { coloring, isShown, labelling, overlap } from "../state/looks.ts";
import { beside, main } from "../state/pane.ts";
import { focusRow, hoverRow, select, selection } from "../state/selection.ts";
import { besideName, besideRun, dimensions } from "../state/settings.ts";
import { combine, tool } from "../state/tools.ts";
import { Scatter } from "../view/scatter.ts";
import { USUAL, weightOf } from "../view/sizes.ts";
import { Button, Part, Select } from "./field.tsx";

/** What stands beside is chosen here. */
export function ComparePanel() {
  const own = main.data.value?.origin;
  const others = candidates.value.filter(
    ({ run, embedding }) => own?.kind !== "log" || run !== own.run || embedding.name !== own.name,
  );
  if (others.length === 0 || !main.picture.value) return null;
  const found = overlap.value;
  return (
    <Part title="Compare" open={besideName.value !== ""}>
      <Select
        label="Beside it"
        value={besideName.value === "" ? "" : `${besideRun.value}\0${besideName.value}`}
        choices={[
          { value: "", title: "Nothing" },
          ...others.map(({ run, embedding: { tensor, step, name } }) => ({
            value: `${run}\0${name}`,
            title: `${run === "." ? "" : `${run}: `}${tensor}${step === null ? "" : `, step ${formatStep(step)}`}`,
          })),
        ]}
        onChange={(value) => {
          const [run = "", name = ""] = value.split("\0");
          if (name === "") closeBeside();
          else openBeside(run, name);
        }}
      />
      {beside.picture.value && matching.value === null && (
        <div class="pj-row">
          <Button act={() => void measureOverlap()}>Neighbours in common</Button>
        </div>
      )}
      {found && beside.picture.value && (
        <p role="status">
          Of {found.k} nearest points <b>{(100 * found.mean).toFixed(0)} %</b> are the same in both.
        </p>
      )}
      {beside.error.value !== null && <p class="pj-error">{beside.error.value}</p>}
    </Part>
  );
}

/** The second picture. */
export function BesidePicture() {
  const name = besideName.value;
  const known = candidates.value.length > 0;
  useEffect(() => {
    if (name !== "" && known) void loadBeside();
  }, [besideRun.value, name, known]);
  if (name === "" || !hasWebGl2()) return null;
  const data = beside.data.value;
  return (
    <section class="pj-beside" aria-label={`Beside: ${name}`}>
      <header>
        <b>{data?.title ?? name}</b>
        {beside.task.value && <progress aria-label={beside.task.value.title} />}
        <button type="button" class="text-button" onClick={closeBeside}>
          Close
        </button>
      </header>
      <Linked />
    </section>
  );
}

function Linked() {
  const canvas = useRef<HTMLCanvasElement>(null);
  const overlay = useRef<HTMLCanvasElement>(null);
  useEffect(() => {
    if (!canvas.current || !overlay.current) return;
    const own = (row: number): number => matchingBack.peek()[row] ?? -1;
    const scatter = new Scatter({
      canvas: canvas.current,
      overlay: overlay.current,
      onLost: () => {},
      onCamera: () => {},
      onHover: (row) => {
        const here = row < 0 ? -1 : own(row);
        hoverRow.value = here < 0 ? null : here;
      },
      onClick: (row, event) => {
        const here = row < 0 ? -1 : own(row);
        if (here >= 0) select([here], main.rows.peek(), event.shiftKey ? "add" : combine.peek());
      },
      onOutline: (rows) =>
        select(
          rows.map(own).filter((row) => row >= 0),
          main.rows.peek(),
          combine.peek(),
        ),
    });
    const stops = bindLinked(scatter, canvas.current);
    return () => {
      for (const stop of stops) stop();
      scatter.dispose();
    };
  }, []);
  return (
    <div class="pj-picture">
      <canvas ref={canvas} class="pj-points" role="img" aria-label="The same points in the other embedding" />
      <canvas ref={overlay} class="pj-overlay" />
    </div>
  );
}

function bindLinked(scatter: Scatter, canvas: HTMLCanvasElement): (() => void)[] {
  const still = window.matchMedia("(prefers-reduced-motion: reduce)").matches;
  return [
    effect(() => scatter.setTheme(chartTheme.value.background, chartTheme.value.accent, still)),
    effect(() => scatter.setRows(beside.rows.value)),
    effect(() => scatter.setFlat(dimensions.value === "2")),
    effect(() => {
      if (beside.rows.value > 0) scatter.setLooks(looksBeside());
    }),
    effect(() => {
      const picture = beside.picture.value;
      if (picture) scatter.setPlaces(picture.places, picture.glide);
      canvas.dataset.view = picture?.kind ?? "";
    }),
    effect(() => {
      scatter.tool = tool.value;
      scatter.stage.steered = tool.value === "move";
    }),
    effect(() => {
      const column = labelling.value;
      const { text, label: muted, background: ground, font } = chartTheme.value;
      const marked = [focusRow.value, hoverRow.value, ...selection.value.rows.slice(0, 60)]
        .flatMap((row) => (row === null ? [] : [rowBeside(row)]))
        .filter((row) => row >= 0);
      const back = matchingBack.value;
      scatter.setLabels(
        {
          textOf: (row) => (column && back[row]! >= 0 ? textAt(column, back[row]!) : ""),
          strong: marked,
          others: 0,
          clusters: [],
          look: { font, text, muted, ground },
        },
        marked.slice(0, 2),
      );
    }),
  ];
}

/** Points look as they do in the main picture. */
function looksBeside(): Uint8Array {
  const back = matchingBack.value;
  const colorOf = coloring();
  const { rows, has } = selection.value;
  const shown = isShown.value;
  const grey = GREY[scheme.value];
  const looks = new Uint8Array(back.length * 4);
  for (const [row, own] of back.entries()) {
    const aside = own < 0 || (rows.length > 0 && !has(own));
    looks.set(aside ? grey : colorOf(own), row * 4);
    looks[row * 4 + 3] = own < 0 || shown(own) ? weightOf(USUAL, rows.length > 0 && !aside) : 0;
  }
  return looks;
}
