/** Which graph is shown, and how: run, graph, step, colours, flow, levels, hidden kinds, panels. */
import { batch } from "@preact/signals";
import { count } from "../../../app/format.ts";
import { Icon } from "../../../app/icons.tsx";
import { Menu } from "../../../app/menu.tsx";
import { Popover } from "../../../app/popover.tsx";
import type { GraphActions } from "../actions.ts";
import type { ColourBy, TimeKind } from "../canvas/colours.ts";
import {
  chooseStep,
  currentGraph,
  currentRun,
  currentStep,
  graphLabel,
  shownRuns,
  stepKey,
  stepTitle,
} from "../choices.ts";
import type { Looks } from "../look-state.ts";
import {
  colourBy,
  type DockTab,
  direction,
  dockTab,
  graphRun,
  graphTag,
  graphType,
  hiddenOps,
  timeKind,
  toggled,
} from "../state.ts";
import { Choice } from "./choice.tsx";
import { OpenFileButton } from "./drop-files.tsx";

export function GraphToolbar({ actions, looks }: { actions: GraphActions; looks: Looks }) {
  return (
    <div class="graph-toolbar" role="toolbar" aria-label="Graph settings">
      <GraphChoices />
      <span class="graph-toolbar-gap" />
      <ColourChoice looks={looks} />
      <Choice
        label="Direction in which data flows"
        value={direction.value}
        options={[
          { value: "up", title: "Bottom up" },
          { value: "down", title: "Top down" },
          { value: "right", title: "Left to right" },
        ]}
        onChange={(value) => (direction.value = value)}
      />
      <Menu
        label="Open scopes"
        icon="levels"
        items={[
          { label: "Close all", run: () => actions.closeAll() },
          ...[2, 3, 4].map((level) => ({
            label: `Open to level ${level}`,
            run: () => void actions.openToLevel(level),
          })),
          { label: "Open everything", run: () => void actions.openToLevel(1000) },
        ]}
      />
      <HiddenKinds looks={looks} />
      <OpenFileButton />
      <DockTabs />
    </div>
  );
}

function GraphChoices() {
  const runs = shownRuns.value;
  const run = currentRun.value;
  const graph = currentGraph.value;
  const graphs = run?.graphs ?? [];
  const steps = run?.steps ?? [];
  const unread = run?.unread_profiles ?? [];
  return (
    <>
      <Choice
        label="Run"
        value={run?.run ?? ""}
        options={runs.map(({ run: name }) => ({ value: name, title: name || "(root)" }))}
        onChange={(name) =>
          batch(() => {
            graphRun.value = name;
            chooseStep(null);
          })
        }
      />
      {graphs.length > 1 && (
        <Choice
          label="Graph"
          value={String(graph ? graphs.indexOf(graph) : 0)}
          options={graphs.map((choice, i) => ({ value: String(i), title: graphLabel(choice) }))}
          onChange={(index) => {
            const choice = graphs[Number(index)]!;
            batch(() => {
              graphType.value = choice.kind;
              graphTag.value = choice.tag ?? "";
            });
          }}
        />
      )}
      {steps.length + unread.length > 0 && (
        <Choice
          label="Step whose time and memory are shown"
          value={currentStep.value ? stepKey(currentStep.value) : ""}
          options={[
            { value: "", title: "No step" },
            ...steps.map((step) => ({ value: stepKey(step), title: stepTitle(step) })),
            ...unread.map((path) => ({ value: path, title: `Not read: ${path}`, disabled: true })),
          ]}
          onChange={(key) =>
            batch(() => {
              chooseStep(steps.find((step) => stepKey(step) === key) ?? null);
              if (key !== "" && colourBy.value === "structure") colourBy.value = "time";
            })
          }
        />
      )}
    </>
  );
}

const TIME_TITLES: Record<TimeKind, string> = {
  sum: "Colour: time, summed",
  span: "Colour: time, first to last",
  self: "Colour: time, own",
};

function ColourChoice({ looks }: { looks: Looks }) {
  const hasStep = currentStep.value !== null;
  const value = colourBy.value === "time" ? `time-${timeKind.value}` : colourBy.value;
  return (
    <Choice<string>
      label="Colour"
      value={value}
      options={[
        { value: "structure", title: "Colour: structure" },
        { value: "none", title: "Colour: none" },
        { value: "op", title: "Colour: operation" },
        { value: "device", title: "Colour: device" },
        ...(["sum", "span", "self"] as const).map((kind) => ({
          value: `time-${kind}`,
          title: TIME_TITLES[kind],
          disabled: !hasStep,
        })),
        { value: "memory", title: "Colour: memory", disabled: !hasStep },
        { value: "tpu", title: "Colour: TPU compatibility" },
        {
          value: "xla",
          title: "Colour: XLA cluster",
          disabled: looks.colouring.value.clusters.length === 0,
        },
        { value: "compare", title: "Colour: comparison", disabled: dockTab.value !== "compare" },
      ]}
      onChange={(choice) =>
        batch(() => {
          const [by, kind] = choice.split("-");
          colourBy.value = by as ColourBy;
          if (kind) timeKind.value = kind as TimeKind;
        })
      }
    />
  );
}

/** Kinds of operations, each of which can be hidden. */
function HiddenKinds({ looks }: { looks: Looks }) {
  const { ops } = looks.colouring.value;
  const hidden = hiddenOps.value;
  return (
    <Popover
      label="Hide kinds of operations"
      button={<Icon name="eye" />}
      buttonClass={`icon-button${hidden.length > 0 ? " is-active" : ""}`}
    >
      <h2>Kinds of operations shown</h2>
      {ops.length === 0 && <p class="muted">This graph has none.</p>}
      <div class="graph-kinds">
        {ops.map((op) => (
          <label key={op}>
            <input
              type="checkbox"
              checked={!hidden.includes(op)}
              onChange={(event) => (hiddenOps.value = toggled(hidden, op, !event.currentTarget.checked))}
            />
            {op}
          </label>
        ))}
      </div>
      {hidden.length > 0 && (
        <button type="button" class="text-button" onClick={() => (hiddenOps.value = [])}>
          Show all ({count(hidden.length, "kind")} hidden)
        </button>
      )}
    </Popover>
  );
}

const TABS: readonly {
  readonly tab: Exclude<DockTab, "">;
  readonly title: string;
  readonly needsStep: boolean;
}[] = [
  { tab: "table", title: "Table", needsStep: true },
  { tab: "timeline", title: "Timeline", needsStep: true },
  { tab: "memory", title: "Memory", needsStep: true },
  { tab: "compare", title: "Compare", needsStep: false },
];

function DockTabs() {
  const steps = currentRun.value?.steps ?? [];
  return (
    <fieldset class="graph-tabs" aria-label="Panel below the picture">
      {TABS.map(({ tab, title, needsStep }) => {
        const on = dockTab.value === tab;
        return (
          <button
            key={tab}
            type="button"
            class={on ? "is-on" : ""}
            aria-pressed={on}
            onClick={() =>
              batch(() => {
                dockTab.value = on ? "" : tab;
                // A step is what all of them show: the last there is, unless one is chosen.
                if (!on && needsStep && !currentStep.value && steps.length > 0) chooseStep(steps.at(-1)!);
              })
            }
          >
            {title}
          </button>
        );
      })}
    </fieldset>
  );
}
