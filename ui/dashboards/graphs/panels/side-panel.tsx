/** Beside the picture: the card of what is chosen, the outline, the search. */
import type { GraphActions } from "../actions.ts";
import type { Looks } from "../look-state.ts";
import { type SideTab, sideTab } from "../state.ts";
import { Card } from "./card.tsx";
import { Outline } from "./outline.tsx";
import { SearchPanel } from "./search.tsx";

const TABS: readonly { readonly tab: SideTab; readonly title: string }[] = [
  { tab: "node", title: "Node" },
  { tab: "outline", title: "Outline" },
  { tab: "search", title: "Search" },
];

export function SidePanel({ actions, looks }: { actions: GraphActions; looks: Looks }) {
  const current = sideTab.value;
  return (
    <aside class="graph-side" aria-label="Details of the graph">
      <div class="graph-side-tabs" role="tablist" aria-label="Details">
        {TABS.map(({ tab, title }, i) => (
          <button
            key={tab}
            type="button"
            role="tab"
            id={`graph-tab-${tab}`}
            aria-selected={tab === current}
            aria-controls="graph-side-content"
            tabIndex={tab === current ? 0 : -1}
            onClick={() => (sideTab.value = tab)}
            onKeyDown={(event) => {
              const by = event.key === "ArrowRight" ? 1 : event.key === "ArrowLeft" ? -1 : 0;
              if (by === 0) return;
              const next = TABS[(i + by + TABS.length) % TABS.length]!.tab;
              sideTab.value = next;
              document.getElementById(`graph-tab-${next}`)?.focus();
            }}
          >
            {title}
          </button>
        ))}
      </div>
      <div
        id="graph-side-content"
        class="graph-side-content"
        role="tabpanel"
        aria-labelledby={`graph-tab-${current}`}
      >
        {current === "node" && <Card actions={actions} looks={looks} />}
        {current === "outline" && <Outline actions={actions} />}
        {current === "search" && <SearchPanel actions={actions} />}
      </div>
    </aside>
  );
}
