/** The page: bar along the top, runs on the left, a dashboard in the rest. */
import { useSignal } from "@preact/signals";
import { useEffect, useRef } from "preact/hooks";
import { type DashboardModule, loadDashboard, loadedDashboard } from "../dashboards/code.ts";
import { type Dashboard, hasData } from "../dashboards/index.ts";
import { describeError } from "./api.ts";
import { ChosenRunsNote } from "./chosen-runs.tsx";
import { currentDashboard, isUndecided } from "./current-dashboard.ts";
import { EmptyDashboard } from "./empty-dashboard.tsx";
import { EmptyState } from "./empty-state.tsx";
import { catalog } from "./session.ts";
import { Sidebar } from "./sidebar.tsx";
import { isDrawer, sidebarOpen } from "./sidebar-state.ts";
import { StartState } from "./start-states.tsx";
import { TopBar } from "./top-bar.tsx";

export function Shell() {
  const main = useRef<HTMLElement>(null);
  return (
    <>
      {/* biome-ignore lint/a11y/useValidAnchor: the fragment holds the state of the view, so the link moves the focus itself */}
      <a
        class="skip-link"
        href="#main"
        onClick={(event) => {
          event.preventDefault();
          main.current?.focus();
        }}
      >
        Skip to the charts
      </a>
      <TopBar />
      <div class="body">
        {sidebarOpen.value && !currentDashboard.value.standsAlone && (
          <Sidebar key={isDrawer.value ? "drawer" : "column"} />
        )}
        <main id="main" ref={main} tabIndex={-1}>
          <Content />
        </main>
        <ChosenRunsNote />
      </div>
    </>
  );
}

function Content() {
  if (isUndecided.value) return <StartState />;
  const dashboard = currentDashboard.value;
  const hasTags = (catalog.value?.tags.length ?? 0) > 0;
  const filled = hasData(dashboard);
  if (!hasTags && !filled && !dashboard.standsAlone) return <StartState />;
  return <Loaded key={dashboard.name} dashboard={dashboard} filled={filled} />;
}

/** Tells tests, and whoever automates the page, that the first catalog has been rendered. */
function markReady(): void {
  document.documentElement.dataset.ready = "true";
}

/** A dashboard's code is fetched when it is first shown, with or without data. */
function Loaded({ dashboard, filled }: { dashboard: Dashboard; filled: boolean }) {
  const module = useSignal<DashboardModule | null>(loadedDashboard(dashboard.name));
  const error = useSignal<string | null>(null);
  useEffect(() => {
    if (module.peek()) return;
    loadDashboard(dashboard.name).then(
      (loaded) => {
        module.value = loaded;
      },
      (reason: unknown) => {
        error.value = describeError(reason);
      },
    );
  }, [dashboard]);
  useEffect(() => {
    if (module.value) markReady();
  });
  if (error.value !== null)
    return (
      <EmptyState title={`${dashboard.title} could not be loaded`}>
        <p>{error.value}</p>
        <button type="button" class="text-button" onClick={() => location.reload()}>
          Reload the page
        </button>
      </EmptyState>
    );
  if (!module.value) return null;
  const { default: Component, guide } = module.value;
  return filled || dashboard.standsAlone || dashboard.saysEmpty ? (
    <Component />
  ) : (
    <EmptyDashboard dashboard={dashboard} guide={guide} />
  );
}
