/** Below the picture: a step's table, its timeline, its memory, or a comparison. */
import { Icon } from "../../../app/icons.tsx";
import type { GraphActions } from "../actions.ts";
import { type DockTab, dockTab } from "../state.ts";
import { ComparePanel } from "./compare.tsx";
import { MemoryPanel } from "./memory.tsx";
import { StepTable } from "./step-table.tsx";
import { TimelinePanel } from "./timeline.tsx";
import "./dock.css";

const TITLES: Record<Exclude<DockTab, "">, string> = {
  table: "Table of the step",
  timeline: "Timeline of the step",
  memory: "Memory over the step",
  compare: "Comparison",
};

export function Dock({ actions }: { actions: GraphActions }) {
  const tab = dockTab.value;
  if (tab === "") return null;
  return (
    <section class="graph-dock" aria-label={TITLES[tab]}>
      <button
        type="button"
        class="icon-button dock-close"
        aria-label="Close the panel"
        title="Close the panel"
        onClick={() => (dockTab.value = "")}
      >
        <Icon name="close" />
      </button>
      {tab === "table" && <StepTable actions={actions} />}
      {tab === "timeline" && <TimelinePanel actions={actions} />}
      {tab === "memory" && <MemoryPanel actions={actions} />}
      {tab === "compare" && <ComparePanel actions={actions} />}
    </section>
  );
}
