/** The list of runs with its filter, and the handle that sets its width. */
import { useEffect, useRef } from "preact/hooks";
import { FilterInput } from "./filter-input.tsx";
import { formatStep } from "./format.ts";
import { Icon } from "./icons.tsx";
import { RunList } from "./run-list.tsx";
import { enabledRuns, listedRuns, runFilter, runFilterText, setAllRuns } from "./runs.ts";
import { runNames } from "./session.ts";
import { clampWidth, isDrawer, SIDEBAR, sidebarOpen, sidebarWidth } from "./sidebar-state.ts";

export function Sidebar() {
  const root = useRef<HTMLElement>(null);
  const drawer = isDrawer.value;
  useEffect(() => {
    if (drawer) root.current?.querySelector("input")?.focus();
  }, [drawer]);
  return (
    <>
      {drawer && (
        // biome-ignore lint/a11y/noStaticElementInteractions: a shade behind the drawer; Escape and the button close it too
        // biome-ignore lint/a11y/useKeyWithClickEvents: as above
        <div class="shade" onClick={closeDrawer} />
      )}
      <aside
        id="runs"
        ref={root}
        class={`sidebar${drawer ? " is-drawer" : ""}`}
        aria-label="Runs"
        style={drawer ? {} : { width: `${sidebarWidth.value}px` }}
        onKeyDown={(event) => {
          if (event.key === "Escape" && drawer) closeDrawer();
        }}
      >
        <div class="sidebar-head">
          <FilterInput label="Filter runs" text={runFilterText} error={runFilter.value.error} />
          <div class="sidebar-actions">
            <Count />
            <button type="button" class="text-button" onClick={() => setAllRuns(true)}>
              All on
            </button>
            <button type="button" class="text-button" onClick={() => setAllRuns(false)}>
              All off
            </button>
            {drawer && (
              <button type="button" class="icon-button" aria-label="Close" onClick={closeDrawer}>
                <Icon name="close" />
              </button>
            )}
          </div>
        </div>
        {listedRuns.value.length > 0 ? <RunList /> : <NoRuns />}
        {!drawer && <Handle />}
      </aside>
    </>
  );
}

function closeDrawer(): void {
  sidebarOpen.value = false;
}

function Count() {
  const hidden = runNames.value.length - listedRuns.value.length;
  return (
    <span
      class="count"
      aria-live="polite"
      title={hidden > 0 ? `${formatStep(hidden)} hidden by the filter` : undefined}
    >
      {formatStep(enabledRuns.value.size)} of {formatStep(runNames.value.length)} on
    </span>
  );
}

function NoRuns() {
  return (
    <p class="sidebar-note">{runNames.value.length === 0 ? "No runs yet" : "No run matches the filter"}</p>
  );
}

const KEY_STEP = 16;

/** Drag, or arrow keys, to set the width. */
function Handle() {
  return (
    // biome-ignore lint/a11y/useSemanticElements: a separator that can be moved; <hr> cannot
    <div
      class="sidebar-handle"
      role="separator"
      aria-orientation="vertical"
      aria-label="Width of the list of runs"
      aria-valuemin={SIDEBAR.least}
      aria-valuemax={SIDEBAR.most}
      aria-valuenow={sidebarWidth.value}
      tabIndex={0}
      onKeyDown={(event) => {
        const by = event.key === "ArrowLeft" ? -KEY_STEP : event.key === "ArrowRight" ? KEY_STEP : 0;
        if (by !== 0) sidebarWidth.value = clampWidth(sidebarWidth.value + by);
      }}
      onDblClick={() => {
        sidebarWidth.value = SIDEBAR.usual;
      }}
      onPointerDown={(event) => {
        event.preventDefault();
        event.currentTarget.setPointerCapture(event.pointerId);
      }}
      onPointerMove={(event) => {
        if (event.currentTarget.hasPointerCapture(event.pointerId))
          sidebarWidth.value = clampWidth(event.clientX);
      }}
    />
  );
}
