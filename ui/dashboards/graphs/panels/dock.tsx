/** Below the picture: a step's table, its timeline, its memory, or a comparison. */
import { useEffect, useRef } from "preact/hooks";
import { Icon } from "../../../app/icons.tsx";
import { isDrawer } from "../../../app/sidebar-state.ts";
import type { GraphActions } from "../actions.ts";
import { currentGraph } from "../choices.ts";
import { type DockTab, dockTab } from "../state.ts";
import { ComparePanel } from "./compare.tsx";
import { DockHandle, dockShare } from "./dock-handle.tsx";
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
  const section = useRef<HTMLElement>(null);
  // On a phone it stands below the picture, out of sight.
  useEffect(() => {
    if (tab !== "" && isDrawer.peek()) section.current?.scrollIntoView({ block: "end" });
  }, [tab]);
  if (tab === "") return null;
  // Beside a trace without a graph it has all the room there is.
  const share = currentGraph.value && !isDrawer.value ? dockShare.value : null;
  return (
    <section
      ref={section}
      class="graph-dock"
      aria-label={TITLES[tab]}
      style={share === null ? undefined : { flex: `0 0 ${share}%` }}
    >
      {currentGraph.value && <DockHandle />}
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
